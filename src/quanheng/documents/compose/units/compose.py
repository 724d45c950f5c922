"""From a result to the reports of its units: the table of contents of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quanheng.documents.blocks import Note
from quanheng.documents.compose.standings import called
from quanheng.documents.compose.units.ahead import alerts_part, needs_part
from quanheng.documents.compose.units.changes import changes_of
from quanheng.documents.compose.units.compared import effects_of, no_way, parts_of, way_to_score
from quanheng.documents.compose.units.origins import origins_of
from quanheng.documents.compose.units.peers import BEYOND, peers_of
from quanheng.documents.compose.units.report import Part, Section, UnitReport
from quanheng.documents.compose.units.standing import Standing, certain, keys_of, strip_of
from quanheng.documents.subject import Subject
from quanheng.engine.frame import columns as c
from quanheng.findings.text import Language, Text
from quanheng.insight.moves.sentences import cause_names
from quanheng.periods.period import parse_period
from quanheng.scheme.files.notation.writing import period_in_chinese
from quanheng.studies.balance.model.frozen import Pool

Row = Mapping[str, Any]
_HASH_SHOWN: Final = 16
_READERS: Final = {
    "unit": Text(zh="仅供本单位", en="for this unit alone"),
    "internal": Text(zh="内部使用", en="for the office"),
}


def unit_reports(
    subject: Subject,
    units: Sequence[str],
    language: Language,
    *,
    alerts: Mapping[str, Sequence[Row]] | None,
    trace: bool = False,
) -> Iterator[UnitReport]:
    """Yield the report of each of `units`, by code, one after the other.

    `alerts` are those at the end of the round by unit, None where the scheme has no pace; `trace` adds how
    each score came about.
    """
    ground = _Ground(subject, language)
    for unit in units:
        yield _report(ground, unit, None if alerts is None else alerts.get(unit, ()), trace=trace)


class _Ground:
    """What all reports of a run look at, worked out once."""

    def __init__(self, subject: Subject, language: Language) -> None:
        result = subject.result
        self.subject = subject
        self.language: Language = language
        self.pool = Pool(result.scheme, result.wide)
        self.rows = {str(row["unit"]): row for row in result.ranking.iter_rows(named=True)}
        nodes = result.scheme.nodes
        wanted = [c.UNIT, *BEYOND]
        wanted += [of(node.code) for node in nodes for of in (c.score, c.points, c.marks)]
        there = [name for name in dict.fromkeys(wanted) if name in result.wide.columns]
        self.wide = {str(row[c.UNIT]): row for row in result.wide.select(there).iter_rows(named=True)}
        self.peers = {peers.group.code: peers for peers in peers_of(result)}
        self.names = {
            code: {unit: called(row) for unit, row in self.rows.items() if row["group"] == code}
            for code in self.peers
        }
        self.moves: Mapping[str, Row] = {}
        self.causes: dict[str, list[Row]] = {}
        self.cause_names: Mapping[tuple[str, str], str] = {}
        if subject.moves is not None:
            self.moves = {str(row["unit"]): row for row in subject.moves.totals.iter_rows(named=True)}
            for row in subject.moves.causes.iter_rows(named=True):
                self.causes.setdefault(str(row["unit"]), []).append(row)
            self.cause_names = cause_names(subject.moves, language)


def _report(ground: _Ground, unit: str, alerts: Sequence[Row] | None, *, trace: bool) -> UnitReport:
    subject, language, row = ground.subject, ground.language, ground.rows[unit]
    scheme, peers = subject.result.scheme, ground.peers[row["group"]]
    standing = Standing(
        subject=subject, row=row, peers=peers, move=ground.moves.get(unit), names=ground.names[row["group"]]
    )
    return UnitReport(
        unit=unit,
        name=called(row),
        group=peers.group.name.in_language(language) or peers.group.code,
        title=scheme.title.in_language(language) or scheme.id,
        round=subject.result.round if language == "en" else period_in_chinese(subject.result.round),
        reader=_READERS[subject.audience].in_language(language),
        language=language,
        date=subject.words.date or parse_period(subject.result.round).end,
        origin=f"quanheng {str(subject.record.get('hash', ''))[:_HASH_SHOWN]}",
        keys=tuple(keys_of(standing, language)),
        pages=(
            tuple(_first(ground, standing, ground.wide[unit])),
            tuple(_second(ground, standing, alerts)),
        ),
        appendix=(origins_of(subject, unit, peers, language),) if trace else (),
    )


def _first(ground: _Ground, standing: Standing, own: Row) -> Iterator[Section]:
    """Yield the first page: where the unit stands, the way to its score, what it does well and badly."""
    subject, peers, language = ground.subject, standing.peers, ground.language
    lies = strip_of(standing, language)
    yield _section(
        Text(zh="所处位置", en="Where the unit stands"),
        (*((lies,) if lies else ()), *certain(standing, language)),
        language,
    )
    way = way_to_score(subject, own, peers, called(standing.row))
    yield _section(
        Text(zh="从组均到本单位得分", en="From the group's mean to the score"),
        (way or Note(text=no_way(own, peers).in_language(language)),),
        language,
    )
    if way is not None:
        heading = Text(zh="优势和短板", en="Strengths and weaknesses")
        yield _section(heading, tuple(effects_of(subject, own, peers, language)), language)


def _second(ground: _Ground, standing: Standing, alerts: Sequence[Row] | None) -> Iterator[Section]:
    """Yield the second page: what moved the unit, what warns it, what is needed next."""
    subject, language, unit = ground.subject, ground.language, standing.unit
    scores = parts_of(subject, ground.wide[unit], standing.peers, language)
    yield _section(Text(zh="各方面得分", en="Scores by dimension"), (scores,), language)
    changes = changes_of(subject, standing.move, ground.causes.get(unit, ()), ground.cause_names, language)
    yield _section(Text(zh="与上期相比", en="Since the last round"), tuple(changes), language)
    yield _section(
        Text(zh="期末预警", en="Alerts at the end of the round"),
        tuple(alerts_part(alerts, language)),
        language,
    )
    needs = needs_part(standing, ground.pool, subject.studies.needs, language)
    yield _section(Text(zh="下一位次和等次", en="The next place and tier"), tuple(needs), language)


def _section(heading: Text, parts: tuple[Part, ...], language: Language) -> Section:
    return Section(heading=heading.in_language(language), parts=parts)
