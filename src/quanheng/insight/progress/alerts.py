"""升级预警: what a unit is told of, the gravest first. Lights, repeated lights, missing reports, records.

A light that stays the same so many times in a row as the pace's `repeat` says is raised (升级), and so is a
report that stayed away so often. Overdue records are told of by ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from quanheng.data.book.frames import Frame
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.insight.progress.lights import BAD
from quanheng.insight.progress.progress import Progress
from quanheng.scheme.pace.pace import Pace


class Level(Value):
    """How grave an alert is: a mark of its own, and a word."""

    mark: str
    word: Text

    def in_words(self, language: Language) -> str:
        """Return the mark and the word."""
        return f"{self.mark} {self.word.in_language(language)}"


LEVELS: Final[Mapping[str, Level]] = {
    "raised": Level(mark="‼", word=Text(en="raised", zh="升级督办")),
    "red": Level(mark="■", word=Text(en="alarm", zh="告警")),
    "missing": Level(mark="○", word=Text(en="not reported", zh="未报送")),
    "overdue": Level(mark="×", word=Text(en="overdue", zh="逾期")),
    "yellow": Level(mark="▲", word=Text(en="behind", zh="预警")),
    "due_soon": Level(mark="◔", word=Text(en="due soon", zh="临期")),
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


class Tally(Value):
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
    words = [level.word.in_language(language) for level in LEVELS.values()]
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
    unreported = Text(zh="未报送", en=" is not reported").in_language(language)
    again = _again(nw.col("times"), language)
    text = nw.concat_str(
        nw.col("period"), nw.lit(unreported), nw.when(nw.col("times") > 1).then(again).otherwise(nw.lit(""))
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
        "overdue": Text(en="records overdue: {}", zh="{}件逾期"),
        "due_soon": Text(en="records due soon: {}", zh="{}件即将到期"),
    }
    parts = []
    for level, text in said.items():
        before, after = text.in_language(language).split("{}")
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
    before, after = Text(zh="（连续{}次）", en=" ({} in a row)").in_language(language).split("{}")
    return nw.concat_str(nw.lit(before), times.cast(nw.String()), nw.lit(after))
