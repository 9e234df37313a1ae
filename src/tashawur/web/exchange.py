"""Hands a request of another node to the exchange, and back what it answers. The signed answer counts, no status."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType
from typing import Final

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse

from tashawur.wire.answering import Answer, AskedNode

TYPE: Final = "application/octet-stream"
STATUS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "": 200,
        "message.size": 413,
        "request.stranger": 403,
        "signature.wrong": 403,
        "request.stale": 409,
        "request.replayed": 409,
    }
)
"""The status for the code of a rule; 400 for all others."""
SERVICE: Final = "tashawur.service"
"""Where the service stands among what the server tells of a request."""


class Service:
    """A node that answers, one request at a time: what it holds is used by one thread."""

    def __init__(self, asked: AskedNode) -> None:
        self._asked = asked
        self._thread = ThreadPoolExecutor(1, "exchange")

    async def answer(self, method: str, path: str, data: bytes) -> Answer:
        """What the node answers to the bytes that came."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._asked.answer, method, path, data)

    def too_long(self) -> Answer:
        """What it answers to more bytes than it reads."""
        return self._asked.too_long()

    def close(self) -> None:
        """Ends its thread once what it is at is done."""
        self._thread.shutdown()


async def answer(request: ASGIRequest, con: str, what: str) -> HttpResponse:
    """The answer to a message; the path is judged with it."""
    del con, what
    service: Service = request.scope[SERVICE]
    found = await service.answer(str(request.method), request.path, request.body)
    return HttpResponse(found.data, status=STATUS.get(found.rule, 400), content_type=TYPE)
