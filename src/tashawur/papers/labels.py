"""What the fixed words of the files are called for people: phrases of the catalogue, by word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tashawur.terms.phrases import N_, NN_, Plural

INVENTED: Final = N_("INVENTED: an exercise. The states, facts and numbers are made up.")

ROLES: Final[Mapping[str, str]] = {
    "side": N_("side"),
    "host": N_("host"),
    "mediator": N_("mediator"),
    "facilitator": N_("facilitator"),
    "guarantor": N_("guarantor"),
    "concerned": N_("concerned, not at the table"),
}

FORMS: Final[Mapping[str, Plural]] = {
    "call": NN_("{number} call", "{number} calls"),
    "letter": NN_("{number} letter", "{number} letters"),
    "note": NN_("{number} note", "{number} notes"),
    "meeting": NN_("{number} meeting", "{number} meetings"),
    "message": NN_("{number} message", "{number} messages"),
}

FORM: Final[Mapping[str, str]] = {
    "call": N_("call"),
    "letter": N_("letter"),
    "note": N_("note"),
    "meeting": N_("meeting"),
    "message": N_("message"),
}

ROUND_STATES: Final[Mapping[str, str]] = {
    "proposed": N_("proposed"),
    "confirmed": N_("confirmed"),
    "postponed": N_("postponed"),
    "held": N_("held"),
    "cancelled": N_("cancelled"),
}

ROUND_ON: Final[Mapping[str, str]] = {
    "proposed": N_("proposed for {day}"),
    "confirmed": N_("confirmed for {day}"),
    "postponed": N_("postponed to {day}"),
    "held": N_("held on {day}"),
    "cancelled": N_("cancelled on {day}"),
}

PROBLEM_STATES: Final[Mapping[str, str]] = {
    "raised": N_("raised"),
    "in_talks": N_("in talks"),
    "agreed": N_("agreed ad referendum"),
    "signed": N_("signed"),
    "in_force": N_("in force"),
    "done": N_("done, as some say"),
    "resolved": N_("resolved, as all say"),
    "lapsed": N_("lapsed"),
}

PROBLEM_WORDS: Final[Mapping[str, str]] = {
    **PROBLEM_STATES,
    "resolved": N_("resolved"),
    "not_resolved": N_("not resolved"),
}

PROGRESS: Final[Mapping[str, str]] = {
    "conditional": N_("waits for its condition"),
    "open": N_("not reported as done"),
    "reported": N_("reported as done"),
    "disputed": N_("disputed"),
    "resolved": N_("resolved, as all say"),
}

STRENGTHS: Final[Mapping[str, str]] = {
    "agreed": "",
    "pledged": N_("said as a promise"),
    "intended": N_("said as an intention"),
}
"""How firmly it was said, where that is less than agreed."""

MATTERS: Final[Mapping[str, str]] = {
    "performance": N_("to do: {what}"),
    "word_on_done": N_("a word on whether it is done: {what}"),
    "settling": N_("to settle with the others whether it is done: {what}"),
    "answer": N_("an answer on: {what}"),
    "team": N_("to appoint: {what}"),
    "round_answer": N_("an answer on the proposed {what}"),
    "round_outcome": N_("a word on what became of the {what}"),
    "new_date": N_("a date in place of the {what}"),
    "contact": N_("contact"),
    "contact_outcome": N_("a word on what became of a planned contact: {what}"),
}

DELIVERERS: Final[Mapping[str, str]] = {
    "licence": N_("a licence"),
    "parliament": N_("parliament"),
    "court": N_("a court"),
    "government": N_("the government"),
    "company": N_("a company"),
    "other": N_("somebody else"),
}
