"""Look for unusual reports among figures that stand in no book, as they come in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from quanheng.data.book.loose import Figure, ReportedUnit, loose_book
from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.value import Value
from quanheng.insight.unusual.signs import SignName
from quanheng.insight.unusual.unusual import unusual
from quanheng.scheme.items.item import Reported
from quanheng.scheme.tree.scheme import Scheme


class UnusualReport(Value):
    """A report that shows a sign: of which unit, of which item (indicator, for a landing), when.

    `before` is what it is compared with, the figure of the period `earlier`; None where there is none.
    """

    sign: SignName
    unit: str
    code: str
    period: str
    earlier: str | None
    before: float | None


def unusual_reports(
    scheme: Scheme, units: Sequence[ReportedUnit], figures: Iterable[Figure], *, at: str
) -> tuple[tuple[UnusualReport, Finding], ...]:
    """Return the reports inside the period `at` that show a sign, each with the finding that tells of it.

    Landings on targets and thresholds are looked for where the measures of the indicators can be had from
    these figures alone, and left out where they cannot.

    Raises:
        DataError: `at` is no period.
    """
    bare = replace(scheme, root=replace(scheme.root, children=()))
    told = tuple(figures)
    if all(isinstance(item.source, Reported) for item in scheme.items):
        try:
            found = unusual(loose_book(scheme, units, told), at)
        except FindingsError:
            found = unusual(loose_book(bare, units, told), at)
    else:
        found = unusual(loose_book(bare, units, told), at)
    rows = found.reports.select("sign", "unit", "code", "period", "earlier", "before").rows(named=True)
    return tuple((UnusualReport(**row), finding) for row, finding in zip(rows, found.findings, strict=True))
