"""The charts of a study of opinions: agreement of methods, and the places of the units most disputed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quanheng.findings.text import Text
from quanheng.studies.charts.chart import Chart
from quanheng.studies.charts.kinds import heat_map, place_map
from quanheng.studies.charts.labels import labels_of
from quanheng.studies.opinions.opinion import Opinions
from quanheng.studies.opinions.tables import most_disputed


def charts_of(groups: Sequence[Opinions], most: int) -> tuple[Chart, ...]:
    """Return the charts, two a group."""
    return tuple(chart for each in groups for chart in _of_group(each, len(groups) > 1, most))


def _of_group(each: Opinions, named: bool, most: int) -> Iterator[Chart]:  # noqa: FBT001  whether groups are told apart
    if len(each.opinions) == 1:
        return
    group = each.decision.group
    end = f"_{group.code}" if named else ""
    en, zh = (
        (f", {group.name.in_language('en')}", f"（{group.name.in_language('zh')}）") if named else ("", "")
    )
    titles = {opinion.name: opinion.title for opinion in each.opinions}
    agreements = each.agreements()
    w = each.concordance
    yield Chart(
        name=f"agreement{end}",
        title=Text(en=f"Agreement of methods{en}", zh=f"方法之间的一致程度{zh}"),
        sentence=Text(en="Nobody is told apart.", zh="分不出高下。")
        if w is None
        else Text(
            en=f"Spearman's correlation; Kendall's W of all is {w:.3f}.",
            zh=f"斯皮尔曼相关；总体肯德尔W为{w:.3f}。",
        ),
        definition=heat_map(
            [
                {"row": titles[one], "column": titles[two], "value": value}
                for one in titles
                for two in titles
                if (value := agreements[one, two]) is not None
            ],
            Text(en="Spearman", zh="斯皮尔曼"),
            diverging=True,
        ),
    )
    disputed, names = most_disputed(each, most), labels_of(each.decision.names, each.decision.units)
    if disputed:
        yield Chart(
            name=f"places{end}",
            title=Text(en=f"Places by method{en}", zh=f"各方法的位次{zh}"),
            sentence=Text(
                en=f"The {len(disputed)} of {len(each.decision.units)} units on which they disagree most.",
                zh=f"{len(each.decision.units)}个单位中分歧最大的{len(disputed)}个。",
            ),
            definition=place_map(
                [
                    {
                        "row": names[at],
                        "column": opinion.title,
                        "value": int(opinion.places[at]),
                    }
                    for at in disputed
                    for opinion in each.opinions
                ],
                Text(en="place", zh="位次"),
                last=len(each.decision.units),
            ),
        )
