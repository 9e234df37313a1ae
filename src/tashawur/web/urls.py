"""The paths that a node answers, and what stands behind each."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import path

from tashawur.web.exchange import answer


def nothing_here(_: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer where no path fits: nothing is told."""
    del exception
    return HttpResponse(status=404, content_type="text/plain")


def failed(_: HttpRequest) -> HttpResponse:
    """The answer where the node itself failed: why stands in its log, and nowhere else."""
    return HttpResponse(status=500, content_type="text/plain")


urlpatterns: Final = [path("r/<str:con>/<str:what>", answer)]
handler404: Final = nothing_here
handler500: Final = failed
