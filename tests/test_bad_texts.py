"""Whatever a file holds, it is read or refused in one line with a code; what is good beside it is read all the same."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import least_seconds, write
from tashawur.node.readouts import ReadText, read_text, readout
from tashawur.papers.words import Words
from tashawur.readouts.languages import UNKNOWN, language_of
from tashawur.readouts.values import Act, Readout
from tashawur.store.texts import text_of
from tashawur.terms.errors import TashawurError, UnknownLanguageError, UnreadableTextError
from tashawur.terms.vocabulary import LANGUAGES
from test_commands import refused, tashawur
from test_readout_command import ARABIC, ENGLISH, PAGE, RUSSIAN, word
from test_readouts import held

OTHERS: Final[Mapping[str, tuple[str, ...]]] = {
    "fa": (
        "وزارت امور خارجه اعلام کرد دو طرف در این باره توافق کردند.",
        "سخنگوی دولت گفت كه اين مذاكرات براي هر دو كشور مهم است و ادامه مي‌يابد.",
    ),
    "ur": ("وزارت خارجہ کے ترجمان نے کہا کہ دونوں فریقوں نے پل دوبارہ کھولنے پر اتفاق کیا ہے۔",),
    "ps": ("د بهرنیو چارو وزارت وویل چې دواړو لوریو د پله پر بیا پرانیستلو هوکړه کړې ده.",),
    "uk": (
        "Міністерство повідомило, що сторони домовилися відкрити міст до кінця квітня.",
        "Президент подякував за допомогу та зазначив, що переговори тривають.",
    ),
    "be": ("Міністэрства паведаміла, што бакі дамовіліся адкрыць мост, і падзякавала ўсім.",),
    "bg": (
        "Министерството на външните работи заяви, че двете страни са се договорили да отворят моста.",
        "Министърът благодари на домакините за срещата и каза, че разговорите ще продължат през май.",
    ),
    "mk": ("Министерството соопшти дека страните се договорија да го отворат мостот до крајот на април.",),
    "sr": ("Министарство је саопштило да су се стране договориле да отворе мост до краја априла.",),
    "kk": ("Министрлік тараптар көпірді сәуір айының соңына дейін ашуға келіскенін мәлімдеді.",),
    "fr": (
        "Le ministre a dit que les deux parties sont convenues de rouvrir le pont avant la fin du mois d'avril.",
        "LE MINISTERE A ANNONCE QUE LES TRAVAUX DU PONT SONT TERMINES ET QUE LA ROUTE EST LIBRE.",
    ),
    "de": (
        "Das Ministerium sagte, dass sich die Seiten darauf geeinigt haben, die Bruecke bis Ende April zu oeffnen.",
        "Der Minister dankte dem Gastgeber und sprach von einem guten Tag für die beiden Länder.",
    ),
    "es": ("El ministerio dijo que las dos partes acordaron abrir el puente antes de que termine el mes de abril.",),
    "it": ("Il ministero ha detto che le due parti hanno concordato di riaprire il ponte entro la fine di aprile.",),
    "pt": ("O ministro disse que as duas partes concordaram em reabrir a ponte antes do fim do mes de abril.",),
    "nl": ("Het ministerie zei dat de partijen het eens zijn geworden om de brug voor eind april te openen.",),
    "tr": ("Bakanlık, tarafların nisan sonuna kadar köprüyü yeniden açmak için anlaştığını bildirdi.",),
    "pl": ("Ministerstwo podało, że strony zgodziły się na otwarcie mostu do końca kwietnia.",),
    "he": ("משרד החוץ הודיע כי הצדדים הסכימו לפתוח את הגשר.",),
    "zh": ("外交部表示双方同意在四月底之前重新开放大桥。",),
    "el": ("Το υπουργείο είπε ότι οι δύο πλευρές συμφώνησαν.",),
}
"""Sentences of our own in languages that are not read."""


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in OTHERS.items() for text in texts])
def test_a_language_that_is_not_read_is_named(lang: str, text: str) -> None:
    assert language_of(text) == lang
    with pytest.raises(UnknownLanguageError) as caught:
        read_text(text_of("x.txt", text.encode()))
    assert caught.value.words["language"] == lang


def test_a_language_is_named_in_the_language_of_who_asks(tmp_path: Path) -> None:
    path = write(tmp_path, {"x.txt": OTHERS["fa"][0]}) / "x.txt"
    for lang, name in (("en", "Persian"), ("ar", "الفارسية"), ("ru", "персидский")):
        assert name in refused("readout", path, lang=lang)
    path.write_text(
        "Zorbu melka tintar vosh plenik, ordu fesht galmi tor brinda kush velda somri tash pelto nim garu. " * 2
    )
    assert "a language that is not read" in refused("readout", path)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The German ministry said that the Vereinigung der Länder had agreed to the plan of the two sides.", "en"),
        ("Talks held.", "en"),
        ("Narev: ministry statement", "en"),
        ("МИД: встреча прошла.", "ru"),
        (
            "Президент Украины Владимир Зеленський и представители «Укрзалізниці» встретились в столице с послами, заявил он на встрече с прессой.",
            "ru",
        ),
        ("أعلنت الوزارة الاتفاق.", "ar"),
        (f"{RUSSIAN} {RUSSIAN} The Ministry of Narev", "ru"),
        (f"{ARABIC} {ARABIC} The Ministry of Narev", "ar"),
    ],
)
def test_names_and_quotations_in_other_languages_change_nothing(text: str, lang: str) -> None:
    assert language_of(text) == lang


def test_every_marked_text_and_each_of_its_longer_lines_is_in_its_language() -> None:
    for path in sorted((Path(__file__).parent / "readouts").rglob("*.txt")):
        text = path.read_bytes().decode()
        for part in (text, *(line for line in text.splitlines() if len(line) > 60)):
            assert language_of(part) == path.parts[-3], part


def acts(data: bytes) -> list[Act]:
    return [one.act for one in read_text(text_of("x", data)).readout.statements]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("text", [ARABIC, ENGLISH, RUSSIAN], ids=["ar", "en", "ru"])
def test_unicode_is_read_with_its_mark_and_without(text: str, encoding: str) -> None:
    assert text_of("x", text.encode(encoding)).text == text


PDF_HEAD: Final = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\nnothing more"


def pdf(*, password: str | None = None) -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    held_bytes = io.BytesIO()
    writer.write(held_bytes)
    return held_bytes.getvalue()


BAD: Final[Mapping[str, tuple[bytes, str, str]]] = {
    "empty.txt": (b"", "text.unreadable", "it holds no text"),
    "marks.txt": (b"12345 !!! ...\n", "text.language", "not read"),
    "binary.dat": (bytes(range(256)) * 20, "text.unreadable", "it is no text"),
    "nul.txt": (ENGLISH.encode() * 100 + b"\0" + ENGLISH.encode(), "text.unreadable", "it is no text"),
    "nul-16.txt": ((ENGLISH + "\0").encode("utf-16"), "text.unreadable", "it is no text"),
    "half.txt": (b"\xff\xfe\x00\xd8", "text.unreadable", "broken"),
    "surrogate.txt": (ENGLISH.encode() + b"\xed\xa0\x80 " + ENGLISH.encode(), "text.unreadable", "broken"),
    "strange.txt": (bytes(range(128, 256)) * 20, "text.unreadable", "encoding is not known"),
    "scan.pdf": (pdf(), "text.unreadable", "text recognition"),
    "locked.pdf": (pdf(password="secret"), "text.unreadable", "encrypted"),  # noqa: S106 - made up
    "broken.pdf": (PDF_HEAD, "text.unreadable", "damaged"),
    "broken.docx": (word("one")[:-100], "text.unreadable", "damaged"),
    "letter.rtf": (rb"{\rtf1\ansi The ministry said that all was agreed.}", "text.unreadable", "format"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "text.unreadable", "format"),
    "page.png": (b"\x89PNG\r\n\x1a\n\0\0", "text.unreadable", "format"),
    "empty.html": (b"<html><body></body></html>", "text.unreadable", "no article"),
    "deep.html": (b"<html><body>" + b"<div>" * 100_000 + ENGLISH.encode(), "text.unreadable", "no article"),
    "persian.txt": (OTHERS["fa"][0].encode(), "text.language", "Persian"),
}


def test_bad_texts_are_each_refused_with_a_code_and_the_good_ones_beside_them_are_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "press", {name: data for name, (data, _, _) in BAD.items()})
    write(folder, {"a-good.txt": ENGLISH, "z-good.txt": RUSSIAN})
    done = tashawur("readout", folder, "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 2
    assert [Path(one["name"]).name for one in document["readouts"]] == ["a-good.txt", "z-good.txt"]
    assert {Path(one["name"]).name: one["code"] for one in document["refused"]} == {
        name: code for name, (_, code, _) in BAD.items()
    }
    lines = [line for line in done.stderr.splitlines() if "%" not in line]  # a slow machine tells how far it is
    assert len(lines) == len(BAD) + 1
    for name, (_, code, why) in BAD.items():
        told = next(line for line in lines if f"/{name} " in line)
        assert why in told
        assert told.endswith(f"[{code}]")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_refusal_is_one_line_in_every_language(lang: str) -> None:
    for name, (data, code, _) in BAD.items():
        with pytest.raises((UnreadableTextError, UnknownLanguageError)) as caught:
            read_text(text_of(name, data))
        told = Words(lang).error(caught.value)
        assert "\n" not in told
        assert name in told
        assert code in told


def test_two_hundred_megabytes_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    begun = time.process_time()
    with pytest.raises(UnreadableTextError, match="64 MB"):
        readout(path)
    assert time.process_time() - begun < 0.1  # none of it is read
    assert "64 MB" in refused("readout", path)


def test_one_line_of_a_million_characters_is_read_in_a_few_seconds(tmp_path: Path) -> None:
    path = write(tmp_path, {"long.txt": f"{ENGLISH.strip()} " * 12_000}) / "long.txt"
    begun = time.process_time()
    found = readout(path)
    assert len(found.readout.statements) == 12_000
    assert time.process_time() - begun < 15  # 2 to 3.5 seconds on a quiet machine


def test_what_a_page_does_not_show_is_not_read() -> None:
    hidden = (
        "<script>x='{0}'</script><style>p{{content:'{0}'}}</style><noscript>{0}</noscript><template>{0}</template>"
        "<textarea>{0}</textarea><!-- {0} --><p onclick=\"say('{0}')\">Nothing else was said on that day.</p>"
        "<iframe srcdoc='{0}'></iframe>"
    ).format("The minister denied the report.")
    page = f"<html><body><article><p>{ENGLISH}</p>{hidden}<p>{ENGLISH}</p></article></body></html>"
    for data in (page.encode(), page.encode("utf-16"), page.encode("utf-16-le"), f"<div>{page[12:-14]}</div>".encode()):
        found = text_of("x", data)
        assert "denied" not in found.text
        assert set(acts(data)) == {"agreed"}


def test_a_page_tells_its_own_encoding() -> None:
    page = (
        f'<html><head><meta charset="windows-1251"></head><body><article><p>{RUSSIAN * 3}</p></article></body></html>'
    )
    assert "стороны договорились" in text_of("x", page.encode("cp1251")).text


def test_marks_that_turn_the_direction_stay_in_the_text_and_turn_nothing_on_the_screen(tmp_path: Path) -> None:
    text = f"\u202eThe ministry of Narev said\u202c that the sides \u2066had agreed\u2069 to reopen the bridge.\n{ENGLISH}{ARABIC}"
    found = readout(write(tmp_path, {"x.txt": text}) / "x.txt")
    held(text, found.readout)
    assert found.source.text == text
    assert "\u2066had agreed\u2069" in found.readout.statements[0].content.text
    shown = tashawur("readout", tmp_path / "x.txt", "--plain").stdout
    assert "the sides had agreed" in shown
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_quotations_that_never_close_keep_the_rest_readable() -> None:
    text = "The minister said: “We will open the bridge.\n" * 500 + '"' * 1_001 + "\n" + "«" * 5_000 + f"\n{ENGLISH}"
    found = read_text(text_of("x", text.encode())).readout
    assert len(found.statements) == 501
    held(text, found)


GOOD_FILES: Final = (word(ENGLISH, "two"), pdf(), PAGE.encode(), ENGLISH.encode("utf-16"), ARABIC.encode("cp1256"))


@given(
    number=st.integers(0, len(GOOD_FILES) - 1),
    hits=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 20), st.binary(max_size=8)), min_size=1, max_size=8),
)
def test_files_that_went_wrong_are_read_or_refused(number: int, hits: list[tuple[int, int, bytes]]) -> None:
    data = GOOD_FILES[number]
    for place, cut, piece in hits:
        at = place % (len(data) + 1)
        data = data[:at] + piece + data[at + cut :]
    read_or_refused(data)


SCRIPTS: Final = 'abcdeнопрстuvwxالتمنیکپі їєґ日本語한국어אבגδεζ\u202e\u2066\u200f\ufeff\u00ad\u0301\U0001f600"«»“”‘’.,:;!?؟\n\r\t 0١۲'


@given(
    st.lists(
        st.one_of(
            st.sampled_from([ENGLISH, RUSSIAN, ARABIC, OTHERS["uk"][0]]), st.text(SCRIPTS, max_size=40), st.text()
        ),
        max_size=12,
    ).map("".join),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1251", "cp1256", "koi8-r", "latin-1"]),
)
def test_documents_of_any_mix_of_scripts_in_any_encoding_are_read_or_refused(text: str, encoding: str) -> None:
    read_or_refused(text.encode(encoding, "ignore"))


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refused(data)


def read_or_refused(data: bytes) -> None:
    """Reads the bytes and holds what was found to every invariant, or gets a refusal that can be told."""
    error, found = outcome(data)
    if found is None:
        assert error is not None
        assert all("\n" not in Words(lang).error(error) for lang in LANGUAGES)
        return
    held(found.source.text, found.readout)
    assert language_of(found.source.text) == found.readout.document.lang != UNKNOWN
    encoded = msgspec.json.encode(found.readout)
    assert msgspec.json.encode(msgspec.json.decode(encoded, type=Readout)) == encoded


def outcome(data: bytes) -> tuple[TashawurError | None, ReadText | None]:
    try:
        return None, read_text(text_of("x", data))
    except (UnreadableTextError, UnknownLanguageError) as error:
        return error, None


def test_time_grows_with_a_document_of_mixed_scripts_and_not_faster() -> None:
    piece = f"{ENGLISH * 3}{ARABIC}{RUSSIAN}{OTHERS['fa'][0]}\n" + "«“„" * 20 + "\n" + SCRIPTS
    few, many = (text_of("x", (piece * times).encode()) for times in (200, 800))
    assert len(read_text(many).readout.statements) >= 3 * 800
    assert least_seconds(lambda: read_text(many)) < 4 * 2.2 * least_seconds(lambda: read_text(few))
