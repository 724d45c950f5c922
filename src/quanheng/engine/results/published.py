"""What was published stands: results in the history, and where one computed anew differs from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.data.book.frames import Frame

DIFFERING: Final = ("unit", "score_published", "place_published", "score", "place")
_SHOWN: Final = 3
_FEWEST, _MOST = 2, 9
"""Decimals that published scores are taken to have: as many as they show, within these."""
_NOISE: Final = 1e-9


def published_in(book: Book, round: str) -> Frame | None:  # noqa: A002 - the word of the language
    """Return unit, score and place of the published result of `round`; None if the history has none."""
    rows = book.history.filter(nw.col("round") == round).select(c.UNIT, "score", "place")
    return rows if len(rows) else None


def differing(published: Frame, computed: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """Return the units whose score or place, computed anew, is not the published one (`DIFFERING`).

    Scores are compared at the decimals that the published ones have, two at least. A unit that only one of
    them has is no difference, and neither is a place that was not published.

    Examples:
        >>> import polars as pl
        >>> past = pl.DataFrame({"unit": ["A", "B"], "score": [80.13, 85.0], "place": [2, 1]})
        >>> now = pl.DataFrame({"unit": ["A", "B"], "score": [80.1251, 88.0], "place": [2, 1]})
        >>> differing(nw.from_native(past), nw.from_native(now)).rows()
        [('B', 85.0, 1, 88.0, 1)]
    """
    past = published.select(
        nw.col(c.UNIT),
        nw.col("score").alias("score_published"),
        nw.col("place").cast(nw.Int64()).alias("place_published"),
    )
    both = past.join(
        computed.select(c.UNIT, nw.col("score").cast(nw.Float64()), nw.col("place").cast(nw.Int64())),
        on=c.UNIT,
        how="inner",
    )
    was, now = nw.col("score_published"), nw.col("score")
    step = 0.5 * 10.0 ** -_decimals(past["score_published"]) + _NOISE
    other_score = ((was - now).abs() > step).fill_null(value=False) | (was.is_null() != now.is_null())
    place, place_now = nw.col("place_published"), nw.col("place")
    other_place = (place != place_now).fill_null(value=False)
    return both.filter(other_score | other_place).select(*DIFFERING).sort(c.UNIT)


PUBLISHED_DIFFERS: Final = Kind(
    code="QH595",
    severity="warning",
    en="{round} was published; computed anew from the book as it is, {count} units differ: {units}",
    zh="{round}已公布；按考核册现在的数据重新计算，有{count}个单位不同：{units}",
    hint_en="what was published stands; see what was changed since, or publish it again with a reason",
    hint_zh="以已公布的为准；请查明此后改动了什么，确需更正的，注明原因重新公布",
)
NOT_COMPUTED_ANEW: Final = Kind(
    code="QH596",
    severity="note",
    en="{round} cannot be computed anew from the book as it is ({count} errors); what was published stands",
    zh="按考核册现在的内容无法重新计算{round}（{count}个错误）；以已公布的为准",
    hint_en="nothing; 'quanheng score BOOK --round {round}' lists the errors",
    hint_zh="无需处理；可用 quanheng score 考核册 --round {round} 查看错误",
)
ONLY_TOTALS: Final = Kind(
    code="QH597",
    severity="note",
    en="{round} is compared as it was published; it cannot be computed anew, so the causes are not known",
    zh="{round}按已公布的结果比较；因无法重新计算，不能说明升降原因",
    hint_en="nothing, or report the figures of that round",
    hint_zh="无需处理；补报该期数据后可说明原因",
)


def tell_differing(
    round: str,  # noqa: A002 - the word of the language
    differences: nw.DataFrame[Any],
    names: Mapping[str, str],
) -> Iterator[Finding]:
    """Yield one QH595 with the first of the units that differ; `names` are those of units."""
    if len(differences):
        rows = list(differences.head(_SHOWN).iter_rows(named=True))
        more = len(differences) > _SHOWN
        told = [_told(row, names.get(row[c.UNIT]) or row[c.UNIT]) for row in rows]
        units = Text(
            en="; ".join(text.en for text in told) + ("; …" if more else ""),
            zh="；".join(text.zh for text in told) + ("……" if more else ""),
        )
        yield PUBLISHED_DIFFERS.at(round=round, count=len(differences), units=units)


def names_in(book: Book, differences: nw.DataFrame[Any]) -> Mapping[str, str]:
    """Return the names of the first of the units that differ."""
    codes = differences.head(_SHOWN)[c.UNIT].to_list()
    return dict(book.units.filter(nw.col(c.UNIT).is_in(codes)).select(c.UNIT, c.NAME).rows())


def _told(row: Mapping[str, Any], name: str) -> Text:
    was, now = _number(row["score_published"]), _number(row["score"])
    place, place_now = row["place_published"], row["place"]
    if place is None or place_now is None:
        return Text(en=f"{name} {was} → {now}", zh=f"{name} {was} → {now}")
    return Text(
        en=f"{name} {was} (place {place}) → {now} (place {place_now})",
        zh=f"{name} {was}（第{place}位）→ {now}（第{place_now}位）",
    )


def _number(score: float | None) -> str:
    return "—" if score is None else f"{round(score, 4):g}"


def _decimals(scores: nw.Series[Any]) -> int:
    """Return how many decimals `scores` have, within what published ones are taken to have."""
    known = scores.drop_nulls()
    for decimals in range(_FEWEST, _MOST):
        if not bool(((known - known.round(decimals)).abs() > _NOISE).any()):
            return decimals
    return _MOST
