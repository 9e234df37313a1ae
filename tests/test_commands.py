"""The commands as people call them: what they print, where, and with which exit status."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from icalendar import Calendar

from conftest import GOOD, LOG, Lay
from tashawur.papers.half_page import LINES, WIDTH

LANGUAGES = ("ar", "en", "ru")


def tashawur(*arguments: str | Path, lang: str = "en", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TASHAWUR_LANG": lang, "NO_COLOR": "1"}
    call = [sys.executable, "-m", "tashawur", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, check=False, env=environment, cwd=cwd, encoding="utf-8")


def answered(*arguments: str | Path, lang: str = "en") -> str:
    done = tashawur(*arguments, lang=lang)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(*arguments: str | Path, lang: str = "en") -> str:
    done = tashawur(*arguments, lang=lang)
    assert done.returncode == 2, done.stdout
    assert done.stdout == ""
    return done.stderr.strip()


@pytest.mark.parametrize("name", ["riyadh", "exercise"])
def test_the_status_as_json_is_one_document_with_the_keys_that_are_promised(name: str) -> None:
    document = json.loads(answered("status", name, "--json"))
    keys = {"mechanism", "contacts", "problems", "teams", "undertakings", "objective", "awaited", "exercise"}
    assert keys <= document.keys()
    assert document["exercise"] is (name == "exercise")
    assert all(one["asserted_by"] for one in document["undertakings"])


def test_the_eight_undertakings_of_the_readout_stand_with_who_says_so() -> None:
    document = json.loads(answered("status", "riyadh", "--json", "--on", "2025-02-18"))
    said = {one["id"]: one["asserted_by"] for one in document["undertakings"]}
    assert said == {**{f"C{n}": ["US"] for n in range(1, 6)}, **{f"C{n}": ["RU"] for n in range(6, 9)}}
    assert document["mechanism"]["sides"] == ["US", "RU"]
    assert document["mechanism"]["hosts"][0] == "SA"
    assert document["contacts"]["by_form"] == {"call": 1, "meeting": 1}


def test_the_parts_of_the_status_come_in_the_order_in_which_they_are_asked_for() -> None:
    told = answered("status", "riyadh", "--plain")
    parts = ["The mechanism", "Contacts", "Problems by state", "Teams and tracks", "Undertakings", "The aim", "Awaited"]
    places = [told.index(f"\n{part}\n") for part in parts]
    assert places == sorted(places)


def test_the_account_of_a_closed_case_is_shown_as_of_its_end() -> None:
    assert json.loads(answered("status", "riyadh", "--json"))["on"] == "2025-06-23"
    assert json.loads(answered("status", "riyadh", "--json", "--on", "2025-03-01"))["on"] == "2025-03-01"


def test_what_is_logged_behind_the_end_of_an_account_carries_it_on(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    answered("case", "new", folder, "--like", "riyadh")
    answered("log", "contact", folder, "--form", "call", "--between", "US", "--between", "RU", "--on", "2025-07-01")
    document = json.loads(answered("status", folder, "--json"))
    assert (document["on"], document["contacts"]["last"]["on"]) == ("2025-07-01", "2025-07-01")


def test_behind_its_end_it_is_said_that_the_account_ends(tmp_path: Path) -> None:
    folder, page = tmp_path / "mine", tmp_path / "page.html"
    answered("case", "new", folder, "--like", "riyadh")
    for ends, day in (("23 June 2025", "2025-06-24"), ("1 July 2025", "2025-07-02")):
        told = f"The account ends on {ends}."
        assert told in answered("status", folder, "--on", day, "--report", page)
        assert told in page.read_text(encoding="utf-8").replace("\u2066", "").replace("\u2069", "")
        assert told in answered("status", folder, "--on", day, "--print")
        assert "account ends" not in answered("status", folder) + answered("status", folder, "--on", "2025-06-22")
        answered("log", "contact", folder, "--form", "call", "--between", "US", "--between", "RU", "--on", "2025-07-01")


def test_an_equals_sign_in_words_is_no_language(lay: Lay) -> None:
    folder = lay()
    call = ("log", "contact", folder, "--form", "call", "--between", "A", "--between", "B", "--on", "2025-03-01")
    answered(*call, "--about", "tax=5%")
    last = json.loads(answered("status", folder, "--json", "--on", "2025-03-01"))["contacts"]["last"]
    assert last["about"] == {"en": "tax=5%"}


def test_words_can_be_logged_in_every_language_of_the_case_once(lay: Lay) -> None:
    case = GOOD["consultation.yaml"].replace("languages: [en]", "languages: [en, fr]")
    texts = {name: re.sub(r"\{en: ([^{}]*)\}", r"{en: \1, fr: \1}", text) for name, text in GOOD.items()}
    folder = lay({**texts, "consultation.yaml": re.sub(r"\{en: ([^{}]*)\}", r"{en: \1, fr: \1}", case)})
    call = ("log", "contact", folder, "--form", "call", "--between", "A", "--between", "B", "--on", "2025-03-01")
    answered(*call, "--about", "fr=Les vannes", "--about", "The gates")
    last = json.loads(answered("status", folder, "--json", "--on", "2025-03-01"))["contacts"]["last"]
    assert last["about"] == {"fr": "Les vannes", "en": "The gates"}
    before = (folder / "log.yaml").read_text(encoding="utf-8")
    assert "two texts are in one language: fr" in refused(*call, "--about", "fr=Une", "--about", "fr=Deux")
    twice = ("--by", "A", "--reason", "A=One", "--reason", "A=en=Two")
    assert "two texts are in one language: en" in refused("log", "round", folder, "R2", "proposed", *twice)
    assert "ru" in refused(*call, "--about", "ru=Шлюзы")
    assert (folder / "log.yaml").read_text(encoding="utf-8") == before


def test_half_a_page_for_a_side_has_what_it_owes_and_what_it_awaits() -> None:
    told = answered("status", "riyadh", "--print", "--side", "RU")
    owes, awaits = told.index("Private: what Russian Federation owes"), told.index("what Russian Federation awaits")
    assert 0 < owes < awaits
    assert "United States:" not in told[owes:awaits]
    assert len(told.rstrip("\n").split("\n")) <= LINES


@pytest.mark.parametrize("day", ["20250218", "2025-W08-2", "2025-2-18", "٢٠٢٥-٠٢-١٨"])
def test_a_day_is_written_in_one_way(day: str) -> None:
    assert "2025-02-18" in refused("status", "riyadh", "--on", day)


@pytest.mark.parametrize("lang", ["ar", "ru"])
def test_no_word_of_the_help_is_left_in_english(lang: str) -> None:
    for call in ((), ("status",), ("log", "round"), ("log", "report"), ("case",), ("due",)):
        told = answered(*call, "--help", "--lang", lang)
        assert not re.search(r"\b[A-Z]{3,}\b", told.replace("HTML", "").replace("JSON", "")), told


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["riyadh", "exercise"])
def test_half_a_page_fits_half_a_page_in_every_language(name: str, lang: str) -> None:
    lines = answered("status", name, "--print", "--lang", lang).rstrip("\n").split("\n")
    assert 10 < len(lines) <= LINES
    assert all(len(line) <= WIDTH + 12 for line in lines)  # marks above letters take no column


@pytest.mark.parametrize("lang", LANGUAGES)
def test_invented_is_said_on_every_answer_of_the_exercise(lang: str, tmp_path: Path) -> None:
    word = {"ar": "مختلق", "en": "INVENTED", "ru": "ВЫМЫШЛ"}[lang]
    for call in (
        ["status", "exercise"],
        ["status", "exercise", "--print"],
        ["due", "exercise"],
        ["case", "check", "exercise"],
    ):
        assert word in answered(*call, "--lang", lang)
    page = tmp_path / "page.html"
    answered("status", "exercise", "--lang", lang, "--report", page)
    assert page.read_text(encoding="utf-8").count(word) >= 2
    ics = tmp_path / "due.ics"
    answered("due", "exercise", "--on", "2025-03-01", "--lang", lang, "--ics", ics)
    assert word in str(Calendar.from_ical(ics.read_bytes()).walk("VEVENT")[0]["DESCRIPTION"])
    assert json.loads(answered("due", "exercise", "--json"))["exercise"] is True


def test_the_words_of_a_text_are_shown_only_when_it_is_the_document(lay: Lay, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("0123456789abcdefghij" * 5, encoding="utf-8")
    assert "not the document" in refused("status", lay(), "--text", text)
    digest = hashlib.sha256(text.read_bytes()).hexdigest()
    files = {name: GOOD[name].replace("ab" * 32, digest) for name in ("consultation.yaml", "undertakings.yaml")}
    folder = lay(files)
    assert "«abcdefghij»" in answered("status", folder, "--text", text)
    assert json.loads(answered("status", folder, "--json", "--text", text))["words"]["u1"] == ["abcdefghij"]


def test_the_private_view_says_what_a_side_owes_and_the_shared_one_does_not(lay: Lay) -> None:
    told = answered("status", lay(), "--side", "B", "--on", "2025-03-01")
    assert "Private: what Belmara owes" in told
    assert "Private" not in answered("status", lay(), "--on", "2025-03-01")
    assert "Known: A, B, H" in refused("status", lay(), "--side", "X")


def test_nothing_of_a_brief_is_in_any_answer(lay: Lay, tmp_path: Path) -> None:
    canary = GOOD["private/brief.yaml"].replace("14", "731946")
    folder = lay({"private/brief.yaml": canary})
    page = tmp_path / "page.html"
    told = answered("status", folder, "--report", page) + answered("status", folder, "--json", "--side", "A")
    told += answered("status", folder, "--print") + answered("due", folder) + answered("case", "check", folder)
    assert "731946" not in told + page.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_is_in_the_language_that_is_asked_for(lang: str) -> None:
    word = {"ar": "آلية", "en": "mechanism", "ru": "механизм"}[lang]
    assert word in answered("--help", "--lang", lang).lower() or word in answered("--lang", lang, "--help").lower()


def test_what_is_wrong_is_one_line_that_names_place_and_remedy(lay: Lay) -> None:
    folder = lay({"register.yaml": GOOD["register.yaml"].replace("track: main", "trakc: main")})
    told = refused("status", folder)
    assert told.splitlines()[0] == (
        "register.yaml:5: the key trakc is not known here. Did you mean track? [case.unknown-key]"
    )
    assert refused("case", "check", folder).splitlines()[0] == told.splitlines()[0]
    document = json.loads(tashawur("case", "check", folder, "--json").stdout)
    assert [(one["file"], one["line"]) for one in document["mistakes"]] == [("register.yaml", 5)]


@pytest.mark.parametrize(
    "call",
    [
        ["status"],
        ["status", "nowhere"],
        ["status", ""],
        ["status", "riyadh", "--on", "2025-02-30"],
        ["status", "riyadh", "--on", "٢٠٢٥-٠٢-١٨"],
        ["status", "riyadh", "--lang", "fr"],
        ["status", "riyadh", "--nonsense"],
        ["status", "riyadh", "--report", "nowhere/at/all.html"],
        ["nonsense"],
        ["case", "schema", "nonsense"],
        ["case", "new", "x", "--like", "nonsense"],
        ["due", "riyadh", "--ics", "nowhere/at/all.ics"],
        ["log", "contact", "nowhere", "--form", "call", "--between", "A", "--between", "B"],
        ["log", "report", "riyadh", "C1", "done", "--by", "US"],
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_bad_call_is_one_line_and_status_2(call: list[str], lang: str, tmp_path: Path) -> None:
    done = tashawur(*call, lang=lang, cwd=tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    if "--report" not in call:
        assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


LONG = "n" * 300


@pytest.mark.parametrize(
    "call",
    [
        ["status", "riyadh", "--report", ""],
        ["due", "exercise", "--ics", ""],
        ["status", LONG],
        ["case", "check", LONG],
        ["case", "new", LONG],
        ["case", "new", ""],
        ["log", "contact", LONG, "--form", "call", "--between", "A", "--between", "B"],
        ["status", "riyadh", "--report", f"{LONG}.html"],
        ["due", "riyadh", "--ics", f"{LONG}.ics"],
        ["status", "riyadh", "--text", LONG],
        ["status", "riyadh", "--text", "/dev/zero"],
        ["status", b"\xff"],
        ["status", "riyadh", "--report", b"\xff.html"],
        ["case", "new", b"case\xff"],
        ["log", "report", "riyadh", "C1", "done", "--by", b"U\xd0"],
        [b"\xff"],
    ],
    ids=lambda call: " ".join(map(str, call))[:40],
)
def test_what_no_system_takes_for_a_name_is_one_line(call: list[str | bytes], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tashawur", *call], capture_output=True, check=False, cwd=tmp_path, timeout=30
    )
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    told = done.stderr.decode()
    assert len(told.strip().splitlines()) == 1
    assert "Traceback" not in told


def test_a_name_as_long_as_the_system_takes_will_do_for_a_report(tmp_path: Path) -> None:
    page = tmp_path / f"{'n' * 245}.html"
    answered("status", "riyadh", "--report", page)
    assert [path.name for path in tmp_path.iterdir()] == [page.name]


def test_a_text_that_is_too_large_or_no_text_is_refused(lay: Lay, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    with text.open("wb") as file:
        file.truncate(2**30)
    assert "too large" in refused("status", lay(), "--text", text)
    text.write_bytes(b"\xff\xfe\x00\xd8")
    digest = hashlib.sha256(text.read_bytes()).hexdigest()
    files = {name: GOOD[name].replace("ab" * 32, digest) for name in ("consultation.yaml", "undertakings.yaml")}
    assert "characters are broken" in refused("status", lay(files), "--text", text)


def test_a_new_case_is_good_and_is_never_laid_over_another(tmp_path: Path) -> None:
    for like in ([], ["--like", "riyadh"], ["--like", "exercise"]):
        folder = tmp_path / f"case{len(like)}{like[-1:]}"
        answered("case", "new", folder, *like)
        assert "No mistakes" in answered("case", "check", folder)
        assert "holds something already" in refused("case", "new", folder)


def test_the_schema_of_every_kind_is_published() -> None:
    schemas = json.loads(answered("case", "schema"))
    assert set(schemas) == {"consultation", "register", "undertakings", "accounts", "log", "brief", "estimate", "plan"}
    assert json.loads(answered("case", "schema", "log"))["$schema"].endswith("2020-12/schema")


def test_what_happened_is_logged_and_shows_in_the_status(lay: Lay) -> None:
    folder = lay()
    before = (folder / "log.yaml").read_text(encoding="utf-8")
    parties = ("--between", "A", "--between", "B")
    answered("log", "contact", folder, "--form", "call", *parties, "--on", "2025-03-01", "--about", "The note")
    answered("log", "round", folder, "R2", "proposed", "--by", "A", "--date", "2025-04-01", "--on", "2025-03-02")
    answered("log", "round", folder, "R2", "cancelled", "--by", "A", "--on", "2025-03-05", "--reason", "B=The venue")
    answered(
        "log",
        "report",
        folder,
        "u1",
        "done",
        "--by",
        "A",
        "--on",
        "2025-03-06",
        "--said",
        "en=Sent",
        "--evidence",
        "Note 5",
    )
    answered("log", "report", folder, "posts", "measured", "--value", "3", "--by", "A", "--on", "2025-03-06")
    document = json.loads(answered("status", folder, "--json", "--on", "2025-03-07"))
    assert document["contacts"]["count"] == 3
    assert document["rounds"][-1]["reasons"] == {"B": {"en": "The venue"}}
    assert [one["progress"] for one in document["undertakings"]] == ["reported", "open"]
    assert document["objective"]["indicators"][0]["now"]["value"] == 3
    assert (folder / "log.yaml").read_text(encoding="utf-8").startswith(before)


def test_a_value_of_zero_is_a_value(lay: Lay) -> None:
    folder = lay()
    answered("log", "report", folder, "posts", "measured", "--value", "0", "--by", "A", "--on", "2025-03-06")
    document = json.loads(answered("status", folder, "--json", "--on", "2025-03-07"))
    assert document["objective"]["indicators"][0]["now"]["value"] == 0


def test_what_has_not_happened_yet_is_not_logged_as_if_it_had(lay: Lay) -> None:
    folder = lay()
    ahead = str(dt.datetime.now().astimezone().date() + dt.timedelta(days=2))
    contact = ("log", "contact", folder, "--form", "call", "--between", "A", "--between", "B", "--on", ahead)
    for call in (
        contact,
        ("log", "report", folder, "u1", "done", "--by", "A", "--on", ahead),
        ("log", "round", folder, "R2", "held", "--on", ahead),
    ):
        assert f"{ahead} has not come yet" in refused(*call)
    assert (folder / "log.yaml").read_text(encoding="utf-8") == LOG
    answered(*contact, "--planned")


@pytest.mark.parametrize(
    ("value", "told"), [("nan", "case.not-a-number"), ("1e400", "case.not-a-number"), ("-inf", "case.not-a-number")]
)
def test_a_value_that_is_no_plain_number_is_refused_as_in_a_file(lay: Lay, value: str, told: str) -> None:
    folder = lay()
    call = ("log", "report", folder, "posts", "measured", "--by", "A", "--on", "2025-03-06", f"--value={value}")
    assert told in refused(*call)
    assert (folder / "log.yaml").read_text(encoding="utf-8") == LOG


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_that_is_no_number_is_told_in_the_language_that_is_asked_for(lang: str) -> None:
    call = ("log", "report", "riyadh", "C1", "measured", "--by", "US")
    for value in ("abc", "٣"):
        told = refused(*call, "--value", value, "--lang", lang)
        assert "float" not in told
        assert value in told


def test_a_wrong_word_is_told_with_the_words_that_there_are_once(lay: Lay) -> None:
    for call, name in (
        (("log", "report", "riyadh", "C1", "dne", "--by", "US"), "SAYS"),
        (("log", "round", "riyadh", "R1", "hled"), "EVENT"),
        (("case", "schema", "lgo"), "KIND"),
    ):
        told = refused(*call)
        assert name in told
        assert all(told.count(word) <= 1 for word in ("not_done", "assessed", "undertakings"))
        assert "one of:" in answered(*call[:2], "--help")
    assert "'' is not known here" in refused("status", "riyadh", "--side", "")
    assert "at least are needed" in refused("log", "contact", lay(), "--form", "call", "--between", "A")


def test_a_text_for_a_case_without_documents_is_told_as_such(tmp_path: Path) -> None:
    folder, text = tmp_path / "case", tmp_path / "text.txt"
    answered("case", "new", folder)
    text.write_text("words", encoding="utf-8")
    assert "its case file names none" in refused("status", folder, "--text", text)


def test_a_log_that_would_break_the_case_is_refused_with_its_remedy(lay: Lay) -> None:
    folder = lay()
    told = refused("log", "report", folder, "banking", "done", "--by", "A")
    assert "cannot be reported of banking" in told
    assert (folder / "log.yaml").read_text(encoding="utf-8") == LOG
    assert not (folder / ".log-lock").exists()


def test_the_calendar_file_has_one_event_a_day_that_a_calendar_can_update(lay: Lay, tmp_path: Path) -> None:
    ics = tmp_path / "due.ics"
    told = answered("due", lay(), "--on", "2025-02-20", "--ics", ics)
    assert "3 March 2025: Arvonia: Send the note" in told
    (event,) = Calendar.from_ical(ics.read_bytes()).walk("VEVENT")
    assert (event["UID"], event.decoded("DTSTART")) == ("small-undertaking-u1@tashawur", dt.date(2025, 3, 3))
    first = ics.read_bytes()
    answered("due", lay(), "--on", "2025-02-20", "--ics", ics)
    assert ics.read_bytes() == first


def test_output_that_nobody_reads_to_its_end_is_no_failure() -> None:
    for reader in ("head -c 10", "true", "(sleep 0.5; head -c 10)"):
        call = f"set -o pipefail; {sys.executable} -m tashawur case schema | {reader}"
        done = subprocess.run(["bash", "-c", call], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), reader


def test_many_mistakes_are_cut_short_on_the_screen_and_whole_as_json(lay: Lay) -> None:
    rows = "".join(
        f"- {{type: contact, id: m{place}, on: 2025-02-31, form: call, between: [A, B]}}\n" for place in range(120)
    )
    folder = lay({"log.yaml": "kind: log\nentries:\n" + rows})
    told = refused("status", folder).splitlines()
    assert (len(told), told[-2]) == (52, "and 70 more")
    assert len(json.loads(tashawur("case", "check", folder, "--json").stdout)["mistakes"]) == 120


def test_an_unreadable_file_is_told(lay: Lay) -> None:
    folder = lay()
    (folder / "log.yaml").unlink()
    (folder / "log.yaml").symlink_to(folder / "nowhere")
    assert "cannot be read" in refused("status", folder)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_whose_name_is_no_text_is_told_by_its_bytes(lay: Lay) -> None:
    folder = lay()
    Path(os.fsdecode(os.fsencode(folder) + b"/x\xff.yaml")).write_text("kind: nonsense\n")
    assert "x\\udcff.yaml:1: the file does not say its kind" in refused("status", folder)
    assert json.loads(tashawur("case", "check", folder, "--json").stdout)["mistakes"][0]["line"] == 1


def test_a_report_is_never_written_over_a_file_of_a_case(lay: Lay) -> None:
    folder = lay()
    for call in (["status", "riyadh", "--report"], ["due", "riyadh", "--ics"]):
        done = tashawur(*call, folder / "register.yaml")
        assert (done.returncode, "name another one" in done.stderr) == (2, True)
    assert (folder / "register.yaml").read_text(encoding="utf-8") == GOOD["register.yaml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("call", [["status", "riyadh", "--report"], ["due", "riyadh", "--ics"]])
def test_what_is_no_plain_file_is_never_written_over_and_a_link_stays(
    call: list[str], lay: Lay, tmp_path: Path
) -> None:
    pipe, link, page = tmp_path / "pipe", tmp_path / "link", tmp_path / "page"
    os.mkfifo(pipe)
    for target in (pipe, tmp_path):
        link.symlink_to(target)
        for path in (pipe, link):
            assert tashawur(*call, path).returncode == 2
        assert pipe.is_fifo()
        assert link.is_symlink()
        link.unlink()
    link.symlink_to(page)
    for _ in range(2):
        answered(*call, link)
        assert link.is_symlink()
        assert page.stat().st_size > 100
    link.unlink()
    link.symlink_to(lay() / "register.yaml")
    assert "name another one" in tashawur(*call, link).stderr
    link.unlink()
    link.symlink_to(link)
    assert tashawur(*call, link).returncode == 2
    assert link.is_symlink()


def test_reasons_in_several_languages_are_all_kept(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    answered("case", "new", folder, "--like", "exercise")
    given = ("--by", "A", "--on", "2025-06-22", "--reason", "B=en=Holiday", "--reason", "B=ar=عطلة")
    answered("log", "round", folder, "R9", "postponed", *given)
    document = json.loads(answered("status", folder, "--json"))
    assert document["rounds"][-1]["reasons"] == {"B": {"en": "Holiday", "ar": "عطلة"}}


def test_the_private_view_is_in_the_json_of_a_side() -> None:
    document = json.loads(answered("status", "exercise", "--json", "--side", "A"))
    assert {one["from"] for one in document["private"]["owes"]} == {"A"}
    assert "private" not in json.loads(answered("status", "exercise", "--json"))


def test_a_huge_file_is_refused_without_being_read(lay: Lay) -> None:
    folder = lay()
    with (folder / "log.yaml").open("wb") as file:
        file.truncate(2**30)
    assert "larger than 64 MB" in refused("status", folder)
