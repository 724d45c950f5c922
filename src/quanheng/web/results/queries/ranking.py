"""A run as a ranking, with what moved since another one."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.people import Person
from quanheng.web.library.reading import scheme_of
from quanheng.web.results.models import KeptRun, Score


class Ranked(Value):
    """A unit in the ranking; `before` is how it stood in the run that is compared with, if it did."""

    now: Score
    before: Score | None = None

    @property
    def gained(self) -> int | None:
        """How many places it gained; below 0 it lost some."""
        if self.before is None or self.before.place is None or self.now.place is None:
            return None
        return self.before.place - self.now.place

    @property
    def lost(self) -> int:
        """How many places it lost, if it did."""
        return -(self.gained or 0)

    @property
    def change(self) -> float | None:
        """How much its score changed."""
        if self.before is None or self.before.score is None or self.now.score is None:
            return None
        return round(self.now.score - self.before.score, 9)


class Group(Value):
    """A group of a ranking, its units the best first."""

    name: Text
    rows: tuple[Ranked, ...]


def ranking_of(person: Person, run: KeptRun, before: KeptRun | None = None) -> tuple[Group, ...]:
    """Return the ranking of a run as far as `person` may see it, group by group."""
    scores = Score.objects.visible_to(person).filter(run=run, level=0).select_related("unit__unit")
    past: dict[int, Score] = {}
    if before is not None:
        roots = Score.objects.visible_to(person).filter(run=before, level=0)
        past = {score.unit_id: score for score in roots}
    rows: dict[str, list[Ranked]] = {}
    for score in scores:
        rows.setdefault(score.unit.group, []).append(Ranked(now=score, before=past.get(score.unit_id)))
    names = {group.code: group.name for group in scheme_of(run.scheme.text).groups}
    return tuple(
        Group(name=names.get(code, Text(zh=code)) if len(names) > 1 else Text(), rows=tuple(own))
        for code, own in rows.items()
    )


def run_before(person: Person, run: KeptRun) -> KeptRun | None:
    """Return the run of the same round before `run` that has scores, taken alike; None if there is none."""
    runs = KeptRun.objects.visible_to(person).filter(round=run.round_id, number__lt=run.number, state="ended")
    return runs.filter(is_preview=run.is_preview).order_by("-number").first()
