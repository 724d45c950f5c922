"""A command that dies before any of its effects on the disk: after the next command all is old or all new."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from tests.hardship.cases import CASES, Case
from tests.hardship.running import Server, contents, is_left, laid, timeless, without_left
from tests.hardship.server import BROKEN

_ASKED: Final = os.environ.get("QUANHENG_CRASHES", "8")
CRASHES: Final = None if _ASKED == "all" else int(_ASKED)
"""Before how many of its effects each command dies."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_after_a_crash_all_is_as_before_or_as_meant(case: Case, server: Server, tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    case.lay(base)
    before = contents(base)
    whole = laid(before, tmp_path / "whole")
    ran = server.run(whole, *case.tokens)
    assert ran.code == 0, ran.err
    after = contents(whole)
    assert not any(map(is_left, after))
    assert after != before
    _require_beside(ran.effects, whole)

    states = [timeless(before), timeless(after)]
    seen = set()
    for at in _points(ran.effects):
        here = laid(before, tmp_path / f"at-{at}")
        assert server.run(here, *case.tokens, at=at).code == BROKEN
        left = contents(here)
        folders = any(is_left(path.name) for path in here.rglob("*"))
        told = server.run(here, *case.next_command)
        assert told.code == 0, (at, ran.effects[at], told.err)
        now = contents(here)
        now.pop(case.next_command[-1])
        assert not any(is_left(path.name) for path in here.rglob("*")), (at, ran.effects[at])
        assert timeless(now) in states, (at, ran.effects[at], sorted(left))
        assert bool(told.err) == folders, (at, ran.effects[at], told.err)
        if timeless(without_left(left)) not in states:
            assert "had begun when it was broken off" in told.err
        seen.add(now == before)
    assert seen == {False, True}, "one rename decides: there is a before and an after"


def _points(effects: Sequence[str]) -> Sequence[int]:
    """Return before which effects the command dies: before all, or before the first, the last and some."""
    if CRASHES is None or len(effects) <= CRASHES:
        return range(len(effects))
    decisive = next(at for at in reversed(range(len(effects))) if "os.rename" in effects[at])
    chosen = np.random.default_rng(len(effects)).permutation(len(effects))[: CRASHES - 3]
    return sorted({0, decisive, len(effects) - 1, *map(int, chosen)})


def _require_beside(effects: object, folder: Path) -> None:
    """Require that nothing is opened for writing but in a workshop, or as a lock."""
    assert isinstance(effects, list)
    for effect in effects:
        event, _, names = effect.partition(" ")
        if event == "open":
            assert is_left(Path(names).relative_to(folder.resolve()).as_posix()), effect
