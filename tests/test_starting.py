"""A consultation started from a text: what a person accepts, changes or drops by keyboard, and what is written then."""

from __future__ import annotations

import datetime as dt
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from tashawur.consult.consultation import Consultation
from tashawur.consult.files import NamedFile, read
from tashawur.consult.log import Contact, LogFile, Report, RoundEvent
from tashawur.node.cases import consultation
from tashawur.node.starting import About, Asked, add, ask, start
from tashawur.papers.proposal_telling import surroundings
from tashawur.readouts.deciding import Decisions
from tashawur.readouts.values import Span
from tashawur.store.yaml_text import yaml_text
from tashawur.terms.errors import MistakesError, UnwritableError
from tashawur.terms.vocabulary import LANGUAGES
from test_commands import answered, refused
from test_readout_command import file
from test_report import browser, opened  # noqa: F401 - the browser of all pages

TALKS = """\
Narev and Olmia agree on the embassies

The foreign ministry of Narev said on Tuesday after talks in the capital of Kelma that the sides had agreed to set up a \
consultation mechanism for problems between them.
“We agreed to reopen the embassies by 30 April 2026,” the ministry of Narev said. It thanked Kelma for hosting the talks.
“We agreed to prepare future cooperation once the border is calm,” the ministry of Narev added.
The ministry called the talks a useful step. One phone call is not enough, the ministry of Narev said.
The foreign minister of Olmia said: “We agreed to reopen the embassies.” He called the talks useful.
Olmia demanded the release of the crew of a ferry. Narev denied the report about the ferry.
"""
PARTIES = ("--party", "N=Narev", "--party", "O=Olmia", "--party", "K=Kelma")
ABOUT = {"N": ("Narev",), "O": ("Olmia",), "K": ("Kelma",)}
DAY = ("--date", "2026-03-10")


