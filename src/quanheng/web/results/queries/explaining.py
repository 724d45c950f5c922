"""A score down to who reported what: the explanation of the core, with the change behind each cell."""

from __future__ import annotations

from dataclasses import replace

from quanheng.documents.others import without_others
from quanheng.engine.results.explanation.explanation import Explanation
from quanheng.engine.results.explanation.text import details, headline
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.process.rounds.people import Person
from quanheng.scheme.fields.codes import ROOT
from quanheng.web.results.models import KeptRun, Taken
from quanheng.web.results.reading import result_of
from quanheng.web.rounds.models import AskedUnit, Change

_ENTERS = ("save", "correct")
"""The moves by which somebody enters a figure."""


class Source(Value):
    """A figure behind a score: the change of it that was taken, and the one by which it was entered."""

    name: Text
    taken: Taken
    entered: Change | None


class Step(Value):
    """A node of an explanation: what it says, the figures behind it, and what lies below."""

    node: str
    head: str
    lines: tuple[str, ...]
    sources: tuple[Source, ...]
    children: tuple[Step, ...]


def explanation_of(
    person: Person, run: KeptRun, unit: AskedUnit, *, node: str = ROOT, language: Language, alone: bool
) -> Step:
    """Return why a unit has its score at a node; with `alone`, without anything of other units.

    Raises:
        FindingsError: a file of the run was changed.
        UsageError: there is no such node.
    """
    result = result_of(run)
    told: Explanation = result.explain(str(unit.unit_id), node)
    if alone:
        scored = result.ranking.rows(named=True)
        count = sum(row["group"] == unit.group and row["score"] is not None for row in scored)
        told = _alone(told, count)
    return _step(told, _sources(person, run, unit), language)


def _sources(person: Person, run: KeptRun, unit: AskedUnit) -> dict[str, Source]:
    """Return by its cell in the book each figure of a unit that a run took."""
    own = Taken.objects.visible_to(person).filter(run=run, change__unit__unit=unit.unit_id)
    taken = list(own.select_related("change__item"))
    entered: dict[tuple[int, int], list[Change]] = {}
    of_cells = Change.objects.visible_to(person).filter(
        unit__in={each.change.unit_id for each in taken}, move__in=_ENTERS
    )
    for change in of_cells:
        entered.setdefault((change.item_id, change.unit_id), []).append(change)
    return {
        each.cell: Source(
            name=each.change.item.name,
            taken=each,
            entered=next(
                (
                    change
                    for change in reversed(entered.get((each.change.item_id, each.change.unit_id), []))
                    if change.version <= each.change.version
                ),
                None,
            ),
        )
        for each in taken
    }


def _alone(told: Explanation, scored: int) -> Explanation:
    children = tuple(_alone(child, scored) for child in told.children)
    return replace(without_others(told, scored=scored), children=children)


def _step(told: Explanation, cells: dict[str, Source], language: Language) -> Step:
    figures = told.rating.figures if told.rating else ()
    found = dict.fromkeys(cell for figure in figures for cell in figure.cells if cell in cells)
    return Step(
        node=told.node,
        head=headline(told, language),
        lines=tuple(line.strip() for line in details(told, language)),
        sources=tuple(cells[cell] for cell in found),
        children=tuple(_step(child, cells, language) for child in told.children),
    )
