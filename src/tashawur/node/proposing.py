"""Asks a language model what it finds in a text: any endpoint that speaks as OpenAI's does, and only public texts.

What is sent are numbered sentences. Whatever comes back is judged by the rules of `readouts.proposing`; whatever does
not come back leaves the reading by rules whole.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

import msgspec

from tashawur.node.readouts import ReadText, lexicon_of
from tashawur.readouts.proposing import ANSWER, INSTRUCTIONS, Questions, Reject, judged, said_in
from tashawur.readouts.reading import Reading
from tashawur.terms.errors import EndpointError, NotPublicError, ProposerMissingError, UnansweredError
from tashawur.terms.phrases import N_

if TYPE_CHECKING:
    import httpx

PATIENCE: Final = 120.0
"""Seconds that an answer may take where nobody says otherwise: a model on an office machine is slow."""

_DAY: Final = 86_400.0
_CONNECT: Final = 10.0
"""Seconds until the endpoint must have been reached."""
_LARGEST: Final = 2**20
"""Bytes of the largest answer that is taken: a hundred times what the longest batch can need."""
_WAITS: Final = (1.0, 4.0)
"""Seconds before the second and the third try, where the endpoint is overloaded and names no time of its own."""
_LONGEST_WAIT: Final = 30.0

_UNREACHED: Final = N_("it cannot be reached; look at the address, and whether it runs")
_SLOW: Final = N_("it did not answer in time; wait longer with --patience")
_CUT: Final = N_("it broke off its answer; try again later")
_BUSY: Final = N_("it is overloaded or fails; try again later")
_LARGE: Final = N_("its answer is too large to be one; try another model")
_OTHER_FORM: Final = N_("its answer is not of the form that was asked for; try another model")
_KEY: Final = N_("it does not take the key; look at TASHAWUR_PROPOSER_KEY")
_UNKNOWN: Final = N_("it knows no such address or model; look at both")
_ELSEWHERE: Final = N_("it sends requests on to another address, and none is followed; name that address itself")
_REFUSED: Final = N_("it refuses the request; look at the address and the model")

_OF_ONE_ANSWER: Final = frozenset({_LARGE, _OTHER_FORM})
"""What concerns one answer alone: the next may be good. After all else the endpoint is asked nothing more."""
_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_FORM_REFUSED: Final = frozenset({400, 422})
_STATUSES: Final = {401: _KEY, 403: _KEY, 404: _UNKNOWN, 405: _UNKNOWN, **dict.fromkeys(_AGAIN, _BUSY)}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked: the address below which `chat/completions` stands, the model's name there, the key.

    `patience` is how many seconds an answer may take. The key is not shown.

    Raises:
        EndpointError: the address is none, or would carry a text over a network in the clear; the key can be none.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    patience: float = PATIENCE

    def __post_init__(self) -> None:
        if not self.url:
            raise EndpointError(why=N_("no address was named; name one with --endpoint or TASHAWUR_PROPOSER_URL"))
        if not self.model or not self.model.isprintable():
            raise EndpointError(why=N_("no model was named; name one with --model or TASHAWUR_PROPOSER_MODEL"))
        parts = _split(self.url)
        if parts.scheme != "https" and not (parts.scheme == "http" and self.on_this_machine):
            raise EndpointError(why=N_("its address must begin with https://; only on this machine http:// will do"))
        if parts.username is not None or parts.password is not None:
            raise EndpointError(why=N_("its address holds a name or password; give the key in TASHAWUR_PROPOSER_KEY"))
        if not 0 < self.patience <= _DAY:
            raise EndpointError(why=N_("the time to wait for it must be more than 0 seconds and at most a day"))
        if self.key is not None and not (self.key.isascii() and self.key.isprintable() and self.key.strip()):
            raise EndpointError(why=N_("the key has characters that no key has; set TASHAWUR_PROPOSER_KEY anew"))

    @property
    def host(self) -> str:
        """The machine that is asked, with its port where the address names one."""
        parts = _split(self.url)
        name = parts.hostname or ""
        name = f"[{name}]" if ":" in name else name
        return name if parts.port is None else f"{name}:{parts.port}"

    @property
    def on_this_machine(self) -> bool:
        """Whether nothing that is sent leaves this machine."""
        name = _split(self.url).hostname
        try:
            return name == "localhost" or ipaddress.ip_address(name or "").is_loopback
        except ValueError:
            return False

    @property
    def completions(self) -> str:
        """The address that requests go to."""
        parts = _split(self.url)
        path = parts.path.rstrip("/").removesuffix("/chat/completions")
        return urlunsplit(parts._replace(path=f"{path}/chat/completions", fragment=""))


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        if parts.hostname and parts.port != 0:
            return parts
    except ValueError:
        pass
    raise EndpointError(why=N_("its address is not right; write it as https://HOST/v1"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that a model may be asked about, once somebody said that it is `public`."""

    read: ReadText
    questions: Questions = field(repr=False)
    public: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text with what a model added; what was rejected; and how many sentences are without an answer, for what."""

    read: ReadText
    rejects: Sequence[Reject]
    unanswered: Sequence[tuple[int, UnansweredError]]


def asked(found: ReadText, *, public: bool) -> Asked:
    """The questions about a text that was read; nothing is sent yet."""
    document = found.readout.document
    day = dt.date.fromisoformat(document.publication_date) if document.publication_date else None
    reading = Reading(found.source.text, lexicon_of(document.lang), document.sha256, day)
    return Asked(found, Questions(reading), public)


def needs_library() -> None:
    """Looks whether what asks a model is there.

    Raises:
        ProposerMissingError: it is not.
    """
    try:
        import httpx  # noqa: F401, PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise ProposerMissingError() from error


def proposals(texts: Sequence[Asked], endpoint: Endpoint) -> Iterator[Proposal]:
    """Asks about one text after the other. Of an endpoint that fails nothing more is asked; the readings stay whole.

    Raises:
        NotPublicError: a text is not said to be public; then nothing at all was sent.
        ProposerMissingError: what asks a model is not installed.
    """
    for one in texts:
        if not one.public:
            raise NotPublicError(place=one.read.source.name)
    needs_library()
    with _session(endpoint) as session:
        failed: UnansweredError | None = None
        for one in texts:
            answers: list[tuple[range, Sequence[msgspec.Raw]]] = []
            lost: Counter[str] = Counter()
            for batch in one.questions.batches():
                try:
                    if failed is not None:
                        raise failed
                    answers.append((batch, session.entries(one.questions.message(batch))))
                except UnansweredError as error:
                    lost[error.words["why"]] += len(batch)
                    failed = failed or (None if error.words["why"] in _OF_ONE_ANSWER else error)
            found = judged(one.questions, answers, endpoint.model)
            unanswered = [(number, UnansweredError(place=endpoint.host, why=why)) for why, number in lost.items()]
            yield Proposal(ReadText(one.read.source, found.readout), found.rejects, unanswered)


@contextmanager
def _session(endpoint: Endpoint) -> Iterator[_Session]:
    import httpx  # noqa: PLC0415 - an extra, and slow to load

    # A proxy that the system names would carry off this machine what is meant to stay on it.
    with httpx.Client(
        timeout=httpx.Timeout(endpoint.patience, connect=_CONNECT),
        follow_redirects=False,
        trust_env=not endpoint.on_this_machine,
    ) as client:
        yield _Session(client, endpoint)


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class _Session:
    """Requests to one endpoint."""

    def __init__(self, client: httpx.Client, endpoint: Endpoint) -> None:
        self._client, self._endpoint = client, endpoint
        self._form: dict[str, Any] = {
            "response_format": {"type": "json_schema", "json_schema": {"name": "statements", "schema": ANSWER}}
        }
        # What is not compressed cannot grow when it is unpacked.
        self._headers = {"Content-Type": "application/json", "Accept-Encoding": "identity", "User-Agent": "tashawur"}
        if endpoint.key is not None:
            self._headers["Authorization"] = f"Bearer {endpoint.key}"

    def entries(self, message: str) -> Sequence[msgspec.Raw]:
        """The entries of the answer to one message. Raises UnansweredError."""
        try:
            completion = msgspec.json.decode(self._answer(message), type=_Completion)
        except (msgspec.DecodeError, RecursionError) as error:
            raise self._unanswered(_OTHER_FORM) from error
        found = said_in(completion.choices[0].message.content) if completion.choices else None
        if found is None:
            raise self._unanswered(_OTHER_FORM)
        return found

    def _unanswered(self, why: str) -> UnansweredError:
        return UnansweredError(place=self._endpoint.host, why=why)

    def _answer(self, message: str) -> bytes:
        """The bytes of the answer, tried again where the endpoint is overloaded."""
        for wait in (*_WAITS, None):
            status, asked_wait, data = self._post(message)
            if status in _FORM_REFUSED and self._form:
                # Not every endpoint can hold a model to a schema: what it then answers is judged all the same.
                self._form = {}
                status, asked_wait, data = self._post(message)
            if status == 200:
                return data
            if status not in _AGAIN or wait is None:
                why = _ELSEWHERE if 300 <= status < 400 else _STATUSES.get(status, _REFUSED)
                raise self._unanswered(why)
            time.sleep(min(wait if asked_wait is None else asked_wait, _LONGEST_WAIT))
        raise AssertionError  # the last round returns or raises

    def _post(self, message: str) -> tuple[int, float | None, bytes]:
        """Status, the seconds after which the endpoint wants to be asked again, and the answer where it is one."""
        import httpx  # noqa: PLC0415 - an extra, and slow to load

        body = msgspec.json.encode(
            {
                "model": self._endpoint.model,
                "temperature": 0,
                "messages": [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": message}],
                **self._form,
            }
        )
        try:
            until = time.monotonic() + self._endpoint.patience
            with self._client.stream(
                "POST", self._endpoint.completions, content=body, headers=self._headers
            ) as response:
                if response.status_code != 200:
                    return response.status_code, _seconds(response.headers.get("Retry-After", "")), b""
                return 200, None, self._whole(response, until)
        except httpx.ConnectTimeout as error:
            raise self._unanswered(_UNREACHED) from error
        except httpx.TimeoutException as error:
            raise self._unanswered(_SLOW) from error
        except httpx.ConnectError as error:
            raise self._unanswered(_UNREACHED) from error
        except httpx.HTTPError as error:
            raise self._unanswered(_CUT) from error

    def _whole(self, response: httpx.Response, until: float) -> bytes:
        data = bytearray()
        for part in response.iter_raw():
            data += part
            if len(data) > _LARGEST:
                raise self._unanswered(_LARGE)
            if time.monotonic() > until:
                raise self._unanswered(_SLOW)
        return bytes(data)


def _seconds(header: str) -> float | None:
    """The seconds that `Retry-After` asks for; the day and hour that it may hold instead is not looked at."""
    return float(header) if header.isascii() and header.isdecimal() and len(header) < 6 else None
