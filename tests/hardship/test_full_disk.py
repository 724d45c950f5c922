"""A disk that is full, or files that cannot grow: all is as before, and nothing half-written lies about."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hardship.cases import CASES, Case
from tests.hardship.running import Server, contents, is_left, laid


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_files_that_cannot_grow_leave_all_as_it_was(case: Case, server: Server, tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    case.lay(base)
    before = contents(base)

    for limit in (0, 300):
        here = laid(before, tmp_path / f"limit-{limit}")
        ran = server.run(here, *case.tokens, limit=limit)
        assert ran.code != 0
        assert contents(here) == before
        assert not any(is_left(path.name) for path in here.rglob("*"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    mount = shutil.which("mount")
    if mount is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("a small disk is mounted by root only")
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=192k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("this system lets nobody mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)  # noqa: S607  what belongs to mount


def test_a_full_disk_keeps_the_earlier_state(server: Server, tmp_path: Path, small_disk: Path) -> None:
    case = next(case for case in CASES if case.name == "score again")
    base = tmp_path / "base"
    base.mkdir()
    case.lay(base)
    before = contents(base)
    here = laid(before, small_disk / "here")
    free = shutil.disk_usage(small_disk).free
    (small_disk / "filling").write_bytes(bytes(max(0, free - 12_288)))

    ran = server.run(here, *case.tokens)

    assert ran.code == 1
    assert contents(here) == before
    assert not any(is_left(path.name) for path in here.rglob("*"))


def test_a_device_that_is_full_is_told(server: Server, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")

    ran = server.run(tmp_path, "schema", "/dev/full")

    assert ran.code == 1
    assert ran.err.startswith("quanheng: No space left on device")
