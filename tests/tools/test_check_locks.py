from __future__ import annotations

import pytest
from tools.check_locks import faults

PIN = "rich==15.0.0 \\\n    --hash=sha256:" + "a" * 64
MARKED = "numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:" + "b" * 64


def test_pins_with_hashes_pass() -> None:
    assert list(faults(f"{PIN}\n{MARKED}\n")) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org/simple",
        "--find-links /wheels",
        "rich==15.0.0",
        "rich>=15 \\",
        "rich @ file:///wheels/rich.whl",
        "-e .",
    ],
)
def test_anything_else_is_named(line: str) -> None:
    assert list(faults(f"{PIN}\n{line}\n")) == [(3, line)]
