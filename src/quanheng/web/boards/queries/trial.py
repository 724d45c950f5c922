"""What would be of a run with other weights or figures: its new ranking beside the old one, never kept."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from quanheng.findings.errors import QuanhengError
from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.people import Person
from quanheng.studies.whatif.laid_out import laid_out
from quanheng.studies.whatif.question import Question
from quanheng.studies.whatif.ranking import rankings_if
from quanheng.web.boards.queries.fields import Part, Typed, figures_of, sums_that_are_off, weights_of
from quanheng.web.results.models import KeptRun
from quanheng.web.results.reading import result_of
from quanheng.web.rounds.models import AskedUnit

_ONE_AT_A_TIME: Final = threading.Lock()
"""What the core keeps of the books asked about last is not made for two threads at once."""


class Stood(Value):
    """How a unit stands in one of the rankings."""

    score: float | None
    place: int | None
    tier: str


class Tried(Value):
    """A unit in the new ranking, and how it stands in the old one."""

    unit: AskedUnit
    now: Stood
    was: Stood

    @property
    def gained(self) -> int | None:
        """How many places it gains; below 0 it loses some."""
        if self.was.place is None or self.now.place is None:
            return None
        return self.was.place - self.now.place

    @property
    def lost(self) -> int:
        """How many places it loses, if it does."""
        return -(self.gained or 0)

    @property
    def change(self) -> float | None:
        """How much its score changes."""
        if self.was.score is None or self.now.score is None:
            return None
        return round(self.now.score - self.was.score, 9)


class TriedGroup(Value):
    """A group in the new ranking, the best first."""

    name: Text
    rows: tuple[Tried, ...]


class Sheet(Value):
    """What can be typed, with what was typed, and what came of it.

    `weights` are the dimensions that are shown, `all_weights` all that could be; `moved` is how many units
    have another place; `wrong` says what is wrong beside the faults of fields.
    """

    weights: tuple[Part, ...]
    all_weights: tuple[Part, ...]
    figures: tuple[Part, ...]
    groups: tuple[TriedGroup, ...] = ()
    findings: tuple[Finding, ...] = ()
    wrong: Text | None = None
    is_faulty: bool = False
    is_idle: bool = False

    @property
    def moved(self) -> int:
        """How many units have another place than before."""
        return sum(bool(row.gained) for group in self.groups for row in group.rows)


def sheet_of(
    person: Person, run: KeptRun, typed: Mapping[str, str], *, dimension: str, unit: int, compute: bool
) -> Sheet:
    """Return what can be typed of a run: weights below the root and `dimension`, and figures of `unit`.

    Where something else was changed before, it is shown as well, so that nothing typed is lost. With
    `compute`, and no fault in what was typed, the new ranking stands beside the old one.

    Raises:
        FindingsError: a file of the run was changed.
    """
    result = result_of(run)
    assert result.book is not None  # noqa: S101  it is the result of a book
    units = list(AskedUnit.objects.visible_to(person).filter(round=run.round_id).select_related("unit"))
    named = {name.partition(".")[2] for name in typed if name.startswith("f")} | {str(unit)}
    with _ONE_AT_A_TIME:
        laid = laid_out(result.book, run.round.period)
        weights = weights_of(laid.scheme, typed)
        wanted = [each for each in units if str(each.pk) in named]
        figures = figures_of(laid.scheme, laid.grid, wanted, typed)
        shown = {"", dimension, laid.scheme.root.code}
        sheet = Sheet(
            weights=tuple(part for part in weights if part.key in shown or part.is_changed),
            all_weights=weights,
            figures=tuple(part for part in figures if part.key == str(unit) or part.is_changed),
        )
        fields = [field for part in (*weights, *figures) for field in part.fields]
        faults = any(field.fault for field in fields)
        if not compute or faults:
            return replace(sheet, is_faulty=faults)
        off = tuple(sums_that_are_off(laid.scheme, weights))
        if off:
            return replace(sheet, findings=off, is_faulty=True)
        question = Question(
            weight={field.at: field.written for field in _changed(weights)},
            set={field.at: field.written for field in _changed(figures)},
        )
        if not question.weight and not question.set:
            return replace(sheet, is_idle=True)
        try:
            found = rankings_if(question, result.book, round=run.round.period)
        except FindingsError as refusal:
            return replace(sheet, findings=refusal.findings, is_faulty=True)
        except QuanhengError as error:
            return replace(sheet, wrong=Text(zh=error.text("zh"), en=error.text("en")), is_faulty=True)
    was = {row["unit"]: _stood(row) for row in found.before.iter_rows(named=True)}
    by_code = {str(each.unit_id): each for each in units}
    names = {group.code: group.name for group in laid.scheme.groups}
    rows: dict[str, list[Tried]] = {}
    for row in found.after.iter_rows(named=True):
        tried = Tried(unit=by_code[row["unit"]], now=_stood(row), was=was[row["unit"]])
        rows.setdefault("" if laid.scheme.ranks_all else row["group"], []).append(tried)
    groups = tuple(
        TriedGroup(name=names[code] if len(rows) > 1 else Text(), rows=tuple(own))
        for code, own in rows.items()
    )
    return replace(sheet, groups=groups, findings=found.findings)


def _changed(parts: Sequence[Part]) -> list[Typed]:
    return [field for part in parts for field in part.fields if field.is_changed]


def _stood(row: Mapping[str, Any]) -> Stood:
    return Stood(score=row["score"], place=row["place"], tier=row["tier"] or "")
