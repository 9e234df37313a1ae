"""Three nodes, one of them dishonest, in many worlds; and the naive rule, which these worlds find out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.record_simulation import BrokenError, World, any_lapse_cancels

SEEDS = 1_000 if os.environ.get("CI") else 100
PARTS = 4
ROOT = Path(__file__).parent.parent


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


def test_the_measurement_and_the_simulation_can_be_run_as_commands() -> None:
    for words in (["verify", "--entries", "300"], ["simulate", "--seeds", "3", "--from", "7"]):
        call = [sys.executable, "-m", "benchmarks.record", *words]
        done = subprocess.run(call, capture_output=True, text=True, check=False, cwd=ROOT)
        told = json.loads(done.stdout)
        assert told["versions"]["pynacl"]
        # So few entries say nothing about speed: a floor that is not kept is told, and is no failure here.
        assert done.returncode == (2 if False in told.get("floors kept", {}).values() else 0), done.stderr


def test_commands_that_need_no_record_do_not_load_what_verifies_it() -> None:
    program = "import sys, tashawur.cli.main; sys.exit('nacl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
