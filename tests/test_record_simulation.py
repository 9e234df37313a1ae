"""Three nodes, one of them dishonest, in many worlds; and the naive rule, which these worlds find out."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from benchmarks.record_simulation import BrokenError, World, any_lapse_cancels

SEEDS = 1_000 if os.environ.get("CI") else 100
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_honest_nodes_agree_and_keep_what_was_confirmed_whatever_a_dishonest_one_does(part: int) -> None:
    counts: Counter[str] = Counter()
    for seed in range(part, SEEDS, PARTS):
        counts += World(seed).run().counts
    # The worlds are worth their name: what must hold was tried by all that can go wrong.
    for what in (
        "confirmed",
        "forked worlds",
        "Refused",
        "Parked",
        "signatures without effect",
        "confirmed and withdrawn",
    ):
        assert counts[what], (what, counts)
    for lie in ("fork", "flip", "replay", "long", "gap", "stranger"):
        assert counts[f"lie: {lie}"], (lie, counts)


def test_the_naive_rule_that_any_withdrawal_cancels_is_found_out() -> None:
    told = []
    for seed in range(100):
        try:
            World(seed, any_lapse_cancels).run()
        except BrokenError as error:
            told.append(str(error))
    assert len(told) > 5
    assert all("is so no longer" in one for one in told)
