"""The codes of what every scheme has without naming it."""

from __future__ import annotations

from typing import Final

ROOT: Final = "total"
"""The code of the root node."""

ONLY_GROUP: Final = "all"
"""The group of every unit where a scheme declares no groups."""
