"""Run an example of the toolbox: its files become a book, the book is scored."""

from __future__ import annotations

from quanheng.data.load import load
from quanheng.data.writing.scratch import scratch
from quanheng.engine.results.score import score
from quanheng.findings.finding import Finding, FindingsError, has_errors
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tools.tool import Example


class UnitOutcome(Value):
    """What a unit got at the node that is shown: points and place, None where it has none."""

    unit: str
    points: float | None
    place: int | None


class Outcome(Value):
    """What came out of an example: a row a unit, the children's parts of the root, and findings."""

    units: tuple[UnitOutcome, ...] = ()
    shares: tuple[tuple[str, float], ...] = ()
    findings: tuple[Finding, ...] = ()


def try_out(example: Example) -> Outcome:
    """Return what comes out of `example`; findings of error level are the outcome where it has some."""
    with scratch() as folder:
        book = folder / "example"
        for name, text in example.files.items():
            path = book / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        try:
            result = score(load(book))
        except FindingsError as error:
            return Outcome(findings=tuple(each for each in error.findings if has_errors([each])))
    rows = result.scores.sort("unit").iter_rows(named=True)
    units = tuple(
        UnitOutcome(unit=row["unit"], points=row["points"], place=row["place"])
        for row in rows
        if row["node"] == example.node
    )
    weights = result.weights.iter_rows(named=True)
    shares = tuple((row["node"], row["share"]) for row in weights if row["parent"] == ROOT)
    return Outcome(units=units, shares=shares)