def session(keys: str, *call: object, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs `readout` with the keys as lines of standard input."""
    command = [sys.executable, "-m", "tashawur", "readout", *map(str, call)]
    environment = {**os.environ, "TASHAWUR_LANG": "en", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, input=keys, capture_output=True, text=True, check=False, encoding="utf-8", env=environment, cwd=folder
    )


@pytest.fixture
def text(tmp_path: Path) -> Path:
    return file(tmp_path, "talks.txt", TALKS.encode())


def begun(text: Path, keys: str = "A\n", name: str = "case") -> Path:
    folder = text.parent / name
    done = session(keys, text, *DAY, *PARTIES, "--publisher", "A paper", "--start", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_person_starts_a_consultation_from_a_text_and_every_row_points_at_its_words(text: Path) -> None:
    folder = begun(text)
    found = consultation(str(folder))
    assert found.sides == ("N", "O")
    assert ("K", "host") in {(role.party, role.role) for role in found.case.roles}
    assert [(one.sha256 != "", one.publisher, str(one.on)) for one in found.case.documents] == [
        (True, "A paper", "2026-03-10")
    ]
    assert {one.what["en"] for one in found.undertakings.values()} >= {"reopen the embassies by 30 April 2026"}
    for origin, words in pointed(found):
        assert TALKS[origin[0] : origin[1]] in words
    shown = answered("status", folder, "--text", text, "--plain")
    assert "«reopen the embassies by 30 April 2026»" in shown
    behind = shown[shown.index("Words behind other rows") :].replace("\n", " ")
    for told in ("«Kelma for hosting the talks»", "«set up a consultation mechanism", "«the talks useful» – Olmia"):
        assert told in behind
    assert "No mistakes" in answered("case", "check", folder)


def pointed(found: Consultation) -> list[tuple[tuple[int, int], list[str]]]:
    """The first place of every row that has words of the text, with the words of the row."""
    judged = [one for one in found.round_events if one.assessment is not None]
    rows = [(one.origin[0], one.what) for one in found.undertakings.values()]
    rows += [(one.origin[0], one.name) for one in found.irritants.values()]
    rows += [(one.origin[0], one.assessment or {}) for one in judged]
    assert len(rows) >= 7
    return [((one.start or 0, one.end or 0), list(words.values())) for one, words in rows]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_of_a_case_that_is_being_translated_opens_and_says_so(
    browser: Browser,  # noqa: F811
    text: Path,
    lang: str,
) -> None:
    page = text.parent / "page.html"
    answered("status", begun(text), "--text", text, "--report", page)
    shown = opened(browser, page, lang, 390)
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    main = shown.locator(f'main[lang="{lang}"]')
    assert main.get_by_text("reopen the embassies by 30 April 2026").count() > 0
    waits = {"en": "until they are translated", "ar": "إلى أن تُترجم", "ru": "пока они не переведены"}
    assert main.get_by_text(waits[lang]).count() == 1
    found = Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()
    shown.close()


def test_what_one_side_alone_says_is_marked_so(text: Path) -> None:
    folder = begun(text)
    told = session("?\n" + "a\n" * 60, text, *DAY, *PARTIES, "--start", text.parent / "third").stdout
    assert "only Narev says so" in told
    assert "Only Narev says so" in answered("status", folder, "--plain")


def test_what_a_side_demands_is_a_problem_on_the_register_and_its_answer_a_position(text: Path) -> None:
    asked, decisions = decided(text)
    irritant = next(one.row["id"] for one in asked.proposals if one.sort == "irritant")
    answer = next(one.id for one in asked.proposals if one.sort == "position")
    said = walked(decisions, answer).change("irritant", irritant).accept()
    start(text.parent / "case", asked, said.accepted)
    found = consultation(str(text.parent / "case")).irritants[irritant]
    assert [one.by for one in found.raised] == ["O"]
    assert {party: told["en"] for party, told in found.positions.items()} == {
        "O": "the release of the crew of a ferry",
        "N": "the report about the ferry",
    }
    assert [one.asserted_by for one in found.origin] == ["O", "N"]


def decided(text: Path, folder: Path | None = None) -> tuple[Asked, Decisions]:
    asked = ask([text], About(dt.date(2026, 3, 10), None, ABOUT), folder)
    return asked, Decisions(tuple(asked.proposals))


def walked(decisions: Decisions, name: str) -> Decisions:
    """Accepts up to the proposal of the name, which is the current one then."""
    while decisions.current is not None and decisions.current.id != name:
        decisions = decisions.drop() if decisions.current.lacks else decisions.accept()
    assert decisions.current is not None, name
    return decisions


def test_a_contact_without_a_day_waits_for_the_person_who_knows_it(text: Path) -> None:
    asked, decisions = decided(text)
    at = walked(decisions, "contact call")
    assert at.accept() is at
    filled = at.change("on", "2026-02-20").accept().accept_rest()
    start(text.parent / "filled", asked, filled.accepted)
    calls = consultation(str(text.parent / "filled")).contacts
    assert [(one.form, str(one.on)) for one in calls] == [("call", "2026-02-20")]
    done = session("A\n", text, *DAY, *PARTIES, "--start", text.parent / "rest")
    assert "Left out: Contact" in done.stderr


def test_words_in_other_languages_can_be_given_and_the_others_wait(text: Path) -> None:
    folder = begun(text, "s\ns\ne\npurpose.ru=Консультироваться\n\nA\n")
    found = consultation(str(folder))
    assert found.case.mechanism.purpose["ru"] == "Консультироваться"
    assert found.case.being_translated
    told = answered("case", "check", folder)
    assert "wait for a translation" in told
    whole = (folder / "consultation.yaml").read_text(encoding="utf-8").replace("being_translated: true\n", "")
    (folder / "consultation.yaml").write_text(whole, encoding="utf-8")
    assert "case.missing-translation" in refused("case", "check", folder)


def test_a_change_that_would_be_a_mistake_is_refused_and_the_row_stays(text: Path) -> None:
    keys = "s\ns\ne\nfounded=yesterday\n\nA\n"
    folder = text.parent / "case"
    done = session(keys, text, *DAY, *PARTIES, "--start", folder)
    assert "Not changed:" in done.stdout
    assert str(consultation(str(folder)).case.mechanism.founded) == "2026-03-10"


def test_a_person_can_say_who_says_so(text: Path) -> None:
    asked, decisions = decided(text)
    at = walked(decisions, "undertaking C2").change("asserted_by", "N, O")
    assert at.current is not None
    assert (at.current.asserted_by, at.current.alone) == (["N", "O"], False)
    start(text.parent / "case", asked, at.accept().accepted)
    found = consultation(str(text.parent / "case")).undertakings["C2"]
    assert [one.asserted_by for one in found.origin] == ["N", "O"]
    assert len({(one.start, one.end) for one in found.origin}) == 1


def test_one_sides_account_names_the_other_side_and_says_so_alone(text: Path) -> None:
    call = b"""Call of the foreign minister of Narev with the foreign minister of Olmia
The foreign minister of Narev spoke with the foreign minister of Olmia by telephone today. The two ministers agreed to \
open two schools. The foreign minister of Narev condemned the attack on a ferry.
"""
    readout = file(text.parent, "call.txt", call.replace(b"\\\n", b""))
    folder = text.parent / "case"
    done = session("A\n", readout, *DAY, *PARTIES, "--start", folder)
    assert done.returncode == 0, done.stderr
    found = consultation(str(folder))
    assert found.sides == ("N", "O")
    assert [(one.form, str(one.on), set(one.between)) for one in found.contacts] == [("call", "2026-03-10", {"N", "O"})]
    said = {
        one.what["en"]: (one.by, [origin.asserted_by for origin in one.origin]) for one in found.undertakings.values()
    }
    assert said == {"open two schools": (("N", "O"), ["N"])}


def test_of_a_speaker_whom_nothing_ties_to_a_party_a_person_says_whose_words_these_are(text: Path) -> None:
    strange = TALKS + "“We will publish the list by 1 May 2026,” Ilka Tormund said.\n"
    asked, decisions = decided(file(text.parent, "strange.txt", strange.encode()))
    unknown = next(one for one in asked.proposals if one.sort == "party" and one.lacks)
    assert "Tormund" in unknown.words.text
    left = decisions.accept_rest()
    assert unknown in left.left
    said = walked(decisions, unknown.id).change("same_as", "O").accept().accept_rest()
    start(text.parent / "case", asked, said.accepted)
    found = consultation(str(text.parent / "case"))
    published = [one for one in found.undertakings.values() if "publish" in one.what["en"]]
    assert [(one.by, one.origin[0].asserted_by) for one in published] == [(("O",), "O")]
    assert set(found.parties) == {"N", "O", "K"}


def test_rows_point_into_a_page_as_it_was_read(text: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in TALKS.splitlines())
    page = file(text.parent, "page.html", f"<html><body><article>{body}</article></body></html>".encode())
    folder = begun(page)
    assert "«reopen the embassies by 30 April 2026»" in answered("status", folder, "--text", page, "--plain")


def test_a_decision_is_taken_back(text: Path) -> None:
    folder = begun(text, "d\nb\nA\n")
    assert "N" in consultation(str(folder)).parties


def test_what_hangs_on_a_dropped_row_is_left_out_and_told(text: Path) -> None:
    folder = text.parent / "case"
    done = session("a\na\nd\nA\n", text, *DAY, *PARTIES, "--start", folder)
    assert done.returncode == 0, done.stderr
    assert "Left out: Role" in done.stderr
    assert set(consultation(str(folder)).parties) == {"N", "O"}


def test_too_few_sides_are_refused_and_nothing_is_written(text: Path) -> None:
    folder = text.parent / "case"
    done = session("d\nA\n", text, *DAY, *PARTIES, "--start", folder)
    assert done.returncode == 2
    assert "case.too-few-sides" in done.stderr
    assert not folder.exists()
    assert list(text.parent.iterdir()) == [text]


def test_breaking_off_writes_nothing_and_says_so(text: Path) -> None:
    done = session("a\na\n", text, *DAY, *PARTIES, "--start", text.parent / "case")
    assert done.returncode == 2
    assert "2 accepted rows are not kept" in done.stderr
    assert list(text.parent.iterdir()) == [text]


def test_stopping_keeps_what_was_accepted_and_the_rest_is_taken_up_again(text: Path) -> None:
    folder = begun(text, "s\ns\nq\n")
    assert not consultation(str(folder)).undertakings
    before = (folder / "consultation.yaml").read_text(encoding="utf-8")
    (folder / "consultation.yaml").write_text(before.replace("roles:", "# Who they are.\nroles:"), encoding="utf-8")
    done = session("A\n", text, *DAY, *PARTIES, "--into", folder)
    assert done.returncode == 0, done.stderr
    whole = consultation(str(begun(text, name="whole")))
    taken_up = consultation(str(folder))
    assert "# Who they are." in (folder / "consultation.yaml").read_text(encoding="utf-8")
    for part in ("undertakings", "irritants", "round_events", "contacts"):
        assert getattr(taken_up, part) == getattr(whole, part)
    for part in ("mechanism", "objective", "tracks", "teams", "roles", "parties"):
        assert getattr(taken_up.case, part) == getattr(whole.case, part), part
    again = session("A\n", text, *DAY, *PARTIES, "--into", folder)
    assert again.returncode == 0
    assert consultation(str(folder)) == taken_up


def test_a_further_text_finds_the_parties_of_the_consultation_by_their_names(text: Path) -> None:
    folder = begun(text)
    second = file(text.parent, "second.txt", b"Olmia said: \xe2\x80\x9cWe agreed to open two schools.\xe2\x80\x9d\n")
    done = session("A\n", second, "--date", "2026-03-12", "--into", folder)
    assert done.returncode == 0, done.stderr
    new = [one for one in consultation(str(folder)).undertakings.values() if "schools" in one.what["en"]]
    assert [origin.asserted_by for origin in new[0].origin] == ["O"]
    assert len(consultation(str(folder)).case.documents) == 2


def test_a_disk_that_fails_midway_leaves_the_folder_as_it_was(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = begun(text, "s\ns\nq\n")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    asked, decisions = decided(text, folder)
    replaced = Path.replace
    done: list[Path] = []

    def full(path: Path, target: Path) -> Path:
        if len(done) == 2:
            raise OSError(28, "no space left")
        done.append(target)
        return replaced(path, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UnwritableError, match="disk is full"):
        add(folder, asked, decisions.accept_rest().accepted)
    assert len(done) == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_case_file_whose_lists_cannot_be_added_to_is_refused_as_a_whole(text: Path) -> None:
    folder = begun(text, "s\ns\nq\n")
    case = folder / "consultation.yaml"
    lines = case.read_text(encoding="utf-8").splitlines()
    parties = [line.removeprefix("- ") for line in lines if line.startswith("- {id:")]
    kept = [line for line in lines if not line.startswith("- {id:")]
    kept[kept.index("parties:")] = f"parties: [{', '.join(parties)}]"
    case.write_text("\n".join(kept), encoding="utf-8")
    second = file(
        text.parent,
        "second.txt",
        "Kelma said: “We agreed to host the next round.” Ruvia thanked Olmia for hosting it.\n".encode(),
    )
    done = session("A\n", second, "--date", "2026-03-12", "--party", "R=Ruvia", "--into", folder)
    assert done.returncode == 2
    assert "put a dash before each row" in done.stderr
    assert {path.name for path in folder.iterdir()} == {"consultation.yaml"}


def test_the_same_undertaking_in_another_text_is_said_by_both(text: Path) -> None:
    folder = begun(text)
    known = next(one.id for one in consultation(str(folder)).undertakings.values() if one.origin[0].asserted_by == "N")
    second = file(text.parent, "second.txt", b"Olmia said: \xe2\x80\x9cWe agreed to open two schools.\xe2\x80\x9d\n")
    asked, decisions = decided(second, folder)
    deed = next(one.id for one in asked.proposals if one.sort == "undertaking")
    said = walked(decisions, deed).change("same_as", known).accept()
    add(folder, asked, said.accepted)
    reports = [one for one in consultation(str(folder)).log if isinstance(one, Report)]
    assert [(one.by, one.about, one.says) for one in reports] == [("O", known, "affirmed")]


def test_two_texts_make_one_consultation(text: Path) -> None:
    second = file(
        text.parent, "second.txt", "Olmia said: “We agreed to open two schools.” It called the talks long.\n".encode()
    )
    folder = text.parent / "case"
    done = session("A\n", text, second, *DAY, *PARTIES, "--start", folder)
    assert done.returncode == 0, done.stderr
    found = consultation(str(folder))
    assert len(found.case.documents) == 2
    schools = next(one for one in found.undertakings.values() if "schools" in one.what["en"])
    assert (schools.by, schools.origin[0].asserted_by) == (("N", "O"), "O")
    assert schools.origin[0].document == found.case.documents[1].sha256


def test_within_one_text_what_both_say_gets_both_origins(text: Path) -> None:
    asked, decisions = decided(text)
    deeds = [one for one in asked.proposals if one.sort == "undertaking"]
    first = next(one for one in deeds if list(one.asserted_by) == ["N"])
    other = next(one for one in deeds if list(one.asserted_by) == ["O"])
    said = walked(decisions, other.id).change("same_as", first.row["id"]).accept().accept_rest()
    start(text.parent / "both", asked, said.accepted)
    found = consultation(str(text.parent / "both")).undertakings[first.row["id"]]
    assert [one.asserted_by for one in found.origin] == ["N", "O"]
    assert "Both say so" in answered("status", text.parent / "both", "--plain")


def test_a_folder_that_holds_something_is_refused_before_anything_is_asked(text: Path) -> None:
    done = session("", text, *DAY, *PARTIES, "--start", text.parent)
    assert done.returncode == 2
    assert "holds something already" in done.stderr
    assert not done.stdout
    assert "it is shipped" in session("", text, *DAY, "--into", "riyadh").stderr


def test_a_text_without_a_day_or_with_one_party_is_refused(text: Path) -> None:
    assert "[text.day]" in refused("readout", text, *PARTIES, "--start", text.parent / "case")
    assert "[text.parties]" in refused("readout", text, *DAY, "--start", text.parent / "case")
    assert "names no party" in refused("readout", text, "--party", "1=Narev", "--start", text.parent / "case")
    both = ("--start", text.parent / "one", "--into", text.parent)
    assert "not both" in refused("readout", text, *DAY, *both)
    assert "ask by keyboard" in refused("readout", text, *DAY, "--start", text.parent / "case", "--json")


@pytest.mark.parametrize("lang", ["ar", "ru"])
def test_the_session_speaks_three_languages_and_keeps_directions_apart(text: Path, lang: str) -> None:
    done = session("s\ns\nq\n", text, *DAY, *PARTIES, "--start", text.parent / "case", "--lang", lang)
    assert done.returncode == 0, done.stderr
    assert {"ar": "قبول", "ru": "принять"}[lang] in done.stdout
    assert "\u2066" in done.stdout
    assert "\u2069" in done.stdout


def test_the_keys_work_on_a_keyboard_with_russian_or_arabic_letters(text: Path) -> None:
    for name, keys in (("ru", "ф\nв\nи\nФ\n"), ("ar", "ش\nي\nل\n\u0650\n")):
        folder = begun(text, keys, name)
        assert len(consultation(str(folder)).parties) == 3


def at_terminal(keys: str, *call: object) -> tuple[str, int]:
    """Runs the session at a pseudo-terminal, one key after another, each when something was asked."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TASHAWUR_LANG"] = "en"
        os.environ["TERM"] = "xterm"
        os.execv(sys.executable, [sys.executable, "-m", "tashawur", "readout", *map(str, call)])  # noqa: S606 - the child
    shown, waiting = b"", list(keys)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        ready, _, _ = select.select([terminal], [], [], 0.4)
        if ready:
            try:
                told = os.read(terminal, 65_536)
            except OSError:
                break
            if not told:
                break
            shown += told
        elif waiting and b"accept all the rest" in shown:
            os.write(terminal, waiting.pop(0).encode())
    os.close(terminal)
    return shown.decode("utf-8", "replace"), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a pseudo-terminal")
