"""A record is carried by hand: as a file, in a mail, on sheets of paper; damage is told by its place, and none gets in."""

from __future__ import annotations

import contextlib
import random
import re
import sys
import textwrap
import zlib
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest
import segno
import zxingcpp
from benchmarks.carried import Held, node_of, small
from benchmarks.recorded import feed, founding, founding_of, key, party, ready, signer, signing_key
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from nacl.signing import SigningKey

from tashawur.record.canonical import encode
from tashawur.record.envelope import BUNDLE, ENTRY, pae, seal, unseal
from tashawur.terms.errors import MissingPartError, NotTakenError
from tashawur.wire import blocks
from tashawur.wire.blocks import MAIL, PAPER, PER_SHEET, armoured, blocks_of, is_blocks, joined, sheets_of
from tashawur.wire.bundle import Manifest, bundle_in, bundle_of, founding_in
from tashawur.wire.exchange import EMPTY
from tashawur.wire.holdings import Outcome
from tashawur.wire.locked import is_locked, locked, opener_of
from tashawur.wire.messages import FORM

LINES = small(50)
WHOLE = bundle_of(node_of("A"), Held(LINES))


def refusal(call: Callable[..., object], *arguments: Any) -> tuple[str, str]:
    """The rule, and the place that is told."""
    with pytest.raises(NotTakenError) as caught:
        call(*arguments)
    return caught.value.rule, caught.value.at


def of(data: bytes) -> tuple[str, str]:
    return refusal(bundle_in, data, founding())


def changed(**changes: Any) -> bytes:
    """The bundle with another manifest, signed as it then is."""
    first, rest = WHOLE.split(b"\n", 1)
    value = msgspec.json.decode(unseal(first, BUNDLE).payload)
    payload = encode({**value, **changes})
    return seal(BUNDLE, payload, (signer("A node")(pae(BUNDLE, payload)),)) + b"\n" + rest


# As a file


def test_a_bundle_brings_what_the_other_lacks_and_once_more_nothing() -> None:
    b = Held(LINES[:20])
    data = bundle_of(node_of("A"), Held(LINES), founding().act.parties[1], b.standing())
    found = bundle_in(data, founding())
    assert found.maker.name == "A"
    assert found.manifest.to == key("B node")
    assert found.lines == tuple(LINES[20:])
    for admitted, known in ((30, 0), (0, 30)):
        outcome = Outcome()
        outcome.take(b.admit(found.lines, "A"))
        assert (outcome.admitted, outcome.known, outcome.lines) == (admitted, known, 30)
    assert b.ledger.state() == Held(LINES).ledger.state()


def test_what_a_bundle_says_that_its_maker_held_shows_what_is_kept_back() -> None:
    assert bundle_in(WHOLE, founding()).manifest.heads == Held(LINES).standing().heads


def test_a_node_that_has_no_founding_act_yet_finds_it_in_the_bundle() -> None:
    assert founding_in(WHOLE).fingerprint == founding().fingerprint


def test_every_byte_of_a_bundle_of_fifty_entries_flipped_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert WHOLE.count(b"\n") == 52
    # Where it is damaged is looked for after it was refused, and costs fifty signatures: here for some of them only.
    monkeypatch.setattr("tashawur.wire.bundle._wrong", lambda *_: ("bundle.damaged", "somewhere"))
    for place in range(len(WHOLE)):
        assert of(WHOLE[:place] + bytes([WHOLE[place] ^ 1 << place % 8]) + WHOLE[place + 1 :])
    monkeypatch.undo()
    for place in range(0, len(WHOLE), 101):
        assert of(WHOLE[:place] + bytes([WHOLE[place] ^ 1 << place % 7]) + WHOLE[place + 1 :])


def test_damage_is_told_by_the_line_that_it_is_in() -> None:
    starts = [0, *(found.end() for found in re.finditer(b"\n", WHOLE))]
    for number in (3, 17, 52):
        place = starts[number - 1] + 40
        assert of(WHOLE[:place] + b"." + WHOLE[place + 1 :]) == ("bundle.damaged", str(number))
    assert of(WHOLE[: starts[1] + 30] + b"." + WHOLE[starts[1] + 31 :]) == ("bundle.damaged", "2")


