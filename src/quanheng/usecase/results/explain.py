"""Say why a unit has its score."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from quanheng.engine.results.explanation.explained import Explained
from quanheng.scheme.fields.codes import ROOT
from quanheng.usecase.results.assess import score_book


def explain(
    path: Path,
    unit: str,
    node: str = ROOT,
    *,
    round: str | None = None,  # noqa: A002 - the word of the language
    as_of: dt.date | None = None,
) -> Explained:
    """Return the explanation of `node` for `unit` (a code or a name) in the book at `path`.

    `as_of` is the day whose knowledge counts; None: all that the book says.

    Raises:
        FindingsError: the book has errors.
        UsageError: there is no such unit or node.
    """
    return score_book(path, round=round, as_of=as_of).explain(unit, node)
