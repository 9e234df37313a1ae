"""The rules of Arabic, each by a sentence: who speaks, what is said, and what binds."""

from __future__ import annotations

import pytest
from benchmarks.readouts import lexicons

from tashawur.readouts import arabic
from tashawur.readouts.reading import read
from tashawur.readouts.tokens import fold
from tashawur.readouts.values import Statement


def found(*lines: str) -> list[Statement]:
    return list(read("\n".join(lines) + "\n", lexicons()["ar"]).statements)


def told(*lines: str) -> list[tuple[str, str | None, str]]:
    """Act, speaker and content of every statement; the speaker only where it is named anew."""
    return [
        (one.act, one.speaker.mention.text if one.speaker.mention else None, one.content.text) for one in found(*lines)
    ]


def deeds(*lines: str) -> list[str]:
    return [one.action.text for one in read("\n".join(lines) + "\n", lexicons()["ar"]).commitments]


@pytest.mark.parametrize(
    ("verb", "some"),
    [
        ("قال/يقول", {"قالت": "f", "قلنا": "we", "قلت": "I", "يقولان": "d", "أقول": "I", "قائلا": "participle"}),
        ("دعا/يدعو", {"دعت": "f", "دعونا": "we", "يدعوان": "d", "يدعون": "p", "داعية": "participle"}),
        ("حثّ/يحثّ", {"حثت": "f", "حثثنا": "we", "نحث": "we", "أحث": "I", "حاثا": "participle"}),
        ("ندد/يندد", {"نددا": "d", "منددة": "participle", "ينددون": "p"}),
        ("أعرب/يعرب", {"أعرب": "m", "أعربتا": "fd", "معربين": "participle"}),
        ("وعد+", {"وعدني": "m", "وعدتها": "f"}),
    ],
)
def test_all_forms_of_an_arabic_verb_are_made(verb: str, some: dict[str, str]) -> None:
    made = {fold(one): form for one, form in arabic.forms(verb, {"وعد": ["وعد", "وعدت"]})}
    assert {word: made.get(fold(word)) for word in some} == some


def test_a_verb_in_the_first_person_speaks_for_the_author_of_the_title() -> None:
    lines = (
        "تصريح مكتوب لرئيس البعثة، القاضي سمير والدان",
        "أشكر الطرفين على صبرهما.",
        "كما أقترح أن تُستأنف المشاورات.",
    )
    assert told(*lines) == [
        ("thanked", "القاضي سمير والدان", "الطرفين على صبرهما"),
        ("proposed", "القاضي سمير والدان", "تُستأنف المشاورات"),
    ]


def test_a_dual_verb_has_its_subject_before_it() -> None:
    lines = ("بيان مشترك", "إن الجانبين:", "• يشجبان حملات التحريض؛", "• يهيبان بالقطاع الخاص أن يتقيد بالعقود.")
    assert told(*lines) == [
        ("condemned", "الجانبين", "حملات التحريض"),
        ("urged", "الجانبين", "القطاع الخاص أن يتقيد بالعقود"),
    ]


def test_two_clauses_with_that_are_two_statements() -> None:
    assert told("خبر", "وأفاد الوزير بأن الشرطة أوقفت ثلاثة، وأن نارفا ستضاعف الحراسة.") == [
        ("announced", "الوزير", "الشرطة أوقفت ثلاثة"),
        ("announced", "الوزير", "نارفا ستضاعف الحراسة"),
    ]


def test_that_inside_what_must_be_done_is_no_statement_of_its_own() -> None:
    assert len(found("خبر", "قال الوزير إن على الجانبين أن يلتزما بالهدنة وأن يوقفا القصف.")) == 1


def test_who_did_not_agree_is_told_as_disagreement() -> None:
    one = found("خبر", "ولم يتفق الوزيران على قيمة التعويضات، إلا أنهما توافقا على إيفاد لجنة.")
    assert [(here.act, here.negated) for here in one] == [("disagreed", True), ("agreed", False)]
    assert one[0].content.text == "لم يتفق الوزيران على قيمة التعويضات"


def test_as_for_names_who_speaks() -> None:
    assert told("خبر", "أما وزيرة المالية، إلهام دوراس، فرأت أن العرض متأخر.") == [
        ("claimed", "وزيرة المالية، إلهام دوراس", "العرض متأخر")
    ]


def test_a_quotation_may_stand_before_who_says_it() -> None:
    assert told("خبر", "«لم نأت إلى هنا كي نوقع على بياض»، تقول رئيسة الوفد مرام كدواني.") == [
        ("denied", "مرام كدواني", "لم نأت إلى هنا كي نوقع على بياض")
    ]


