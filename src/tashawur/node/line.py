"""The line to the node of another party: HTTPS, whose certificate must have the key that the founding act has."""

from __future__ import annotations

import http.client
import ipaddress
import ssl
import time
from types import TracebackType
from typing import Final
from urllib.parse import urlsplit

from tashawur.record.founding import Party
from tashawur.terms.errors import LineError, MissingPartError
from tashawur.terms.phrases import N_
from tashawur.wire.exchange import Ask
from tashawur.wire.messages import MOST_MESSAGE

PATIENCE: Final = 30.0
"""Seconds that a peer has for each answer."""
_PORTION: Final = 64 * 1024


class Line:
    """A line to the node of `peer` at `address`, such as https://192.0.2.7:8470; it is opened with the first request.

    Raises:
        LineError: the address is none, or the record would be sent in the clear over a network.
    """

    def __init__(self, address: str, peer: Party, patience: float = PATIENCE) -> None:
        self._address = address
        self._peer = peer
        self._patience = patience
        self._connection = self._connection_to(address)
        self._is_open = False

    def __enter__(self) -> Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets the line go; the next request opens it anew."""
        self._connection.close()
        self._is_open = False

    def _connection_to(self, address: str) -> http.client.HTTPConnection:
        try:
            parts = urlsplit(address)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            host, port = "", None
        if not host or parts.path.strip("/") or parts.query or parts.username is not None:
            raise self._failed(N_("its address is not right; write it as https://HOST:PORT"))
        if parts.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=self._patience, context=_pinned_later())
        if parts.scheme == "http" and _is_here(host):
            return http.client.HTTPConnection(host, port, timeout=self._patience)
        raise self._failed(N_("its address must begin with https://; only on this machine http:// will do"))

    def send(self, ask: Ask) -> bytes:
        """Sends a request and gives the bytes of the answer, which are not looked at.

        Raises:
            LineError: the peer cannot be reached, has another key, is too slow, or broke off.
        """
        end = time.monotonic() + self._patience
        try:
            self._open()
            self._connection.request(ask.method, ask.path, ask.data, {"Content-Type": "application/octet-stream"})
            return self._answer(end)
        except TimeoutError:
            self.close()
            raise self._failed(N_("it did not answer in time; try again later")) from None
        except (OSError, http.client.HTTPException):
            self.close()
            raise self._failed(N_("it cannot be reached, or broke off; look at the address, and try again")) from None
        except LineError:
            self.close()
            raise

    def _open(self) -> None:
        """Opens the line where it is not, and sends nothing over it before its key was looked at."""
        if self._is_open:
            return
        self._connection.connect()
        if isinstance(self._connection.sock, ssl.SSLSocket):
            shown = self._connection.sock.getpeercert(binary_form=True)
            if _key_in(shown or b"") != self._peer.node:
                raise self._failed(N_("what is there has not the key of that node; look at the address"))
        self._is_open = True

    def _answer(self, end: float) -> bytes:
        response = self._connection.getresponse()
        data = bytearray()
        while portion := response.read1(_PORTION):
            data += portion
            if len(data) > MOST_MESSAGE:
                raise self._failed(N_("its answer is longer than a message may be; look at the address"))
            if time.monotonic() > end:
                raise TimeoutError
        response.read()  # notices an answer that was broken off
        if response.will_close:
            self.close()
        if not data:
            raise self._failed(N_("it is busy, or no node; look at the address, and try again"))
        return bytes(data)

    def _failed(self, why: str) -> LineError:
        return LineError(place=self._address, why=why)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _pinned_later() -> ssl.SSLContext:
    """TLS that trusts no authority: the key is looked at once the line is open."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def _key_in(certificate: bytes) -> str:
    try:
        from tashawur.wire.certificate import key_in  # noqa: PLC0415 - an optional part
    except ImportError:
        raise MissingPartError(extra="node") from None
    return key_in(certificate)
