"""Whether corrected figures have been scored: runs of the score tell it, whatever context keeps them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_ASKED: Final[list[Callable[[int, frozenset[int]], bool]]] = []


def scored_by(has_scored: Callable[[int, frozenset[int]], bool]) -> None:
    """Let `has_scored` say whether the run that counts of a round took changes, all by their keys."""
    _ASKED.append(has_scored)


def are_scored(round_pk: int, changes: frozenset[int]) -> bool:
    """Return whether the run that counts of a round took all these changes of figures."""
    return any(has_scored(round_pk, changes) for has_scored in _ASKED)
