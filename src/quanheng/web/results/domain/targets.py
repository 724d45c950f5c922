"""The tables of targets among the parts of a round's book, for whoever shows targets beside figures."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import Final

from quanheng.web.base.held_files import content_of
from quanheng.web.results.domain.parts import current_parts
from quanheng.web.rounds.domain.targets import TargetTable
from quanheng.web.rounds.models import KeptRound

_TARGETS: Final = "targets"
"""What the table is called in a book, and the folder where there are several."""


def tables_of_targets(kept: KeptRound) -> tuple[TargetTable, ...]:
    """Return the tables of targets that count in a round."""
    return tuple(
        TargetTable(name=part.path, digest=part.digest, content=partial(content_of, part))
        for part in current_parts(kept)
        if PurePosixPath(part.stem).parts[0] == _TARGETS
    )
