"""How a ranking is shown: a table a group, then the awards, then where it all lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from quanheng.cli.parameters import MOST_ROWS
from quanheng.cli.show import Column, Screen, number
from quanheng.findings.text import Text

if TYPE_CHECKING:
    from quanheng.engine.results.result import Result
    from quanheng.engine.stages.reviews.fold import HeldReviews
    from quanheng.usecase.results.assess import Assessment

"""More rows of a group than a person reads in a terminal are left to the files."""
_MOST_GAPS: Final = 10
"""More indicators with gaps than a line tells are in result.json."""
_DECIMALS: Final = 4
"""What is shown of a score that the scheme does not round."""


def show_assessment(assessment: Assessment, screen: Screen) -> None:
    """Print the ranking of each group, the awards, the findings beside them, and where the files are."""
    show_ranking(assessment.result, screen)
    show_rest(assessment, screen)


def show_ranking(result: Result, screen: Screen) -> None:
    """Print the ranking of each group and the awards, for which nothing need be written yet."""
    if screen.json:
        return
    printed = result.scheme.rounding.shown_total
    decimals = _DECIMALS if printed is None else printed
    ranking = result.ranking.rows(named=True)
    as_of = None if result.book is None else result.book.as_of
    known = screen.choose(Text(en=f", as known on {as_of}", zh=f"（截至 {as_of} 已知）"))
    title = f"{result.scheme.title.in_language(screen.language)}  {result.round}"
    screen.text(f"{title}{'' if as_of is None else known}\n")
    if result.held is not None:
        _say_folded(result.held, screen)
    _say_missing(result, screen)
    unranked = result.scheme.unranked.in_language(screen.language) or "—"
    if result.scheme.ranks_all:
        names = {each.code: each.name.in_language(screen.language) for each in result.scheme.groups}
        _show_group(ranking, "", decimals, screen, names, unranked=unranked)
    for group in () if result.scheme.ranks_all else result.scheme.groups:
        rows = [row for row in ranking if row["group"] == group.code]
        if rows:
            title = group.name.in_language(screen.language) if len(result.scheme.groups) > 1 else ""
            _show_group(rows, title, decimals, screen, unranked=unranked)
    awards = result.awards.rows(named=True)
    if awards:
        _show_awards(awards, screen)


def show_rest(assessment: Assessment, screen: Screen) -> None:
    """Print the findings, where the files are, and to a program all in one."""
    result = assessment.result
    as_of = None if result.book is None else result.book.as_of
    screen.findings(assessment.findings, answer=False)
    screen.say(Text(en=f"The result lies in {assessment.folder}", zh=f"结果位于 {assessment.folder}"))
    screen.record(
        {
            "scheme": result.scheme.id,
            "round": result.round,
            "as_of": None if as_of is None else as_of.isoformat(),
            "engine": result.engine.name,
            "folder": str(assessment.folder),
            "ranking": result.ranking.rows(named=True),
            "awards": result.awards.rows(named=True),
            "reviews": [] if result.reviews is None else result.reviews.rows(named=True),
            "missing": result.missing.as_record(),
            "findings": [finding.as_record(screen.language) for finding in assessment.findings],
        }
    )


def _say_missing(result: Result, screen: Screen) -> None:
    """Print what was not reported and what became of its weight."""
    missing = result.missing
    told = [gap.text() for gap in missing.gaps[:_MOST_GAPS]]
    if not told:
        return
    warning = missing.text()
    if warning is not None:
        screen.say(warning)
    left = len(missing.gaps) - len(told)
    more = Text(en=f"; and {left} more", zh=f"；另有 {left} 项") if left else Text()
    screen.say(
        Text(
            en=f"Missing: {'; '.join(text.en for text in told)}{more.en}\n",
            zh=f"缺项：{'；'.join(text.zh for text in told)}{more.zh}\n",
        )
    )


def _say_folded(held: HeldReviews, screen: Screen) -> None:
    each = held.fold.each
    named = [f"{of} ({_share(held.fold.weight_of(of))})" if each else of for of in held.rounds]
    shares = (_share(held.fold.year), _share(held.fold.reviews), ", ".join(named) or "—")
    screen.say(
        Text(
            en="{} of a total is the year's own, {} the mean of its reviews: {}\n".format(*shares),
            zh="总分中全年自身得分占{}，季季评平均占{}：{}\n".format(*shares),
        ),
    )


def _share(part: float) -> str:
    return f"{100.0 * part:.12g}%"


def _show_group(
    rows: Sequence[Mapping[str, Any]],
    title: str,
    decimals: int,
    screen: Screen,
    groups: Mapping[str, str] | None = None,
    *,
    unranked: str,
) -> None:
    """Print a ranking; where it is of several groups, with the names of `groups`.

    `unranked` stands in the place of a place.
    """
    with_tiers = any(row["tier"] for row in rows)
    columns = [
        Column(heading=Text(en="place", zh="位次"), number=True),
        Column(heading=Text(en="unit", zh="单位")),
        Column(heading=Text(en="name", zh="名称")),
        Column(heading=Text(en="score", zh="得分"), number=True),
    ]
    if with_tiers:
        columns.append(Column(heading=Text(en="tier", zh="等次")))
    if groups is not None:
        columns.append(Column(heading=Text(en="group", zh="分组")))
    cells = [
        (str(row["place"] or unranked), row["unit"], row["name"] or "", number(row["score"], decimals))
        + ((row["tier"] or "",) if with_tiers else ())
        + (() if groups is None else (groups.get(row["group"]) or row["group"],))
        for row in rows[:MOST_ROWS]
    ]
    screen.table(columns, cells, title=title)
    if len(rows) > MOST_ROWS:
        left = len(rows) - MOST_ROWS
        screen.say(Text(en=f"… and {left} more, in scores.csv", zh=f"……另有 {left} 个单位，见 scores.csv"))
    screen.text("")


def _show_awards(awards: Sequence[Mapping[str, Any]], screen: Screen) -> None:
    columns = (
        Column(heading=Text(en="award", zh="奖项")),
        Column(heading=Text(en="unit", zh="单位")),
        Column(heading=Text(en="recipient", zh="获奖者")),
    )
    rows = [(row["award"], row["name"] or row["unit"], _person(row)) for row in awards[:MOST_ROWS]]
    screen.table(columns, rows, title=screen.choose(Text(en="Awards", zh="奖项")))
    screen.text("")


def _person(award: Mapping[str, Any]) -> str:
    """Return the person honoured, and nothing where it is the unit itself."""
    recipient = award["recipient"] or ""
    return "" if recipient in (award["name"], award["unit"]) else str(recipient)
