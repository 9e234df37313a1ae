"""Reads requests within bounds before anything else sees them: so many bytes, so many seconds, so many at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from tashawur.web.exchange import SERVICE, TYPE, Service
from tashawur.wire.messages import MOST_MESSAGE

PATIENCE: Final = 30.0
"""Seconds within which a request must have come whole."""
MOST_AT_ONCE: Final = 32
"""How many requests are read at once; one more is told to come again."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


class _Gone(Exception):  # noqa: N818 - it is no error of ours: who asked has left
    """Who asked has left before the request was whole."""


class _TooLong(Exception):  # noqa: N818 - it is answered
    """The request is longer than a message may be."""


class Bounded:
    """What serves requests that came whole, within bounds, to `app`, and answers the others itself."""

    def __init__(self, app: App, service: Service, patience: float = PATIENCE, most: int = MOST_AT_ONCE) -> None:
        self._app = app
        self._service = service
        self._patience = patience
        self._most = most
        self._reading = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            return
        if self._reading >= self._most:
            await _say(send, 503)
            return
        self._reading += 1
        try:
            await self._serve(scope, receive, send)
        finally:
            self._reading -= 1

    async def _serve(self, scope: Message, receive: Receive, send: Send) -> None:
        try:
            data = await asyncio.wait_for(_whole(scope, receive), self._patience)
        except TimeoutError:
            await _say(send, 408)
        except _TooLong:
            await _say(send, 413, self._service.too_long().data)
        except _Gone:
            return
        else:
            await self._app({**scope, SERVICE: self._service}, _again(data, receive), send)


async def _whole(scope: Message, receive: Receive) -> bytes:
    """The body of a request; as soon as it is too long, the rest is not read."""
    told = dict(scope["headers"]).get(b"content-length", b"0")
    if not told.isdigit() or int(told) > MOST_MESSAGE:
        raise _TooLong
    data = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise _Gone
        data += message.get("body", b"")
        if len(data) > MOST_MESSAGE:
            raise _TooLong
        if not message.get("more_body"):
            return bytes(data)


def _again(data: bytes, receive: Receive) -> Receive:
    """Gives the body once, then what comes after it."""
    left: list[Message] = [{"type": "http.request", "body": data, "more_body": False}]

    async def given() -> Message:
        return left.pop() if left else await receive()

    return given


async def _say(send: Send, status: int, data: bytes = b"") -> None:
    """Answers and lets the line go."""
    headers = [(b"content-type", TYPE.encode()), (b"content-length", b"%d" % len(data)), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": data})
