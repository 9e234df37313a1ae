"""What the form of a Russian word tells: the future of perfective verbs, the present, the case of a subject."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_REMEMBERED: Final = 20_000
"""Words whose form is remembered: texts ask for the same ones again and again."""

_PERFECTIVE_OF_ONE: Final = re.compile(
    r"(?:вы|на|об|ото?|пере|по|при|про|ра[зс]|с|со|за|до|и[зс]|во[зс]|пред)[а-я]+[^аяу](?:у|ю|усь|юсь)|.*(?:дам|вернусь|вернус)"
)
_PERFECTIVE: Final = re.compile(
    r"(?:вы|на|об|ото?|пере|по|при|про|ра[зс]|с|со|у|за|до|и[зс]|во[зс]|вне|в|о|под|пред?)[а-я]+"
    r"(?:[^аяу](?:ет|ут|ют)|ит|ят|[шчжщ]ат|аст|адут|ем|им|йдет|йдут)(?:ся)?"
    r"|(?:про|от|за|пере|вы|с|рас|об|о|у|до|по)[а-я]{2,}ир(?:ует|уют)"
)
_KNOWN_PERFECTIVE: Final = re.compile(
    r"(?:прим|начн|стан|пойд|выйд|войд|уйд|прид|возьм|верн|сдела|разработа|доработа|заработа|опублику|согласу|потребу"
    r"|организу|накаж|окаж|покаж|скаж|назов|введ|внес|вынес|сним|займ|пойм|сяд|пришл|вышл|сочт|учт|найд|пройд|произойд"
    r"|поед|приед|уед|провед|привед|довед|перевед|обойд)(?:ет|ут|ют|ем)(?:ся)?|(?:да|изда|созда)(?:ст|дут|дим)"
    r"|(?:по|до|пере|вы|у|на|от|об|рас)стро(?:ит|ят|им)(?:ся)?|увид(?:ит|ят|им)(?:ся)?|(?:до|по|об|у)говор(?:ит|ят|им)(?:ся)?"
    r"|(?:на|вс|при|за)помн(?:ит|ят|им)|(?:вы|за|у|про)держ(?:ит|ат|им)|(?:про|о|об)след(?:ит|ят|им)|пересмотр(?:ит|ят|им)"
    r"|(?:куп|пуст|реш|брос|законч|лиш|ответ|назнач|обознач|рассмотр|посмотр|сохран|постро|устро|попрос|спрос"
    r"|оцен|перестро|задерж|поддерж)(?:ит|ят|ат|им)(?:ся)?|обменя(?:ет|ют|ем)(?:ся)?|(?:парафир|ратифицир|санкционир|гарантир)у(?:ет|ют|ем)|(?:помо|смо)(?:жет|гут)|состо(?:ит|ят)ся|исте(?:чет|кут)|ля(?:жет|гут)"
)
_NOT_FUTURE: Final = re.compile(
    r"достижим|допустим|строит|строят|ведет|ведут|.*(?:ход|нос|вод|воз|сто|служ|долж|леж|вид|знач|завис|след|дн|мож|говор|держ|помн|смотр|прос|люб|стро|хран|цен)"
    r"(?:ит|ят|ат|ет|ут)(?:ся)?"
    r"|.*(?:итет|врат|хват|запрет|бюджет|предмет|кабинет|комитет|паритет|транзит|визит|дефицит|кредит|лимит)|совет|ответ"
    r"|отчет|расчет|привет|портрет|секрет|объект|проект|протокол|сюжет|пакет|в?совет|пункт"
    r"|(?:объ|подъ|при|совс|вс|прич|зач|поч|затр|пут|об)ем|.*(?:своим|одним|другим|самим|таким|новым|этим)"
    r"|.*(?:остным|енным|альным|онным|ским|ным|лым|тим|вним|ним|ким|гим|хим|шим|щим)|.*(?:ием|цем|менем|елем|телем|ежом)"
    r"|(?!.*ирует|.*ируют).*(?:ают|яют|уют|ает|яет|ует|аем|яем|уем)(?:ся)?"
)


@lru_cache(maxsize=_REMEMBERED)
def is_perfective_future(word: str) -> bool:
    """Whether a Russian verb tells the future by its form: *откроет*, *передаст*, *встретятся*.

    >>> [is_perfective_future(word) for word in ("откроет", "передаст", "подтверждает", "проходит")]
    [True, True, False, False]
    """
    if _KNOWN_PERFECTIVE.fullmatch(word):
        return True
    return len(word) > 5 and bool(_PERFECTIVE.fullmatch(word)) and not _NOT_FUTURE.fullmatch(word)


_OF_US: Final = re.compile(
    r"(?:вы|на|об|ото?|пере|по|при|про|ра[зс]|с|со|у|за|до|и[зс]|во[зс]?|о|под|пред)[а-я]*[^аяуие](?:ем|им)(?:ся)?"
)
_NOT_OF_US: Final = re.compile(
    r".*(?:ход|нос|вод|воз|прос|вид|завис|след|знач|сто|держ|мотр|люб|вид)им(?:ся)?|.*(?:жд|в)ем(?:ся)?"
)


@lru_cache(maxsize=_REMEMBERED)
def is_perfective_of_us(word: str) -> bool:
    """Whether a Russian word may be a future of several in the first person; adjectives end alike, so *мы* is near.

    >>> [is_perfective_of_us(word) for word in ("оплатим", "пришлем", "проводим", "считаем")]
    [True, True, False, False]
    """
    return len(word) > 5 and bool(_OF_US.fullmatch(word)) and not _NOT_OF_US.fullmatch(word)


_PRESENT: Final = re.compile(r"[а-я]{2,}(?:ает|яет|ует|еет|ают|яют|уют|еют|ит|ят|ивает|ывает)(?:ся)?")


@lru_cache(maxsize=_REMEMBERED)
def is_present(word: str) -> bool:
    """Whether a Russian word has the form of a verb in the present, third person: *сносит*, *приостанавливает*.

    >>> [is_present(word) for word in ("сносит", "вступает", "протокол", "открыли")]
    [True, True, False, False]
    """
    return bool(_PRESENT.fullmatch(word)) and word not in ("кредит", "лимит", "визит", "аудит", "дефицит", "транзит")


_PAST: Final = re.compile(
    r"[а-я]{2,}(?:[иаяеу]л(?:а|о|и)?|(?:[аяеиу]л(?:ся|ась|ось|ись))|шел|шла|шло|шли|[гкбзс]л[аи])(?:сь)?"
)
_NO_PAST: Final = frozenset(
    {"отдел", "раздел", "предел", "канал", "материал", "сигнал", "финал", "журнал", "филиал", "потенциал"}
    | {"капитал", "терминал", "персонал", "скандал", "портал", "арсенал", "генерал", "адмирал", "провал"}
    | {"интервал", "сила", "силы", "школа", "дела", "дело", "тела", "тело", "начало", "правила", "правило"}
    | {"число", "масла", "масло", "цикла", "срыва", "угла", "села", "село", "сели", "цели", "недели"}
    | {"модели", "отели", "жители", "если", "или", "мысли", "неделе", "стрела", "стрелы", "скала", "шкала"}
    | {"могила", "жила", "крыла", "крыло", "зала", "зал", "балла", "бала"}
)
"""Nouns and others that end as verbs in the past do."""


@lru_cache(maxsize=_REMEMBERED)
def is_past(word: str) -> bool:
    """Whether a Russian word has the form of a verb in the past.

    >>> [is_past(word) for word in ("вздохнул", "приняли", "генерал", "представители", "пришла")]
    [True, True, False, False, True]
    """
    return len(word) > 3 and bool(_PAST.fullmatch(word)) and word not in _NO_PAST and not word.endswith("тели")


@lru_cache(maxsize=_REMEMBERED)
def is_perfective_of_one(word: str) -> bool:
    """Whether a Russian verb tells the future in the first person of one: *доложу*, *вернусь*."""
    return len(word) > 4 and bool(_PERFECTIVE_OF_ONE.fullmatch(word))


_OBLIQUE: Final = (
    "а",
    "у",
    "ом",
    "ем",
    "е",
    "ов",
    "ев",
    "ам",
    "ами",
    "ах",
    "ей",
    "ю",
    "ям",
    "ями",
    "ях",
    "ой",
    "ию",
    "ией",
)
_NOMINATIVE_ALL_THE_SAME: Final = frozenset(
    [
        "глава",
        "пресс-служба",
        "служба",
        "сторона",
        "она",
        "мы",
        "замминистра",
        "газета",
        "палата",
        "лига",
        "страна",
        "прокуратура",
        "республика",
        "группа",
        "команда",
        "держава",
        "разведка",
        "охрана",
        "погранслужба",
    ]
)
"""Nouns in *-а* and *-я* that speak in this form; of the others it is the genitive."""


@lru_cache(maxsize=_REMEMBERED)
def is_nominative(word: str) -> bool:
    """Whether a Russian role, ministry or group stands in the case of a subject, as far as its ending tells.

    >>> [is_nominative(word) for word in ("министр", "министра", "стороны", "министерстве", "министерство", "глава")]
    [True, False, True, False, True, True]
    """
    return word in _NOMINATIVE_ALL_THE_SAME or word.endswith(("ство", "ие", "ье")) or not word.endswith(_OBLIQUE)
