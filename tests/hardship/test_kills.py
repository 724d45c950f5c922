"""Commands killed at any moment, with a seed: a few in `make test`, a thousand in `make hardship`."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from tests.hardship.cases import CASES, Case
from tests.hardship.running import Contents, Server, contents, is_left, laid, timeless, without_left

KILLS: Final = int(os.environ.get("QUANHENG_KILLS", "17"))
SEED: Final = int(os.environ.get("QUANHENG_SEED", "10"))
ENDS: Final = max(1, KILLS // 100)


def around(case: Case, server: Server, folder: Path) -> tuple[Contents, Contents, float]:
    """Return what is there before and after the command, and how long it takes."""
    base = folder / "base"
    base.mkdir()
    case.lay(base)
    before = contents(base)
    ran = server.run(laid(before, folder / "whole"), *case.tokens)
    return before, contents(folder / "whole"), ran.seconds


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_after_a_kill_all_is_as_before_or_as_meant(case: Case, server: Server, tmp_path: Path) -> None:
    moments = np.random.default_rng([SEED, CASES.index(case)])
    before, after, seconds = around(case, server, tmp_path)
    states = [timeless(before), timeless(after)]

    for number in range(-(-KILLS // len(CASES))):
        here = laid(before, tmp_path / f"kill-{number}")
        killed = server.run(here, *case.tokens, kill_after=moments.uniform(0, 1.1 * seconds))
        assert killed.code in (0, -signal.SIGKILL), killed.err
        left = contents(here)
        told = server.run(here, *case.next_command)
        assert told.code == 0, told.err
        now = contents(here)
        now.pop(case.next_command[-1])
        assert timeless(now) in states, sorted(left)
        assert not any(is_left(path.name) for path in here.rglob("*"))
        if timeless(without_left(left)) not in states:
            assert "had begun when it was broken off" in told.err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("name", ["score again", "import again", "new workbook"])
def test_a_command_that_is_told_to_end_tidies_up_itself(
    number: signal.Signals, name: str, server: Server, tmp_path: Path
) -> None:
    case = next(case for case in CASES if case.name == name)
    moments = np.random.default_rng([SEED, CASES.index(case), number])
    before, after, seconds = around(case, server, tmp_path)

    for times in range(ENDS):
        here = laid(before, tmp_path / f"end-{times}")
        moment = moments.uniform(0.2, 1.0) * seconds
        ended = server.run(here, *case.tokens, kill_after=moment, signal=int(number))
        assert ended.code in (0, 128 + number, -number), ended.err
        assert "Traceback" not in ended.err
        assert timeless(contents(here)) in (timeless(before), timeless(after))
        assert not any(is_left(path.name) for path in here.rglob("*"))