def test_half_a_bundle_is_told_with_what_there_is_of_it() -> None:
    half = b"".join(WHOLE.splitlines(keepends=True)[:27])
    assert of(half) == ("bundle.cut", "25/50")
    assert of(WHOLE[: len(half) + 100]) == ("bundle.cut", "25/50")
    assert of(WHOLE[:100])[0] == "bundle.form"


@given(cut=st.integers(0, len(WHOLE) - 1))
def test_a_bundle_that_is_cut_anywhere_is_refused(cut: int) -> None:
    assert of(WHOLE[:cut])[0] in ("bundle.form", "bundle.cut", "bundle.damaged")


def test_lines_put_in_another_order_doubled_or_of_another_bundle_are_refused() -> None:
    lines = WHOLE.splitlines(keepends=True)
    for other in (
        [*lines[:5], lines[6], lines[5], *lines[7:]],
        [*lines, lines[-1]],
        [*lines[:2], *bundle_of(node_of("B"), Held(LINES[:49])).splitlines(keepends=True)[2:]],
        [lines[0].rstrip() + b"\r\n", *lines[1:]],
    ):
        assert of(b"".join(other))[0] in ("bundle.damaged", "bundle.form", "bundle.cut")


def test_a_bundle_of_strangers_of_another_consultation_or_of_newer_rules_is_told() -> None:
    other = founding_of(party("A"), party("B"))
    assert refusal(bundle_in, WHOLE, other)[0] == "bundle.consultation"
    assert of(changed(by=key("X node")))[0] == "bundle.stranger"
    assert of(changed(by=key("B node")))[0] == "signature.wrong"
    assert of(changed(v=FORM + 1))[0] == "bundle.newer"
    assert of(changed(v=FORM + 1, colour="blue"))[0] == "bundle.newer"
    assert of(changed(colour="blue"))[0] == "json.shape"
    assert of(changed(lines=1.5))[0] == "json.float"
    assert of(WHOLE.split(b"\n", 1)[1])[0] == "bundle.form"
    assert of(b"")[0] == "bundle.form"
    assert of(b"\n")[0] == "bundle.form"


def test_entries_of_newer_rules_wait_and_all_others_are_taken() -> None:
    node = ready()
    newer = replace(node.draft("A minister", "say", {"topics": ["visas"], "content": {}}), v=2)
    payload = encode(newer)
    line = seal(ENTRY, payload, (signer("A minister")(pae(ENTRY, payload)),))
    a = Held(node.lines)
    a.add("f" * 64, feed("A"), line)
    b, outcome = Held(), Outcome()
    outcome.take(b.admit(bundle_in(bundle_of(node_of("A"), a), founding()).lines, "A"))
    assert (outcome.admitted, outcome.waiting, outcome.refused) == (3, 1, 0)
    assert outcome.waits_for == {"rules"}


def test_what_does_not_fit_into_one_bundle_goes_into_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tashawur.wire.bundle.MOST_ENTRIES", 20)
    a, b = Held(LINES), Held()
    mores = []
    for _ in range(3):
        found = bundle_in(bundle_of(node_of("A"), a, since=b.standing()), founding())
        b.admit(found.lines, "A")
        mores.append(found.manifest.more)
    assert mores == [True, True, False]
    assert len(b.lines) == 50


def test_a_bundle_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tashawur.wire.bundle.MOST_BUNDLE", len(WHOLE) - 1)
    assert of(WHOLE)[0] == "bundle.size"


manifests = st.fixed_dictionaries(
    {
        name: st.none() | st.integers() | st.text(max_size=5) | st.booleans() | st.just("0" * 64)
        for name in Manifest.__struct_fields__
    }
)


@given(value=manifests, rest=st.binary(max_size=100))
def test_whatever_stands_in_a_manifest_it_is_refused_and_never_a_crash(value: Any, rest: bytes) -> None:
    payload = encode(value)
    assert of(seal(BUNDLE, payload, (signer("A node")(pae(BUNDLE, payload)),)) + b"\n" + rest)


# For one node alone


def test_a_bundle_for_a_peer_is_opened_by_the_node_of_that_peer_alone() -> None:
    b = founding().act.parties[1]
    data = locked(WHOLE, b)
    assert is_locked(data)
    assert not is_locked(WHOLE)
    assert LINES[10] not in data
    assert opener_of(bytes(signing_key("B node")))(data) == WHOLE
    assert refusal(opener_of(bytes(signing_key("A node"))), data)[0] == "bundle.locked"


