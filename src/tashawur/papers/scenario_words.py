"""What is told of a scenario of another program, and what stands for people in the case that is made of one."""

from __future__ import annotations

from typing import Any, Final

from tashawur.papers.words import Words
from tashawur.settle.formats.case_files import CaseWords
from tashawur.settle.formats.profiles import Imported, Note
from tashawur.settle.formats.reading import FORMATS
from tashawur.terms.phrases import N_, NN_


def case_words(lang: str, name: str) -> CaseWords:
    """The words of a case that is made of the scenario `name`, in the language of its names."""
    say = Words(lang).say
    return CaseWords(
        lang,
        title=name,
        purpose=say(N_("To try out what can be settled in the scenario {name}"), name=name),
        track=say(N_("The scenario")),
        why=say(N_("A rule of the scenario")),
        head=say(
            N_("Made from a scenario of another program. The first option of each issue need not be how things are.")
        ),
        scale=say(N_("One whole point here is {unit} in the numbers of the scenario.")),
    )


def sizes(imported: Imported, words: Words) -> str:
    """One line: the format, and how many issues, sides and packages the scenario has."""
    scenario = imported.scenario
    counts = (
        words.count(NN_("{number} issue", "{number} issues"), len(scenario.issues)),
        words.count(NN_("{number} side", "{number} sides"), len(scenario.sides)),
        _packages(scenario.packages, words),
    )
    title = FORMATS[imported.format].title if imported.format in FORMATS else words.say(N_("A consultation"))
    return words.say(N_("{format}: {counts}"), format=title, counts=words.listed(counts))


def _packages(number: int, words: Words) -> str:
    """How many packages there are, exactly or, beyond what anybody reads, as a power of ten."""
    if number < _READABLE:
        return words.count(NN_("{number} package", "{number} packages"), number)
    power = len(str(number)) - 1
    phrase = N_("10^{power} packages") if number == 10**power else N_("over 10^{power} packages")
    return words.say(phrase, power=power)


_READABLE: Final = 10**15


def told(note: Note, words: Words) -> str:
    """The note in the language of `words`."""
    return words.say(note.phrase, **note.words)


def document(imported: Imported, notes: tuple[Note, ...], words: Words) -> dict[str, Any]:
    """What was read, as one value to encode as JSON: no number of any side is in it.

    `packages` is a text, since there can be more than 64 bits count; `resolution` is to what a side's numbers were
    rounded, or null where they are exact.
    """
    scenario = imported.scenario
    return {
        "format": imported.format,
        "issues": [{"name": issue.name, "options": issue.options} for issue in scenario.issues],
        "sides": [
            {"name": side.name, "file": file, "resolution": f"{float(resolution):g}" if resolution else None}
            for side, file, resolution in zip(scenario.sides, imported.files, imported.resolution, strict=True)
        ],
        "packages": str(scenario.packages),
        "notes": [told(note, words) for note in notes],
    }
