"""How Django is set up in a node: no database, no session, no template; what answers stands in `urls`."""

from __future__ import annotations

import secrets

import django
from django.conf import settings


def set_up() -> None:
    """Sets Django up, once in a process."""
    if settings.configured:
        return
    settings.configure(
        SECRET_KEY=secrets.token_hex(),  # nothing that outlives the process is signed with it
        DEBUG=False,
        ROOT_URLCONF="tashawur.web.urls",
        MIDDLEWARE=["django.middleware.security.SecurityMiddleware"],
        INSTALLED_APPS=[],
        USE_I18N=False,
        LOGGING={
            "version": 1,
            "disable_existing_loggers": False,
            "loggers": {"django.request": {"level": "ERROR"}},  # a request that is refused is no fault of the node
        },
    )
    django.setup()