def test_an_encrypted_bundle_with_one_byte_flipped_is_refused() -> None:
    data = locked(bundle_of(node_of("A"), Held(LINES[:3])), founding().act.parties[1])
    opener = opener_of(bytes(signing_key("B node")))
    for place in range(len(data)):
        spoilt = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        assert refusal(opener, spoilt)[0] == "bundle.locked", place


@given(seed=st.binary(min_size=32, max_size=32))
def test_any_node_s_key_opens_what_was_encrypted_to_it(seed: bytes) -> None:
    public = SigningKey(seed).verify_key.encode().hex()
    one = replace(founding().act.parties[0], node=public)
    assert opener_of(seed)(locked(b"said", one)) == b"said"


def test_without_the_part_that_encrypts_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(MissingPartError, match="node"):
        locked(WHOLE, founding().act.parties[1])


# In a mail


TEXT = armoured(WHOLE)

MAILED: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "trailing blanks": lambda text: re.sub("(?m)$", "  \t", text),
    "quoted": lambda text: re.sub("(?m)^", "> ", text),
    "quoted three times": lambda text: re.sub("(?m)^", ">> > ", text),
    "wrapped at 60": lambda text: "\n".join(textwrap.wrap(text, 60)),
    "wrapped at 33 and quoted": lambda text: "\n".join("> " + one for one in textwrap.wrap(text, 33)),
    "one long line": lambda text: text.replace("\n", " "),
    "indented, with a letter around it": lambda text: (
        "Dear colleague,\n\nattached is:\n"
        + textwrap.indent(text, "\t")
        + "\nКоллеги, 3.4.5 — مع التحية\n-- \nThe desk"
    ),
    "small letters": str.lower,
    "shuffled": lambda text: "\n".join(sorted(text.splitlines(), key=lambda one: one[::-1])),
    "twice": lambda text: text + text,
    "signs that no eye sees": lambda text: "\ufeff" + text.replace("TSW", "T\u00adSW").replace(".", ".\u200b"),
}


@pytest.mark.parametrize("mailed", MAILED.values(), ids=MAILED)
def test_a_bundle_comes_through_whatever_mail_programs_do_to_it(mailed: Callable[[str], str]) -> None:
    text = mailed(TEXT)
    assert is_blocks(text.encode())
    assert joined(text) == WHOLE


def test_no_line_of_a_mail_is_so_long_that_it_is_wrapped() -> None:
    assert max(map(len, TEXT.splitlines())) <= 76
    name = blocks_of(b"x" * 10, MAIL)[0].split(".")
    longest = f"{name[0]}.{name[1]}.{MAIL.most}.{MAIL.most}.{'A' * (MAIL.size * 8 // 5)}.{name[-1]}"
    assert len(longest) <= 78


def test_damage_in_a_mail_is_told_by_the_numbers_of_the_blocks() -> None:
    lines = TEXT.splitlines()
    total = len(lines) - 2
    lines[7] = lines[7][:40] + ("A" if lines[7][40] != "A" else "B") + lines[7][41:]
    del lines[20:23]
    assert refusal(joined, "\n".join(lines)) == ("blocks.missing", f"7, 20-22 / {total}")


def test_every_sign_of_a_mail_that_is_changed_is_refused_or_changes_nothing() -> None:
    text = armoured(bundle_of(node_of("A"), Held(LINES[:3])))
    whole = joined(text)
    for place in range(0, len(text), 7):
        for sign in ("A", "7", "."):
            if sign == text[place]:
                continue
            other = text[:place] + sign + text[place + 1 :]
            with contextlib.suppress(NotTakenError):
                assert joined(other) == whole


