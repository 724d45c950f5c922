"""升级预警: what a unit is told of, the gravest first. Lights, repeated lights, missing reports, records.

A light that stays the same so many times in a row as the pace's `repeat` says is raised (升级), and so is a
report that stayed away so often. Overdue records are told of by ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import narwhals as nw

from quanheng.data.frames import Frame
from quanheng.findings.text import Language
from quanheng.insight.lights import BAD
from quanheng.insight.progress import Progress
from quanheng.scheme.pace import Pace

LEVELS: Final[Mapping[str, tuple[str, str]]] = {
    "raised": ("‼ raised", "‼ 升级督办"),
    "red": ("■ alarm", "■ 告警"),
    "missing": ("○ not reported", "○ 未报送"),
    "overdue": ("× overdue", "× 逾期"),
    "yellow": ("▲ behind", "▲ 预警"),
    "due_soon": ("◔ due soon", "◔ 临期"),
}
"""The levels of an alert, the gravest first: each with a mark of its own and words."""
_FOUND: Final = (
    "unit",
    "name",
    "group",
    "level",
    "kind",
    "subject",
    "subject_name",
    "period",
    "times",
    "text",
)
ALERTS: Final = (*_FOUND[:4], "level_name", *_FOUND[4:])
"""The columns of the list: `kind` is light, report or records; `subject` an indicator, item or ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The records of a ledger on the day looked at: what it is called; unit, overdue, due_soon (counts)."""

    ledger: str
    name: str
    rows: Frame


def alerts_of(progress: Progress, language: Language, tallies: tuple[Tally, ...] = ()) -> Frame:
    """Return the alerts of all units (`ALERTS`): by unit in the book's order, the gravest first.

    `tallies` are the overdue and due-soon records by ledger, on the last day of the period.
    """
    units = progress.totals.select("unit", "name", "group")
    parts = [
        _of_lights(progress, language),
        _of_reports(progress, units, language),
        *(part for tally in tallies for part in _of_records(tally, units, progress, language)),
    ]
    found = nw.concat([part.select(*_FOUND) for part in parts], how="vertical")
    levels = list(LEVELS)
    rank = nw.col("level").replace_strict(levels, list(range(len(levels))), return_dtype=nw.Int64())
    words = [(zh if language == "zh" else en).partition(" ")[2] for en, zh in LEVELS.values()]
    word = nw.col("level").replace_strict(levels, words, return_dtype=nw.String())
    order = units.with_row_index("unit order").select("unit", "unit order")
    ranked = found.with_row_index("row").with_columns(rank.alias("rank"), word.alias("level_name"))
    return ranked.join(order, on="unit", how="left").sort("unit order", "rank", "row").select(*ALERTS)


def _of_lights(progress: Progress, language: Language) -> Frame:
    """Return an alert for every yellow and red light; raised where it is the same so many times in a row."""
    rows = progress.described(language).filter(nw.col("light").is_in(list(BAD)))
    raised = nw.col("times") >= nw.col("repeat")
    again = _again(nw.col("times"), language)
    text = nw.concat_str(nw.col("reason"), nw.when(nw.col("times") > 1).then(again).otherwise(nw.lit("")))
    return rows.with_columns(
        nw.when(raised).then(nw.lit("raised")).otherwise(nw.col("light")).alias("level"),
        nw.lit("light").alias("kind"),
        nw.col("indicator").alias("subject"),
        nw.col("indicator_name").alias("subject_name"),
        text.alias("text"),
    )


def _of_reports(progress: Progress, units: Frame, language: Language) -> Frame:
    """Return an alert for every report that is not in."""
    scheme = progress.scheme
    names = {item.code: item.name.in_language(language) or item.code for item in scheme.items}
    rows = progress.missing.join(units, on="unit", how="left")
    repeat = (scheme.pace or Pace()).repeat
    en = nw.concat_str(nw.col("period"), nw.lit(" is not reported"))
    zh = nw.concat_str(nw.col("period"), nw.lit("未报送"))
    again = _again(nw.col("times"), language)
    text = nw.concat_str(
        zh if language == "zh" else en, nw.when(nw.col("times") > 1).then(again).otherwise(nw.lit(""))
    )
    name = nw.col("item").replace_strict(list(names), list(names.values()), return_dtype=nw.String())
    raised = nw.when(nw.col("times") >= repeat).then(nw.lit("raised")).otherwise(nw.lit("missing"))
    return rows.with_columns(
        raised.alias("level"),
        nw.lit("report").alias("kind"),
        nw.col("item").alias("subject"),
        name.alias("subject_name"),
        text.alias("text"),
    )


def _of_records(tally: Tally, units: Frame, progress: Progress, language: Language) -> tuple[Frame, ...]:
    """Return the alerts of a ledger: of what is overdue, and of what is due soon."""
    said = {
        "overdue": ("records overdue: {}", "{}件逾期"),
        "due_soon": ("records due soon: {}", "{}件即将到期"),
    }
    parts = []
    for level, (en, zh) in said.items():
        before, after = (zh if language == "zh" else en).split("{}")
        count = nw.col(level).cast(nw.Int64())
        rows = tally.rows.filter(count > 0).join(units, on="unit", how="inner")
        parts.append(
            rows.with_columns(
                nw.lit(level).alias("level"),
                nw.lit("records").alias("kind"),
                nw.lit(tally.ledger).alias("subject"),
                nw.lit(tally.name).alias("subject_name"),
                nw.lit(progress.at.end.isoformat()).alias("period"),
                count.alias("times"),
                nw.concat_str(nw.lit(before), count.cast(nw.String()), nw.lit(after)).alias("text"),
            )
        )
    return tuple(parts)


def _again(times: nw.Expr, language: Language) -> nw.Expr:
    if language == "zh":
        return nw.concat_str(nw.lit("（连续"), times.cast(nw.String()), nw.lit("次）"))
    return nw.concat_str(nw.lit(" ("), times.cast(nw.String()), nw.lit(" in a row)"))
