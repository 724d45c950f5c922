"""如果……会怎样: a round scored with some things otherwise; who moves, how far, and by which of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.stages.places.places import in_order
from quanheng.findings.finding import Finding, FindingsError, Kind, has_errors
from quanheng.findings.text import Text
from quanheng.periods.period import parse_period
from quanheng.scheme.tree.rounds import round_named
from quanheng.scheme.tree.scheme import Scheme
from quanheng.studies.compare.charts import charts_of
from quanheng.studies.compare.divide import divided_values
from quanheng.studies.compare.sentences import most_moved, sentences_of
from quanheng.studies.compare.tables import (
    Counted,
    Found,
    causes_table,
    groups_in,
    moves_table,
    overall_table,
)
from quanheng.studies.study import Study, Table
from quanheng.studies.variants.mixtures import Outcome
from quanheng.studies.variants.passes import MIXTURE
from quanheng.studies.whatif.changes import KINDS, Change, NewFigure, NewWeights
from quanheng.studies.whatif.form import WhatIfForm
from quanheng.studies.whatif.game import Game, players_of
from quanheng.studies.whatif.question import Question, changes_of

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.data.book.frames import Frame

CANNOT_BE_SCORED: Final = Kind(
    code="QH761",
    severity="error",
    en="with these changes the book cannot be scored; its errors follow ({count})",
    zh="作这些改动后考核册无法计分，其错误列于其后（{count}个）",
    hint_en="change something else beside them, as a target for a new rule",
    hint_zh="请同时作其他改动，例如为新规则设定目标",
)
NOT_SOUND_BEFORE: Final = Kind(
    code="QH762",
    severity="warning",
    en="as it is, the book cannot be scored ({count} errors): gaps in it have their weight shared out here",
    zh="考核册现状无法计分（{count}个错误）：用来比较的现状中，缺数处权重已分摊",
    hint_en="'quanheng score BOOK' lists the errors",
    hint_zh="可用 quanheng score 考核册 查看错误",
)
CHANGES_NOTHING: Final = Kind(
    code="QH763",
    severity="warning",
    en="{changes}: no figure, target or weight of the round is another one by that",
    zh="{changes}：本期的数据、目标和权重都没有因此而不同",
    hint_en="of a cumulative item the latest period counts; without a period the round's figure is set",
    hint_zh="累计数据只取最后一期；不写期间则直接设定本期数值",
)
TOGETHER_BY_KIND: Final = Kind(
    code="QH764",
    severity="note",
    en="{count} changes are told by kind: more than {most} are not told apart one by one",
    zh="{count}项改动按类别说明：超过{most}项时不逐项拆分",
    hint_en="ask for fewer at once to have them apart",
    hint_zh="如需逐项拆分，请减少改动",
)
WEIGHTS_WERE_COMPUTED: Final = Kind(
    code="QH765",
    severity="note",
    en="the weights below {nodes} are computed; for this question they are the stated ones, siblings weigh 1",
    zh="{nodes}之下的权重由方法算出；此处改用给定的权重，未给定的各为1",
    hint_en="state the weights of all children",
    hint_zh="请写明全部下级的权重",
)


def answer_to(
    question: Question,
    book: Book,
    *,
    round: str | None = None,  # noqa: A002  the word of the language
    other: Book | None = None,
    units: Sequence[str] = (),
) -> Study:
    """Return who moves, how far and why, if in a round of `book` things are as `question` says.

    `other` is the same book read by another scheme, if one is asked about. `units` are codes of those that
    are told about alone; by default the three that move most.

    Raises:
        FindingsError: with the changes the book cannot be scored; or a figure or rule is none.
        UsageError: a name is unknown, or nothing is asked.
    """
    period = round_named(book.scheme, round)
    changes = changes_of(question, book, book.scheme, other=None if other is None else other.scheme)
    game = Game(book=book, round=str(parse_period(period)), players=players_of(changes), other=other)
    outcome = game.outcome()
    last = str((1 << len(game.players)) - 1)
    after = outcome.findings[last]
    if has_errors(after):
        errors = [finding for finding in after if finding.severity == "error"]
        raise FindingsError((CANNOT_BE_SCORED.at(count=len(errors)), *errors))
    found = _found(game, outcome)
    told = (*_notes(game, outcome, changes), *_new(after, outcome.findings["0"]))
    settings = _settings(question, period, other)
    return _study(found, changes, settings=settings, units=units, findings=told)


def _found(game: Game, outcome: Outcome) -> Found:
    rows = outcome.rows.with_columns(nw.col(MIXTURE).cast(nw.Int64()))
    last = (1 << len(game.players)) - 1
    scheme = game.scheme_after
    sides = [rows.filter(nw.col(MIXTURE) == number) for number in (0, last)]
    names = game.book.units.select(c.UNIT, nw.coalesce(c.NAME, c.UNIT))
    rankings = [in_order(side.join(names, on=c.UNIT, how="left"), scheme) for side in sides]
    totals = [dict(ranking.select(c.UNIT, "score").rows()) for ranking in rankings]
    units = tuple(
        str(unit)
        for unit in rankings[1][c.UNIT].to_list()
        if totals[1][unit] is not None and totals[0].get(unit) is not None
    )
    keys, labels = _players(game)
    divided = divided_values(
        rows, units, keys, rounded=[scheme.rounding.total, game.scheme_before.rounding.total]
    )
    return Found(
        rankings=(rankings[0], rankings[1]),
        groups=groups_in(game.scheme_before, scheme),
        names=labels,
        counted=(_counted(rankings[0]), _counted(rankings[1])),
        divided=divided,
    )


def _players(game: Game) -> tuple[tuple[str, ...], dict[str, Text]]:
    """Return the codes of the players and what each is called."""
    labels: dict[str, Text] = {}
    for player in game.players:
        if len(player) == 1:
            labels[player[0].key] = player[0].called
        else:
            labels[player[0].kind] = KINDS[player[0].kind]
    return tuple(labels), {**labels, "together": Text(en="all together", zh="各项合计（无法拆分）")}


def _counted(ranking: Frame) -> Counted:
    codes = [str(unit) for unit in ranking[c.UNIT].to_list()]
    return Counted(
        scores=dict(zip(codes, ranking["score"].to_list(), strict=True)),
        places=dict(zip(codes, ranking[c.PLACE].to_list(), strict=True)),
        tiers=dict(zip(codes, ranking[c.TIER].to_list(), strict=True)),
    )


def _study(
    found: Found,
    changes: Sequence[Change],
    *,
    settings: WhatIfForm,
    units: Sequence[str],
    findings: tuple[Finding, ...],
) -> Study:
    moves, causes = moves_table(found), causes_table(found)
    overall = overall_table(causes)
    everyone = moves.rows.rows(named=True)
    movers = [row["unit"] for row in everyone if _moves(row)]
    rows, reasons = (table.rows.rows(named=True) for table in (moves, causes))
    sides = (Text(en="now", zh="现状"), Text(en="then", zh="改动后"))
    wanted = list(units) or most_moved(rows)
    of_units = {unit: tuple(sentences_of(found, rows, reasons, (unit,), sides))[-1] for unit in wanted}
    general = [_asked(changes), *_tiers(rows), *sentences_of(found, rows, reasons, (), sides)]
    return Study(
        name="whatif",
        title=Text(en="What if", zh="如果"),
        settings=settings,
        sentences=(*general, *of_units.values()),
        tables=(_of_units(moves, movers), _of_units(_that_matter(causes), movers), overall),
        charts=tuple(charts_of(found, rows, reasons, overall.rows.rows(named=True), of_units, sides)),
        findings=findings,
    )


def _moves(row: Mapping[str, Any]) -> bool:
    return bool(row["change"] or row["places_gained"] or row["tier_before"] != row["tier_after"])


def _of_units(table: Table, units: Sequence[str]) -> Table:
    return replace(table, rows=table.rows.filter(nw.col(c.UNIT).is_in(list(units))))


def _that_matter(causes: Table) -> Table:
    """Return the causes without those that do nothing to a unit."""
    does = (nw.col("change") != 0) | (nw.col("places") != 0).fill_null(value=False)
    return replace(causes, rows=causes.rows.filter(does))


def _asked(changes: Sequence[Change]) -> Text:
    en = "; ".join(change.called.en for change in changes)
    zh = "；".join(change.called.zh for change in changes)
    return Text(en=f"If: {en}.", zh=f"如果：{zh}。")


def _tiers(rows: Sequence[Mapping[str, Any]]) -> Iterator[Text]:
    moved = [row for row in rows if row["tier_before"] != row["tier_after"]]
    if moved:
        told = [_of_tier(row) for row in moved[:_SHOWN]]
        more = len(moved) > _SHOWN
        yield Text(
            en=f"{len(moved)} change their tier: {', '.join(told)}{' …' if more else ''}.",
            zh=f"{len(moved)}个单位等次改变：{'、'.join(told)}{'等' if more else ''}。",
        )


def _of_tier(row: Mapping[str, Any]) -> str:
    return f"{row['name']} {row['tier_before'] or '—'} → {row['tier_after'] or '—'}"


_SHOWN: Final = 5


def _notes(game: Game, outcome: Outcome, changes: Sequence[Change]) -> Iterator[Finding]:
    errors = [finding for finding in outcome.findings["0"] if finding.severity == "error"]
    if errors:
        yield NOT_SOUND_BEFORE.at(count=len(errors))
    if len(game.players) < len(changes):
        yield TOGETHER_BY_KIND.at(count=len(changes), most=len(game.players))
    idle = [change.called for change in changes if isinstance(change, NewFigure) and game.is_idle(change)]
    if idle:
        en, zh = "; ".join(text.en for text in idle), "；".join(text.zh for text in idle)
        yield CHANGES_NOTHING.at(changes=Text(en=en, zh=zh))
    computed = _computed(game.scheme_before, changes)
    if computed:
        yield WEIGHTS_WERE_COMPUTED.at(nodes=", ".join(computed))


def _computed(scheme: Scheme, changes: Sequence[Change]) -> list[str]:
    weighed = {code for change in changes if isinstance(change, NewWeights) for code in change.weights}
    return [
        dimension.code
        for dimension in scheme.dimensions
        if not dimension.method.is_stated and any(child.code in weighed for child in dimension.children)
    ]


def _new(after: Sequence[Finding], before: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what is told of the book only with the changes."""
    known = {(finding.code, finding.text("en")) for finding in before}
    yield from (finding for finding in after if (finding.code, finding.text("en")) not in known)


def _settings(question: Question, period: str, other: Book | None) -> WhatIfForm:
    def plain(of: Mapping[Any, Any]) -> dict[str, Any]:
        return {at if isinstance(at, str) else "@".join(at): value for at, value in of.items()}

    return WhatIfForm(
        round=period,
        set=plain(question.set),
        weight=plain(question.weight),
        without=tuple(question.without),
        rule=plain(question.rule),
        target=plain(question.target),
        scheme=None if other is None else other.scheme.id,
    )
