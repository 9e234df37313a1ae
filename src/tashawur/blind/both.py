"""Both or nothing: two sides learn which packages *both* accept, and of all others nothing, not even whose no it was.

Each side blinds the packages that it accepts, mixed with as many blanks as fill its list, by a secret number; the other
blinds them once more by its own. What both have blinded is the same for a package that stands on both lists, and looks
like chance for everything else (Meadows 1986; Huberman, Franklin and Hogg 1999; in the prime-order group of
edwards25519, by libsodium). Lists and replies are first committed to, so that neither is chosen after the other's was
seen, and a commitment bears the name of its side, so that a copy of the other's opens nothing.

What it cannot give: that both learn at the same moment. Who has the last message can learn the answer and fall silent;
who accepts without meaning it learns what the other accepts. So a match binds nobody: it is a joint proposal *ad
referendum*. A number of the list is used once: the same secret over two questions would let packages be recognised.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from nacl import bindings

from tashawur.terms.errors import ConfidentialAnswerError
from tashawur.terms.phrases import N_

MOST: Final = 1_000
"""Packages in one question."""
SEED: Final = 32
"""Bytes of the secret from which all of a side's part follows."""

Point = bytes
"""An element of the prime-order group of edwards25519: 32 bytes."""
Step = Literal["list", "reply"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the same on both sides, by an entry of the record.

    `id` is that entry; `packages` are ids of packages, none twice, in order; `sides` the two that answer. Each list has
    as many points as there are packages, so that its length tells nothing.
    """

    id: str
    packages: tuple[str, ...]
    sides: tuple[str, str]

    def __post_init__(self) -> None:
        if not 1 <= len(self.packages) <= MOST or list(self.packages) != sorted(set(self.packages)):
            raise ConfidentialAnswerError(why=N_("the question names no package, one twice, or more than 1,000"))
        if self.sides[0] == self.sides[1]:
            raise ConfidentialAnswerError(why=N_("two different sides answer; with more, the mediator mode does it"))

    def other(self, side: str) -> str:
        """The side that answers beside this one."""
        return self.sides[1] if side == self.sides[0] else self.sides[0]


@dataclass(frozen=True, slots=True, repr=False)
class Mine:
    """One side's part: what it accepts and the seed. It follows from them alone, so only they need be kept.

    Nothing of it is shown by `repr`. `accepts` holds ids of packages of the question; none is a no to all.
    """

    question: Question
    side: str
    seed: bytes
    accepts: frozenset[str]
    listed: tuple[str | None, ...] = field(init=False)
    points: tuple[Point, ...] = field(init=False)

    def __post_init__(self) -> None:
        if self.side not in self.question.sides or len(self.seed) != SEED:
            raise ConfidentialAnswerError(why=N_("it is no side of the question, or its secret has another length"))
        if not self.accepts <= set(self.question.packages):
            raise ConfidentialAnswerError(why=N_("it accepts what the question does not name"))
        blanks = range(len(self.question.packages) - len(self.accepts))
        items: list[tuple[bytes, str | None]] = [(_place(self.question, name), name) for name in self.accepts]
        items += [(self._drawn("blank", place), None) for place in blanks]
        # The order follows from the seed, so that neither the place of a point nor its neighbours tell of a package.
        items.sort(key=lambda item: self._drawn("order", item[0]))
        exponent = self._exponent()
        object.__setattr__(self, "listed", tuple(name for _, name in items))
        object.__setattr__(self, "points", tuple(_power(exponent, _mapped(place)) for place, _ in items))

    def __repr__(self) -> str:
        return "Mine()"

    def _drawn(self, what: str, place: int | bytes = 0) -> bytes:
        told = place.to_bytes(4, "big") if isinstance(place, int) else place
        bound = f"{self.question.id}|{self.side}|{what}|".encode()
        return hmac.digest(self.seed, b"tashawur-both-v1|" + bound + told, "sha512")

    def _exponent(self) -> bytes:
        return bindings.crypto_core_ed25519_scalar_reduce(self._drawn("exponent"))

    def nonce(self, step: Step) -> bytes:
        """What opens the commitment to a step."""
        return self._drawn(f"nonce {step}")[:SEED]

    def commitment(self, step: Step, points: Sequence[Point]) -> str:
        """What is said before the points of a step are shown."""
        return commitment(self.question, self.side, step, points, self.nonce(step))

    def reply(self, theirs: Sequence[Point]) -> tuple[Point, ...]:
        """The other side's list, blinded once more, in its order.

        Raises:
            ConfidentialAnswerError: the list has another length, a point that is none, one twice, or one of this side.
        """
        _checked(self.question, theirs)
        if set(theirs) & set(self.points):
            raise ConfidentialAnswerError(why=N_("the other side's list repeats points of this one's"))
        exponent = self._exponent()
        return tuple(_power(exponent, point) for point in theirs)

    def matches(self, theirs: Sequence[Point], their_reply: Sequence[Point]) -> tuple[str, ...]:
        """The packages that both accept, in order: from the other side's list and its reply to this side's list.

        Raises:
            ConfidentialAnswerError: as `reply`.

        That the reply was not made from this side's own, `check_opened` has seen to: two honest replies may be equal.
        """
        _checked(self.question, their_reply)
        both = set(self.reply(theirs))
        return tuple(sorted(name for name, one in zip(self.listed, their_reply, strict=True) if name and one in both))


def commitment(question: Question, side: str, step: Step, points: Sequence[Point], nonce: bytes) -> str:
    """A digest that fixes the points of a step without showing them, and cannot be another side's."""
    told = f"tashawur-both-v1|{question.id}|{side}|{step}|{len(points)}|".encode()
    return hashlib.sha256(told + nonce + b"".join(points)).hexdigest()


def check_opened(question: Question, side: str, step: Step, said: str, points: Sequence[Point], nonce: bytes) -> None:
    """Refuses points that are not those that the side had committed to.

    Raises:
        ConfidentialAnswerError: they are others, or the commitment is not that side's.
    """
    if not hmac.compare_digest(said, commitment(question, side, step, points, nonce)):
        raise ConfidentialAnswerError(why=N_("what was shown is not what the side had fixed before"))


def _place(question: Question, package: str) -> bytes:
    return f"package|{question.id}|{package}".encode()


def _mapped(place: bytes) -> Point:
    """A point whose logarithm nobody knows, for a package or a blank."""
    return bindings.crypto_core_ed25519_from_uniform(hashlib.sha256(b"tashawur-both-v1|" + place).digest())


def _power(exponent: bytes, point: Point) -> Point:
    return bindings.crypto_scalarmult_ed25519_noclamp(exponent, point)


def _checked(question: Question, points: Iterable[Point]) -> None:
    held = list(points)
    if len(held) != len(question.packages) or len(set(held)) < len(held):
        raise ConfidentialAnswerError(why=N_("a list or reply has another length than the question, or a point twice"))
    if not all(map(_is_point, held)):
        raise ConfidentialAnswerError(why=N_("a list or reply holds something that is no point of the group"))


def _is_point(point: Point) -> bool:
    size = bindings.crypto_core_ed25519_BYTES
    return len(point) == size and bindings.crypto_core_ed25519_is_valid_point(point)
