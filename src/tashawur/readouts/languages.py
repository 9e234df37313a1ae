"""The language of a text, by its script, its letters and its commonest words.

Only Arabic, English and Russian are read. Others are told apart so that none is read as one of these: a text in
Persian has most letters of an Arabic one, a Bulgarian one most of a Russian one, and a French one all of an English
one. To tell one more apart, add its commonest words, and its letters where the three have none such.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from tashawur.readouts.tokens import fold

UNKNOWN: Final = "und"
"""The code of ISO 639 for a language that is not known."""

_SAMPLE: Final = 20_000
"""Characters by which the language is told."""
_FEWEST: Final = 20
"""Words from which on the commonest ones cannot all be missing."""

_NEARER: Final = 2
"""By how many words another language must be nearer than the one that is read: one can be a name."""
_BY_WORDS: Final = 3
"""How many times as many foreign letters are borne where the words speak for the language that is read."""

_Script = Literal["arabic", "cyrillic", "latin"]


@dataclass(frozen=True, slots=True)
class _Tongue:
    """What tells a language: its commonest words, folded, and letters that the others of its script have not.

    Of a language that is read also: `share`, what part of a text those words are at least, and `bearable`, what part of
    its letters may be `foreign`, both in percent. Names bring such letters.
    """

    words: frozenset[str]
    letters: str = ""
    share: float = 0
    foreign: str = ""
    bearable: float = 0


def _words(told: str) -> frozenset[str]:
    return frozenset(_alike(word) for word in told.split())


_ALIKE: Final = str.maketrans({"ی": "ي", "ک": "ك"})


def _alike(word: str) -> str:
    """The word as it is looked up: Persian is also typed with Arabic letters."""
    return fold(word).translate(_ALIKE)


# The languages that are read come first: where two are equally near, the first one counts.
_TONGUES: Final[Mapping[_Script, Mapping[str, _Tongue]]] = MappingProxyType(
    {
        "arabic": {
            "ar": _Tongue(
                _words(
                    "في من على إلى أن إن عن التي الذي الذين ما لا قد هذا هذه كان كانت كما بين مع بعد خلال لم لن ذلك"
                ),
                foreign="پچژگکیےٹڈںھہڑټډړښځڅېڕڵۆێە",
                bearable=2,
            ),
            "fa": _Tongue(_words("در از که به این را با است برای شد کرد های می آن خود تا هم شده گفت یک دو بر اعلام")),
            "ur": _Tongue(_words("کے کی کا میں نے سے ہے اور کہ پر ہیں کو گیا تھا کیا کہا اس ہو"), "ٹڈڑےںھ"),
            "ps": _Tongue(_words("د په چې ته کې او له دي سره يې ده شوي کړې پر دې"), "ټډړښځڅې"),
            "ckb": _Tongue(_words("لە بە کە بۆ ئەو لەگەڵ دەکات کرد ئەم لەسەر هەر دوو"), "ڕڵۆێ"),
        },
        "cyrillic": {
            "ru": _Tongue(
                _words(
                    "и в не на что с по а как это для о от из к за при был были его об он мы их также у до но между"
                ),
                share=2,
                letters="ё",
                foreign="іїєґўђјљњћџѓќѕәғқңөұүһ",
                bearable=1,
            ),
            "uk": _Tongue(_words("і в на що з та до за не у про від як це його для є й щодо"), "їєґ"),
            "be": _Tongue(_words("і ў на што з да за не у пра ад як гэта яго для аб"), "ў"),
            "bg": _Tongue(_words("и в на да се че от за с е са не като по към при ще бе които този това между до")),
            "mk": _Tongue(_words("и на да се дека за од во со не ќе го ја ги како по меѓу до"), "ѓќѕ"),
            "sr": _Tongue(_words("и у на да се је су за од са не ће као што по који које између до"), "ђћ"),
            "kk": _Tongue(_words("және мен бен үшін деп бұл туралы бойынша дейін еді болып"), "әғқңөұүһ"),
        },
        "latin": {
            "en": _Tongue(
                _words(
                    "the of and to in that is for on with by was said has have will be at from it as this not are a you"
                ),
                share=5,
                foreign="àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿāăąćčďđēėęěğģīįıķļłńňņőœřśşšťţūůűųźżžșț",
                bearable=3,
            ),
            "fr": _Tongue(
                _words("le la les de des du et en un une que est dans pour par sur avec qui au aux été sont ne")
            ),
            "de": _Tongue(
                _words("der die das und in zu den von mit für auf ist dass dem des ein eine nicht sich im hat"), "ß"
            ),
            "es": _Tongue(_words("el la los las de del y en que un una por con para se es su al lo no ha"), "ñ"),
            "it": _Tongue(_words("il la di che e in un una per con del della dei le non si è da al nel sono ha hanno")),
            "pt": _Tongue(_words("o a os as de do da dos das que e em um uma para com por se no na é ao não"), "ãõ"),
            "nl": _Tongue(_words("de het een van en in is dat op te met voor zijn aan niet door bij om die")),
            "tr": _Tongue(_words("ve bir bu için ile da de olarak olan ki çok daha sonra kadar icin dedi"), "ğış"),
            "pl": _Tongue(_words("i w z na że do się nie o jest od za po oraz dla przez ze sie"), "łąęśźż"),
            "ro": _Tongue(_words("și în de la a cu pe că din să pentru nu este un o ale lui"), "ățș"),
            "cs": _Tongue(_words("a v na se že je s z do o pro ve by jsou po k"), "ěřů"),
            "sv": _Tongue(_words("och i att det som en på är av för med den till har inte om ett")),
            "no": _Tongue(_words("og i at det er en på av for med den til har ikke om som de")),
            "hr": _Tongue(_words("i u na da se je su za od s koji će kao što nije do")),
            "hu": _Tongue(_words("a az és hogy nem is egy meg ez van volt"), "őű"),
            "fi": _Tongue(_words("ja on ei että se oli joka mutta ovat")),
            "id": _Tongue(_words("yang dan di untuk dengan ini itu dari pada dalam tidak akan oleh")),
            "sw": _Tongue(_words("ya na wa kwa ni katika za la kuwa")),
        },
    }
)
_SCRIPTS: Final[Mapping[_Script, re.Pattern[str]]] = MappingProxyType(
    {
        "arabic": re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f]"),
        "cyrillic": re.compile("[\u0400-\u052f]"),
        "latin": re.compile("[A-Za-z\u00c0-\u024f]"),
    }
)
_ONE_LANGUAGE: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
        "he": re.compile("[\u05d0-\u05ea]"),
        "hy": re.compile("[\u0531-\u0587]"),
        "ja": re.compile("[\u3041-\u30ff]"),
        "ka": re.compile("[\u10a0-\u10ff]"),
        "ko": re.compile("[\uac00-\ud7a3]"),
        "th": re.compile("[\u0e01-\u0e4e]"),
        "zh": re.compile("[\u4e00-\u9fff]"),
    }
)
"""Scripts in which hardly any language but one is written."""
_JAPANESE: Final = 10
"""Percentage of kana from which on Chinese characters are those of a Japanese text."""
_WORD: Final = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """The code of the text's language by ISO 639, `und` where it is not known; None for a text without words.

    It looks at the first 20,000 characters. In a text of several languages, the script of most letters counts.

    >>> language_of("The ministry said so."), language_of("Le ministre a dit que c'est la fin de la crise.")
    ('en', 'fr')
    """
    sample = text[:_SAMPLE]
    counts = {name: len(letters.findall(sample)) for name, letters in _SCRIPTS.items()}
    script = max(counts, key=lambda name: counts[name])
    others = {lang: len(letters.findall(sample)) for lang, letters in _ONE_LANGUAGE.items()}
    other = max(others, key=lambda lang: others[lang])
    if others[other] > counts[script]:
        japanese = other == "zh" and 100 * others["ja"] > _JAPANESE * others["zh"]
        return "ja" if japanese else other
    letters = sum(letter.isalpha() for letter in sample)
    if letters < 3:
        return None
    if letters - sum(counts.values()) - sum(others.values()) > counts[script]:
        return UNKNOWN
    return _of_script(sample, script, counts[script])


def _of_script(sample: str, script: _Script, letters: int) -> str:
    """The language of a text whose script several languages use."""
    tongues = _TONGUES[script]
    words = [_alike(word) for word in _WORD.findall(sample) if _SCRIPTS[script].match(word)]
    plain = Counter(sample.lower())
    hits = {
        lang: sum(word in tongue.words for word in words) + sum(plain[letter] for letter in tongue.letters)
        for lang, tongue in tongues.items()
    }
    read, *others = tongues
    mine = tongues[read]
    best = max(others, key=lambda lang: hits[lang])
    foreign = 100 * sum(plain[letter] for letter in mine.foreign) / letters
    nearest = hits[read] >= max(1, hits[best])
    if foreign > mine.bearable * (_BY_WORDS if nearest else 1):
        return best if hits[best] else UNKNOWN
    if hits[best] >= hits[read] + _NEARER:
        return best
    return UNKNOWN if len(words) >= _FEWEST and 100 * hits[read] < mine.share * len(words) else read
