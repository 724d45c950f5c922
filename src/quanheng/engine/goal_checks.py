"""What a reader of a result should know of targets that were not stated for its round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import narwhals as nw

from quanheng.data.book import Book
from quanheng.engine import columns as c
from quanheng.engine import pace_kinds
from quanheng.engine.due import due_targets
from quanheng.engine.measures import needs_target
from quanheng.findings.finding import Finding, Kind
from quanheng.periods.stretch import Stretch

_KINDS: Final[Mapping[str, Kind]] = {"no_history": pace_kinds.NO_SEASON, "no_start": pace_kinds.NO_START}


def check_goals(book: Book, stretch: Stretch) -> Iterator[Finding]:
    """Yield a QH560 for each indicator whose targets are by pace; QH561, QH562 for makeshifts.

    Nothing is looked at where no indicator that is rated by a target has a pace.
    """
    rated = [each for each in book.scheme.indicators if each.pace is not None and needs_target(each)]
    if not rated:
        return
    own = book.targets.filter(nw.col("period") == str(stretch)).select(c.UNIT, "indicator")
    due = due_targets(book, {str(stretch): stretch}, indicators=[each.code for each in rated])
    made = due.join(own, on=[c.UNIT, "indicator"], how="anti").group_by("indicator", "basis").agg(nw.len())
    counts = {(code, basis): count for code, basis, count in made.select("indicator", "basis", "len").rows()}
    for indicator in rated:
        found = {basis: count for (code, basis), count in counts.items() if code == indicator.code}
        if found:
            facts = {"node": indicator.code, "round": stretch}
            yield pace_kinds.DUE_AS_TARGET.at(indicator.where, count=sum(found.values()), **facts)
            for basis, kind in _KINDS.items():
                if basis in found:
                    yield kind.at(indicator.where, count=found[basis], **facts)
