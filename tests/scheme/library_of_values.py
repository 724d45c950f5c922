"""The one library the type checker has to see to know a value; to see them all takes seven times as long."""

from __future__ import annotations

from pathlib import Path

import msgspec


def library_of_values(folder: Path) -> str:
    """Return `folder / "library"`, which then holds this library alone."""
    alone = folder / "library"
    alone.mkdir()
    (alone / "msgspec").symlink_to(Path(msgspec.__file__).parent, target_is_directory=True)
    return str(alone)
