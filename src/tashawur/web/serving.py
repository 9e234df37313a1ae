"""Serves a node: granian takes the connections, Django has the paths, the exchange has the answers."""

from __future__ import annotations

import asyncio
import gc
import ipaddress
import signal
import socket
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.core.asgi import get_asgi_application
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from tashawur.store.writing import write_whole
from tashawur.terms.errors import LineError
from tashawur.terms.phrases import N_
from tashawur.web.bounds import MOST_AT_ONCE, PATIENCE, App, Bounded
from tashawur.web.exchange import Service
from tashawur.web.settings import set_up
from tashawur.wire.answering import AskedNode
from tashawur.wire.certificate import Certificate, certificate_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node listens. Without a certificate, only on this machine itself."""

    host: str
    port: int
    certificate: Certificate | None = field(default=None, repr=False)
    patience: float = PATIENCE

    def __post_init__(self) -> None:
        try:
            loopback = ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            raise LineError(place=self.host, why=N_("it is no address of this machine; write it in numbers")) from None
        if self.certificate is None and not loopback:
            raise LineError(
                place=self.host, why=N_("others could read what is said there; begin the address with https://")
            )


def place_of(address: str, seed: bytes) -> Place:
    """The place that an address names: https:// with the certificate of the node whose key has this seed, or http://.

    Raises:
        LineError: it is no such address, or others could read what is said there.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.scheme not in ("http", "https") or parts.path.strip("/"):
        raise LineError(place=address, why=N_("its address is not right; write it as https://HOST:PORT"))
    return Place(host, port, certificate_of(seed) if parts.scheme == "https" else None)


def application(service: Service, patience: float = PATIENCE) -> App:
    """What answers requests for a node, as an ASGI application."""
    set_up()
    return Bounded(get_asgi_application(), service, patience)


def serve(asked: AskedNode, place: Place, ready: Callable[[], None] = lambda: None) -> None:
    """Answers other nodes until the process is told to end; `ready` is called before the first request can come.

    Raises:
        LineError: the address is taken, or is none of this machine.
    """
    _check_free(place)
    gc.freeze()  # what was loaded stays for good
    gc.enable()  # a command that ends soon looks for no garbage; this one runs on
    service = Service(asked)
    try:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_serve(application(service, place.patience), place, Path(folder), ready))
    finally:
        service.close()


def _check_free(place: Place) -> None:
    """Refuses an address that is taken, or none of this machine: the server says so only by a fault of its own."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        with socket.socket(family) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((place.host, place.port))
    except OSError as error:
        where = f"{place.host}:{place.port}"
        raise LineError(place=where, why=N_("it cannot listen there; name another port")) from error


async def _serve(app: App, place: Place, folder: Path, ready: Callable[[], None]) -> None:
    certificate, key = None, None
    if place.certificate is not None:
        certificate, key = folder / "node.crt", folder / "node.key"  # granian takes files; only this user sees them
        write_whole(certificate, place.certificate.pem)
        write_whole(key, place.certificate.key)
    server = Server(
        app,
        place.host,
        place.port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=int(place.patience * 1_000)),
        websockets=False,
        backlog=128,
        backpressure=2 * MOST_AT_ONCE,
        log_enabled=False,
        ssl_cert=certificate,
        ssl_key=key,
    )
    loop = asyncio.get_running_loop()
    for told in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(told, server.stop)
    ready()
    await server.serve()
