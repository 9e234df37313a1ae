"""A graph model as a YAML file: bytes to a value, or to the one mistake that is told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import lcm
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from tashawur.durability.model import MOST_STATES, Direction, Model, Option, Preference, cubes, merged
from tashawur.durability.moves import Flags, Listed, Moves, Places, Ranks
from tashawur.durability.statements import StatementError, holds
from tashawur.settle.formats.numbers import number_at
from tashawur.settle.formats.places import At, SourceFile, missing_part
from tashawur.settle.formats.plain import list_at, mapping_at, text_at, yaml_of
from tashawur.terms.errors import ScenarioFileError
from tashawur.terms.phrases import N_

KEYS: Final = ("name", "source", "parties", "options", "states", "infeasible", "moves", "preferences", "unknown",
               "status_quo", "expected")  # fmt: skip
"""What is read, or known to be for people and tests; other keys are passed over and told of."""

MUCH: Final = ">>"
"""In a ranking: what stands before it is much better than what stands behind."""

_DIRECTIONS: Final[Mapping[str, Direction]] = {"both": "both", "forward": "forward", "backward": "backward"}
_MOST_OPTIONS: Final = 62
_MOST_PAIRS: Final = 2**24
_ROOMY: Final = 64
"""Vectors for each state up to which all vectors are kept as places, which is quicker than a list of moves."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model with what is told beside it: its name, where it comes from, and keys that were passed over."""

    model: Model
    name: str
    source: str
    passed_over: tuple[str, ...]


def is_model(loaded: object) -> bool:
    """Whether what a file holds is meant as a graph model."""
    return isinstance(loaded, Mapping) and {"parties", "preferences"} <= loaded.keys()


def model_of(file: SourceFile) -> ModelFile:
    """The model in the file. Raises ScenarioFileError."""
    loaded = yaml_of(file)
    top = At(file.name)
    if not is_model(loaded):
        raise no_model(top)
    name, source = loaded.get("name"), loaded.get("source")
    return ModelFile(
        _Reader(top, loaded).model(),
        name if isinstance(name, str) else "",
        source if isinstance(source, str) else "",
        tuple(key for key in loaded if key not in KEYS),
    )


def no_model(at: At) -> ScenarioFileError:
    """A file, or several in an archive, that is no graph model."""
    return at.error(
        "durability.file-no-model",
        N_("the file is no graph model: it has no parties with preferences"),
        N_("Give it the keys parties, options and preferences, or name the folder of a consultation."),
    )


@dataclass(frozen=True, slots=True)
class _States:
    """States by their order: names, and the vectors that each stands for; drawn ones stand for none."""

    names: tuple[str, ...]
    covers: tuple[tuple[int, ...], ...]

    def numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.names)}