def test_blocks_that_cannot_be_put_together_are_told() -> None:
    other = armoured(WHOLE + b"x")
    names = sorted(one.splitlines()[1].split(".")[1] for one in (TEXT, other))
    assert refusal(joined, TEXT + other) == ("blocks.mixed", ", ".join(names))
    assert refusal(joined, "Dear colleague")[0] == "blocks.none"
    assert refusal(joined, TEXT.replace("TSWM1.", "TSWM2."))[0] == "blocks.newer"
    assert not is_blocks(b"Dear colleague")
    assert not is_blocks(WHOLE)

    def block(head: str) -> str:
        return f"{head}.{blocks._check(head)}"

    assert refusal(joined, block("TSWM2.AAAAAAAA.1.1.AA"))[0] == "blocks.newer"
    assert refusal(joined, block("TSWM1.AAAAAAAA.1.1.AA"))[0] == "blocks.damaged"
    assert refusal(joined, block("TSWM1.AAAAAAAA.1.0.AA"))[0] == "blocks.damaged"
    assert refusal(joined, block("TSWM1.AAAAAAAA.1.1.A"))[0] == "blocks.damaged"
    assert refusal(joined, block("TSWM1.AAAAAAAA.1.999999.A"))[0] == "blocks.damaged"
    assert refusal(joined, block("TSWM1.AAAAAAAA.1.2.AA") + block("TSWM1.AAAAAAAA.1.2.AE"))[0] == "blocks.contradict"
    for packed in (b"no deflate", b"", zlib.compress(b"x" * 1_000)[:-3]):
        name = blocks._name(packed)
        assert refusal(joined, block(f"TSWM1.{name}.1.1.{blocks._base32(packed)}"))[0] in ("blocks.damaged",)


def test_what_unpacks_to_more_than_a_bundle_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = armoured(bytes(10**6))
    monkeypatch.setattr("tashawur.wire.packed.MOST_BUNDLE", 10**6 - 1)
    assert refusal(joined, text)[0] == "bundle.size"


def test_what_is_too_much_for_a_mail_or_for_paper_is_told() -> None:
    data = node_bytes(700_000)
    assert refusal(sheets_of, data)[0] == "blocks.many"
    assert refusal(armoured, node_bytes(2_600_000))[0] == "blocks.many"


def node_bytes(number: int) -> bytes:
    return random.Random(1).randbytes(number)


@given(data=st.binary(max_size=3_000), carrier=st.sampled_from([MAIL, PAPER]), chance=st.randoms(use_true_random=False))
def test_any_bytes_come_back_from_their_blocks_in_any_order(data: bytes, carrier: Any, chance: Any) -> None:
    made = blocks_of(data, carrier)
    chance.shuffle(made)
    assert joined("".join(made)) == data


@given(text=st.text(max_size=300) | st.text(alphabet="TSWMP12.ABC", max_size=300))
def test_whatever_text_comes_it_is_refused_and_never_a_crash(text: str) -> None:
    assert refusal(joined, text)[0]


# On paper


def scanned(text: str) -> str:
    """What a scanner tells of a code that was printed from this text."""
    code = segno.make_qr(text, error="m", boost_error=False)
    dots = np.array([list(row) for row in code.matrix_iter(scale=3, border=4)], dtype=np.uint8)
    (found,) = zxingcpp.read_barcodes(
        np.where(dots > 0, 0, 255).astype(np.uint8), formats=zxingcpp.barcode_formats_from_str("QRCode")
    )
    told: str = found.text
    return told


def test_a_bundle_comes_back_from_the_codes_on_its_sheets_in_any_order() -> None:
    sheets = sheets_of(WHOLE)
    assert all(0 < len(sheet) <= PER_SHEET for sheet in sheets)
    codes = [scanned(text) for sheet in reversed(sheets) for text in sheet]
    assert joined("\n".join(codes)) == WHOLE


def test_missing_sheets_are_named() -> None:
    sheets = sheets_of(WHOLE)
    assert len(sheets) > 4
    without = [text for number, sheet in enumerate(sheets, 1) for text in sheet if number not in (2, 3)]
    assert refusal(joined, "\n".join(without)) == ("sheets.missing", f"2-3 / {len(sheets)}")
    last = sheets[-1][-1]
    one_less = [text for sheet in sheets for text in sheet if text != last]
    assert refusal(joined, "\n".join(one_less)) == ("sheets.missing", f"{len(sheets)} / {len(sheets)}")


def test_an_encrypted_bundle_travels_on_paper_too() -> None:
    data = locked(bundle_of(node_of("A"), Held(LINES), since=EMPTY), founding().act.parties[1])
    sheets = sheets_of(data)
    assert len(sheets) <= len(sheets_of(WHOLE)) + 1
    text = "\n".join(text for sheet in sheets for text in sheet)
    assert opener_of(bytes(signing_key("B node")))(joined(text)) == bundle_of(node_of("A"), Held(LINES))