def test_who_says_it_may_stand_at_the_end() -> None:
    assert told("خبر", "ستُستأنف أعمال الحفر الأسبوع المقبل، بحسب بيان لوزارة الأشغال.")[0][::2] == (
        "announced",
        "ستُستأنف أعمال الحفر الأسبوع المقبل",
    )


def test_a_source_that_hides_its_name_says_only_what_it_says() -> None:
    assert told("خبر", "وقال دبلوماسي، مشترطا عدم كشف اسمه، إن الأجواء كانت مشحونة.") == [
        ("claimed", "دبلوماسي", "الأجواء كانت مشحونة")
    ]


def test_an_agency_that_passes_words_on_is_not_who_says_them() -> None:
    assert told("خبر", "ونقلت إذاعة «الموج» عن نائبة الحاكم قولها إن الدعوى جاهزة.") == [
        ("claimed", "نائبة الحاكم", "الدعوى جاهزة")
    ]


def test_what_nobody_is_named_to_have_said_is_no_statement() -> None:
    assert told("خبر", "يُذكر أن القنصلية تخدم ستة آلاف من أبناء الجالية.", "وتُعدّ نارفا أكبر مورّد للغاز.") == []


def test_an_attitude_tells_the_act_of_a_verb_of_expressing() -> None:
    lines = (
        "خبر",
        "ولم تُخف كدواني امتعاضها من التسريب.",
        "وجدد الوزير إدانته للهجوم.",
        "وأبدت نارفا انفتاحها على الحوار.",
    )
    assert [act for act, _, _ in told(*lines)] == ["concern", "condemned", "proposed"]


def test_insisting_is_a_demand_only_where_something_is_to_be_done() -> None:
    lines = ("خبر", "وأصرّت دوراس على أن يودع المبلغ في مصرف محايد.", "وأصرّ الوزير على أنه لم يكن في القاعة.")
    assert [act for act, _, _ in told(*lines)] == ["demanded", "claimed"]


def test_a_further_verb_behind_a_comma_keeps_its_own_subject() -> None:
    assert told("خبر", "المجلس المحلي يرفض تسليم مقاره، ورئيسه يشترط الإفراج عن ابنه.") == [
        ("refused", "المجلس المحلي", "تسليم مقاره"),
        ("demanded", "رئيسه", "الإفراج عن ابنه"),
    ]


def test_a_list_takes_the_verb_that_stands_before_it() -> None:
    lines = ("مذكرة تفاهم", "اتفقت الوزارتان على ما يلي:", "- إنشاء مستودع مشترك؛", "- تدريب مئة ممرض.")
    assert told(*lines) == [
        ("agreed", "الوزارتان", "إنشاء مستودع مشترك"),
        ("agreed", "الوزارتان", "تدريب مئة ممرض"),
    ]
    assert deeds(*lines) == ["إنشاء مستودع مشترك", "تدريب مئة ممرض"]


def test_a_treaty_tells_in_the_present_what_its_parties_will_do() -> None:
    lines = (
        "محضر ختامي",
        "المادة 1",
        "يكفّ كل طرف عن تصريف المياه في البحيرة.",
        "المادة 2",
        "يُقصد بالحوض مجمل الأراضي.",
    )
    assert told(*lines) == [("announced", "كل طرف", "يكفّ كل طرف عن تصريف المياه في البحيرة")]
    assert deeds(*lines) == ["يكفّ كل طرف عن تصريف المياه في البحيرة"]


def test_the_preamble_of_a_treaty_speaks_for_its_parties() -> None:
    lines = ("محضر ختامي", "إن الأطراف المتعاقدة، وهي آردن وكيبا،", "إذ تجدد تمسكها بميثاق عام 2004،")
    assert told(*lines) == [("reaffirmed", "الأطراف المتعاقدة", "تمسكها بميثاق عام 2004")]


def test_deeds_joined_by_on_are_commitments_of_their_own() -> None:
    assert deeds("خبر", "اتفق الوفدان على عقد اجتماع في أيار وعلى تجميد الدعاوى.") == [
        "عقد اجتماع في أيار",
        "تجميد الدعاوى",
    ]


def test_what_the_sides_agreed_not_to_do_binds_them() -> None:
    one = found("خبر", "وتعهد الوفدان بألا تتخذ أي من الحكومتين إجراءات أحادية.")[0]
    assert (one.act, one.negated, one.content.text.split()[0]) == ("pledged", True, "ألا")


def test_a_state_whose_name_begins_as_a_preposition_does_is_who_speaks() -> None:
    assert told("خبر", "رفضت ليبيا المقترح.") == [("refused", "ليبيا", "المقترح")]


def test_a_chronology_is_no_speaker() -> None:
    assert told("تسلسل زمني: أزمة الميناء", "نص يتبع بلا خبر.") == []