def test_at_a_terminal_one_key_is_enough_and_ctrl_c_leaves_nothing_half_written(text: Path) -> None:
    folder = text.parent / "case"
    shown, status = at_terminal("adbA", text, *DAY, *PARTIES, "--start", folder)
    assert status == 0, shown
    assert len(consultation(str(folder)).parties) == 3
    shown, status = at_terminal("aa\x03", text, *DAY, *PARTIES, "--start", text.parent / "other")
    assert status == 2, shown
    assert "2 accepted rows are not kept" in shown
    assert not (text.parent / "other").exists()


@given(keys=st.lists(st.sampled_from(["accept", "drop", "back", "accept_kind", "accept_rest"]), max_size=60))
def test_whatever_is_decided_the_folder_is_good_or_nothing_is_written(
    keys: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("any")
    asked, decisions = asked_once(tmp_path_factory)
    for key in keys:
        decisions = getattr(decisions, key)()
    folder = place / "case"
    sides = [one for one in decisions.accepted if one.sort == "role" and one.row["role"] == "side"]
    if good := len(sides) == 2 and {"party N", "party O"} <= {one.id for one in decisions.accepted}:
        start(folder, asked, decisions.accepted)
        assert consultation(str(folder)).case.id == "case"
    else:
        with pytest.raises(MistakesError):
            start(folder, asked, decisions.accepted)
    assert [one.name for one in place.iterdir()] == ["case"] * good


_KEPT: list[tuple[Asked, Decisions]] = []


def asked_once(factory: pytest.TempPathFactory) -> tuple[Asked, Decisions]:
    if not _KEPT:
        _KEPT.append(decided(file(factory.mktemp("text"), "talks.txt", TALKS.encode())))
    return _KEPT[0]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    lambda told: not set(told) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)


