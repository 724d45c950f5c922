"""Texts that a spreadsheet runs as a formula when it opens the file they stand in."""

from __future__ import annotations

from typing import Final

LIKE_A_FORMULA: Final = r"^\s*(?:[=@]|[+-]\s*[A-Za-z(@=$'\"])"
"""How such a text begins, as a regular expression; a number with its sign is none."""
