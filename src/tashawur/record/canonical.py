"""The one form of JSON that is signed: RFC 8785 without fractions, so that the same words always are the same bytes."""

from __future__ import annotations

from typing import Any, Final, NoReturn, TypeVar

import msgspec

from tashawur.record.rules import refused

WHOLE: Final = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly."""
MOST_DEPTH: Final = 32
"""How deep lists and objects may lie in one another."""

_ENCODER: Final = msgspec.json.Encoder(order="sorted")
ValueOf = TypeVar("ValueOf")


def encode(value: object) -> bytes:
    """`value` in its one form. It agrees with RFC 8785 for what `check_plain` lets through."""
    return _ENCODER.encode(value)


def _no_fraction(_: str) -> NoReturn:
    raise refused("json.float")


def decoder(form: type[ValueOf]) -> msgspec.json.Decoder[ValueOf]:
    """A decoder that refuses fractions and exponents wherever `form` leaves the value open."""
    return msgspec.json.Decoder(form, float_hook=_no_fraction)


_ANY: Final = decoder(object)


def decode(data: bytes) -> object:
    """The value that `data` is the one form of; refused when it is not JSON, or JSON in another form."""
    try:
        value = _ANY.decode(data)
    except RecursionError:
        raise refused("json.depth") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise refused("json.malformed") from None
    check_plain(value)
    if encode(value) != data:
        raise refused("json.canonical")
    return value


def check_plain(value: Any, left: int = MOST_DEPTH) -> None:
    """Refuses what other readers of JSON may read differently: large numbers, keys beyond ASCII, deep nesting.

    Keys are plain ASCII because RFC 8785 sorts by UTF-16 units, most libraries by code points; there they agree.
    """
    kind = type(value)
    if kind is int:
        if not -WHOLE <= value <= WHOLE:
            raise refused("json.integer")
        return
    if kind is dict:
        if not "".join(value).isascii():
            raise refused("json.key")
        inner = value.values()
    elif kind is list:
        inner = value
    else:
        return
    if not left:
        raise refused("json.depth")
    for one in inner:
        if type(one) is not str:
            check_plain(one, left - 1)


def shaped(value: object, form: type[ValueOf]) -> ValueOf:
    """`value`, which came from `decode`, as a value of `form`."""
    try:
        return msgspec.convert(value, form)
    except msgspec.ValidationError:
        raise refused("json.shape") from None