class _Reader:
    def __init__(self, top: At, loaded: Mapping[str, Any]) -> None:
        self._top, self._loaded = top, loaded
        self._parties = _names(top, loaded, "parties")
        self._options = tuple(self._option(*one) for one in _items(top, loaded, "options"))
        _refuse_twice(top.under("options"), [one.name for one in self._options])
        if len(self._options) > _MOST_OPTIONS:
            raise too_many_states(top.under("options"))
        self._ruled_out = [self._pattern(at, one) for at, one in _items(top, loaded, "infeasible")]

    def _option(self, at: At, item: Any) -> Option:
        name = text_at(at.under("id"), mapping_at(at, item)[1].get("id"))
        owner = text_at(at.under("owner"), item.get("owner"))
        if owner not in self._parties:
            raise unknown_name(at.under("owner"), owner, self._parties)
        told = item.get("direction") or "both"
        direction = _DIRECTIONS.get(told) if isinstance(told, str) else None
        if direction is None:
            raise at.under("direction").error(
                "durability.file-direction",
                N_("{direction} is no direction"),
                N_("Write both, forward (only from no to yes) or backward (only from yes to no)."),
                direction=str(told),
            )
        title = item.get("name")
        return Option(name, self._parties.index(owner), direction, title if isinstance(title, str) else name)

    def _pattern(self, at: At, item: Any) -> tuple[int, int]:
        """The options that a pattern names, and those of them that are done, as binary numbers."""
        pattern = text_at(at, item)
        if len(pattern) != len(self._options) or set(pattern) - set("YN-"):
            raise at.error(
                "durability.file-pattern",
                N_("the pattern {pattern} does not say Y, N or - for each of the {count} options"),
                N_("Write one letter for each option, in their order, in quotes."),
                pattern=pattern,
                count=str(len(self._options)),
            )
        return (
            int("0" + pattern.replace("N", "1").replace("Y", "1").replace("-", "0"), 2),
            int("0" + pattern.replace("N", "0").replace("Y", "1").replace("-", "0"), 2),
        )

    def model(self) -> Model:
        if self._loaded.get("moves") is None and self._loaded.get("states") is None:
            return self._of_options()
        states = self._states()
        if self._loaded.get("moves") is not None:
            return self._drawn(states)
        size = 2 ** len(self._options)
        single = all(len(cover) == 1 for cover in states.covers)
        if single and size <= MOST_STATES and size <= max(2**12, _ROOMY * len(states.names)):
            places = np.array([cover[0] for cover in states.covers], dtype=np.int64)
            held = np.zeros(size, dtype=np.bool_)
            held[places] = True
            return self._finished(states, size, places, cubes(self._options, len(self._parties), held))
        self._refuse_too_dense(states)
        moves = merged(self._options, len(self._parties), states.covers)
        return self._finished(states, len(states.names), np.arange(len(states.names)), moves)

    def _of_options(self) -> Model:
        """All vectors but those that are ruled out."""
        if not self._options:
            raise missing_part(self._top, "options", self._top.file)
        size = 2 ** len(self._options)
        if size > MOST_STATES:
            raise too_many_states(self._top.under("options"))
        held = self._allowed(np.arange(size))
        if not held.any():
            raise self._top.under("infeasible").error(
                "durability.file-no-state",
                N_("the patterns rule out every state"),
                N_("Take a pattern out, or write - where an option may be either."),
            )
        places = np.flatnonzero(held)
        return self._finished(None, size, places, cubes(self._options, len(self._parties), held))

    def _allowed(self, places: Places) -> Flags:
        held = np.ones(len(places), dtype=np.bool_)
        for named, done in self._ruled_out:
            held &= places & named != done
        return held

    def _states(self) -> _States:
        names, covers = [], []
        taken: dict[int, str] = {}
        drawn = self._loaded.get("moves") is not None
        for at, item in _items(self._top, self._loaded, "states"):
            held = mapping_at(at, item)[1] if isinstance(item, Mapping) else {"id": item}
            name = text_at(at.under("id"), held.get("id"))
            cover = () if drawn and held.get("pattern") is None else self._cover(at.under("pattern"), held)
            for vector in cover:
                if vector in taken:
                    raise at.error(
                        "durability.file-state-overlap",
                        N_("the states {state} and {other} share a vector of options"),
                        N_("Write patterns of which none holds what another holds."),
                        state=name,
                        other=taken[vector],
                    )
                taken[vector] = name
            names.append(name)
            covers.append(cover)
        at = self._top.under("states")
        if not names:
            raise at.error(
                "durability.file-no-state",
                N_("the model has no state"),
                N_("List the states, or leave states out to take every choice of options."),
            )
        _refuse_twice(at, names)
        return _States(tuple(names), tuple(covers))

    def _cover(self, at: At, held: Mapping[str, Any]) -> tuple[int, ...]:
        named, done = self._pattern(at, held.get("pattern"))
        free = [1 << place for place in range(len(self._options)) if not named >> place & 1]
        if 2 ** len(free) > MOST_STATES:
            raise too_many_states(at)
        vectors = [done]
        for bit in free:
            vectors += [one | bit for one in vectors]
        kept = self._allowed(np.array(vectors, dtype=np.int64))
        if not kept.all():
            raise at.error(
                "durability.file-state-ruled-out",
                N_("the state is one that a pattern under infeasible rules out"),
                N_("Take the state out, or the pattern."),
            )
        return tuple(sorted(vectors))

    def _refuse_too_dense(self, states: _States) -> None:
        vectors = sum(map(len, states.covers))
        widest = 2 ** max(
            (sum(one.owner == party for one in self._options) for party in range(len(self._parties))), default=0
        )
        if vectors > MOST_STATES or vectors * min(vectors, widest) > _MOST_PAIRS:
            raise too_many_states(self._top.under("states"))

    def _drawn(self, states: _States) -> Model:
        """Moves that are listed; a party whose moves are not listed moves by its options."""
        at, listed = mapping_at(self._top, self._loaded, "moves")
        numbers = states.numbers()
        _refuse_unknown(at, listed, self._parties)
        self._refuse_too_dense(states)
        by_options = merged(self._options, len(self._parties), states.covers)
        moves: list[Moves] = [
            Listed(len(states.names), list(_pairs(at.under(party), listed[party], numbers))) if party in listed else own
            for party, own in zip(self._parties, by_options, strict=True)
        ]
        return self._finished(states, len(states.names), np.arange(len(states.names)), tuple(moves))

    def _finished(self, states: _States | None, size: int, places: Places, moves: tuple[Moves, ...]) -> Model:
        at, told = mapping_at(self._top, self._loaded, "preferences")
        _refuse_unknown(at, told, self._parties)
        unsure_at, unsure = mapping_at(self._top, {"unknown": {}, **_given(self._loaded, "unknown")}, "unknown")
        _refuse_unknown(unsure_at, unsure, self._parties)
        names = states.names if states else ()
        by_name = dict(zip(names, places.tolist(), strict=True)) if states else _Vectors(len(self._options), places)
        ranking = _Ranking(size, places, by_name, self._done(states, places))
        preferences = []
        for party in self._parties:
            if party not in told:
                raise missing_part(at, party, "preferences")
            pairs = list(_pairs(unsure_at.under(party), unsure.get(party) or [], by_name))
            ranks, bands = ranking.of(at.under(party), told[party])
            preferences.append(Preference(ranks, bands, np.array(pairs, dtype=np.int64).reshape(-1, 2)))
        quo = self._loaded.get("status_quo")
        return Model(
            tuple(self._parties),
            self._options,
            size,
            places,
            names,
            moves,
            tuple(preferences),
            None if quo is None else place_at(self._top.under("status_quo"), quo, by_name),
        )

    def _done(self, states: _States | None, places: Places) -> dict[str, Flags] | None:
        """For each option the states, by their order, in which it is done; None where a state leaves some open."""
        if states and any(len(cover) != 1 for cover in states.covers):
            return None
        vectors = np.array([cover[0] for cover in states.covers], dtype=np.int64) if states else places
        return {
            one.name: vectors >> (len(self._options) - 1 - place) & 1 == 1 for place, one in enumerate(self._options)
        }