@given(
    told=WORDS | st.sampled_from(["1e5", "NO", "on", "null", "0x10", "~", "2026-03-10", "- a: b", '"', "a #b", " x "])
)
def test_any_words_are_read_back_as_they_were_written(told: str) -> None:
    entry = {"type": "contact", "id": "c", "on": "2026-03-10", "form": "call", "between": ["A", "B"]}
    written = yaml_text({"kind": "log", "entries": [{**entry, "about": {"en": told}}]})
    found = read("log.yaml", written.encode())
    assert isinstance(found, NamedFile), written
    assert isinstance(found.value, LogFile)
    first = found.value.entries[0]
    assert isinstance(first, Contact)
    assert first.about == {"en": told}


@given(told=st.text(max_size=400), start=st.integers(0, 400), length=st.integers(1, 50))
def test_a_sentence_is_shown_around_words_without_losing_any(told: str, start: int, length: int) -> None:
    begin, end = min(start, len(told)), min(start + length, len(told))
    before, behind = surroundings(told, Span(begin, end, told[begin:end]))
    assert told[:begin].endswith(before.removeprefix("…"))
    assert told[end:].startswith(behind.removesuffix("…")) or not behind


def test_held_rounds_are_dated_by_the_text_and_judged_by_each_side(text: Path) -> None:
    events = [one for one in consultation(str(begun(text))).log if isinstance(one, RoundEvent)]
    assert {(one.event, str(one.on)) for one in events} == {("held", "2026-03-10"), ("assessed", "2026-03-10")}