class _Vectors(dict[str, int]):
    """The places of states that are called by their options; found when asked for, since there can be millions."""

    def __init__(self, options: int, places: Places) -> None:
        super().__init__()
        self._options, self._places = options, places

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def __getitem__(self, name: str) -> int:
        found: int | None = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def get(self, name: str, default: Any = None) -> Any:
        if len(name) != self._options or set(name) - set("YN"):
            return default
        place = int(name.replace("Y", "1").replace("N", "0"), 2)
        at = int(np.searchsorted(self._places, place))
        return place if at < len(self._places) and self._places[at] == place else default


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Reads what a party would rather have, in any of the three ways to say it."""

    size: int
    places: Places
    by_name: Mapping[str, int]
    done: Mapping[str, Flags] | None

    def of(self, at: At, told: Any) -> tuple[Ranks, Ranks]:
        if isinstance(told, list):
            return self._listed(at, told)
        if isinstance(told, Mapping) and len(told) == 1 and {"weights", "priorities"} & told.keys():
            if self.done is None:
                raise at.error(
                    "durability.file-open-options",
                    N_("options say nothing of a state that leaves some of them open"),
                    N_("List the states from the best to the worst instead."),
                )
            scores = self._weighed(at, told, self.done) if "weights" in told else self._prioritised(at, told, self.done)
            ranks = self._blank()
            ranks[self.places] = np.unique(scores, return_inverse=True)[1]
            return ranks, np.empty(0, dtype=np.int32)
        raise at.error(
            "durability.file-preference",
            N_("what the party would rather have is not told in a way that is known"),
            N_("List the states from the best to the worst, ties in a list; or give weights or priorities of options."),
        )

    def _blank(self) -> Ranks:
        return np.full(self.size, -1, dtype=np.int32)

    def _listed(self, at: At, told: Sequence[Any]) -> tuple[Ranks, Ranks]:
        ranks, bands = self._blank(), self._blank()
        level = band = len(told)
        for number, item in enumerate(told):
            if item == MUCH:
                band -= 1
                continue
            level -= 1
            for name in item if isinstance(item, list) else [item]:
                place = place_at(at.under(number), name, self.by_name)
                if ranks[place] >= 0:
                    raise at.error(
                        "durability.file-ranked-twice",
                        N_("the state {state} stands twice in the ranking"),
                        N_("Keep it in one place; write states that are as good as each other in a list of their own."),
                        state=str(name),
                    )
                ranks[place], bands[place] = level, band
        missing = np.flatnonzero(ranks[self.places] < 0)
        if len(missing):
            raise at.error(
                "durability.file-not-ranked",
                N_("the ranking leaves out {count} of the {all} states"),
                N_("Rank every state; write those that are as good as each other in a list of their own."),
                count=str(len(missing)),
                all=str(len(self.places)),
            )
        return ranks, bands if MUCH in told else np.empty(0, dtype=np.int32)

    def _weighed(self, at: At, told: Mapping[str, Any], done: Mapping[str, Flags]) -> npt.NDArray[np.int64]:
        here, given = mapping_at(at, told, "weights")
        _refuse_unknown(here, given, list(done))
        numbers = {name: number_at(here.under(name), one) for name, one in given.items()}
        scale = lcm(*(one.denominator for one in numbers.values())) if numbers else 1
        if sum(abs(one) for one in numbers.values()) * scale >= MOST_WEIGHT:
            raise here.error(
                "durability.file-weights",
                N_("the weights have too many digits"),
                N_("Round them to whole numbers of at most nine digits."),
            )
        scores = np.zeros(len(self.places), dtype=np.int64)
        for name, one in numbers.items():
            scores += int(one * scale) * done[name]
        return scores

    def _prioritised(self, at: At, told: Mapping[str, Any], done: Mapping[str, Flags]) -> npt.NDArray[np.int64]:
        here, given = list_at(at, told, "priorities")
        if len(given) > _MOST_OPTIONS:
            raise here.error(
                "durability.file-priorities",
                N_("there are more than {most} statements"),
                N_("Leave out those that come last and decide least."),
                most=str(_MOST_OPTIONS),
            )
        scores = np.zeros(len(self.places), dtype=np.int64)
        for number, one in enumerate(given):
            try:
                scores = 2 * scores + holds(text_at(here.under(number), one), done)
            except StatementError as error:
                if error.unknown:
                    raise unknown_name(here.under(number), error.word, list(done)) from error
                raise here.under(number).error(
                    "durability.file-statement",
                    N_("the statement cannot be read at {word}"),
                    N_("Write options with and, or, not, if, iff and brackets: blockade and not (strike or escalate)."),
                    word=error.word or "…",
                ) from error
        return scores


MOST_WEIGHT: Final = 2**62


def too_many_states(at: At) -> ScenarioFileError:
    """More states, vectors or moves than are gone through."""
    return at.error(
        "durability.file-too-many-states",
        N_("the model has more than {most} states, or as many moves"),
        N_("Leave out options, rule out what cannot be, or merge states that do not differ."),
        most=f"{MOST_STATES:,}".replace(",", " "),
    )


def unknown_name(at: At, name: str, known: Sequence[str]) -> ScenarioFileError:
    """A party, option or state that the model does not have."""
    return at.error(
        "durability.file-unknown-name",
        N_("{name} is not one of those that the model names"),
        N_("Write one of: {known}."),
        name=name,
        known=", ".join(known[:_SHOWN]) + (" …" if len(known) > _SHOWN else ""),
    )


_SHOWN: Final = 6


def place_at(at: At, name: Any, by_name: Mapping[str, int]) -> int:
    """The place of the state that is named here."""
    told = text_at(at, name)
    found = by_name.get(told)
    if found is None and isinstance(by_name, _Vectors):
        raise at.error(
            "durability.file-no-vector",
            N_("{name} is no state of the model"),
            N_("Write Y or N for each option, in their order; what a pattern rules out is no state."),
            name=told,
        )
    if found is None:
        raise unknown_name(at, told, list(by_name))
    return int(found)


def _given(loaded: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {key: loaded[key]} if loaded.get(key) is not None else {}


def _items(top: At, loaded: Mapping[str, Any], key: str) -> Iterator[tuple[At, Any]]:
    if loaded.get(key) is not None:
        at, items = list_at(top, loaded, key)
        for number, item in enumerate(items):
            yield at.under(number), item


def _names(top: At, loaded: Mapping[str, Any], key: str) -> list[str]:
    found = [text_at(at, item) for at, item in _items(top, loaded, key)]
    if not found:
        raise missing_part(top, key, top.file)
    _refuse_twice(top.under(key), found)
    return found


def _refuse_twice(at: At, names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        seen: set[str] = set()
        twice = next(name for name in names if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise at.error(
            "durability.file-twice", N_("{name} stands twice"), N_("Give each a name of its own."), name=twice
        )


def _refuse_unknown(at: At, given: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in given:
        if name not in known:
            raise unknown_name(at, name, known)


def _pairs(at: At, items: Any, by_name: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    for number, item in enumerate(list_at(at, items)[1]):
        here = at.under(number)
        pair = list_at(here, item)[1]
        if len(pair) != 2:
            raise here.error(
                "durability.file-pair",
                N_("a pair of states should stand here"),
                N_("Write two states: [1, 4]."),
            )
        yield place_at(here, pair[0], by_name), place_at(here, pair[1], by_name)
