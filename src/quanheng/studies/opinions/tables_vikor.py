"""The tables of VIKOR: its two conditions, its regrets and its compromise set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quanheng.findings.text import Text
from quanheng.studies.columns import GROUP, NAME, NUMBER, TEXT, TRUTH, UNIT, WHOLE, Columns, table
from quanheng.studies.opinions.opinion import Opinions
from quanheng.studies.study import Table

_DECIMALS: Final = 9


def conditions_of(groups: Sequence[Opinions]) -> Table:
    """Return whether VIKOR's two conditions hold, one row a group."""
    columns: Columns = {
        "group": GROUP,
        "first": (TEXT, Text(en="The unit with the least Q.", zh="Q最小的单位。")),
        "advantage": (
            NUMBER,
            Text(en="How far the second lies behind it in Q.", zh="Q的优势：与第二名之差。"),
        ),
        "needed": (NUMBER, Text(en="What it has to be at least: 1/(n − 1).", zh="所需优势：1/(n − 1)。")),
        "has_advantage": (TRUTH, Text(en="Condition 1, acceptable advantage.", zh="条件一：优势可接受。")),
        "is_stable": (
            TRUTH,
            Text(en="Condition 2: the first is also best by S or by R.", zh="条件二：按S或R也是第一。"),
        ),
        "compromise": (WHOLE, Text(en="Units in the compromise set.", zh="折中解的单位数。")),
    }
    rows = [
        (
            each.decision.group.code,
            each.decision.units[int(each.compromise.members[0])],
            round(each.compromise.advantage, _DECIMALS),
            round(each.compromise.needed, _DECIMALS),
            each.compromise.has_advantage,
            each.compromise.is_stable,
            int(each.compromise.members.size),
        )
        for each in groups
        if each.compromise is not None
    ]
    return table(
        "vikor_conditions", Text(en="VIKOR: the two conditions", zh="VIKOR：两个条件"), columns, rows
    )


def regrets_of(groups: Sequence[Opinions]) -> Table:
    """Return S, R and Q of every unit, the best first, and who is in the compromise set."""
    columns: Columns = {
        "group": GROUP,
        "unit": UNIT,
        "name": NAME,
        "place": (WHOLE, Text(en="The place by Q.", zh="按Q的位次。")),
        "q": (NUMBER, Text(en="The compromise, less is better.", zh="Q：越小越好。")),
        "s": (NUMBER, Text(en="The regret over all criteria.", zh="S：群体效用。")),
        "r": (NUMBER, Text(en="The greatest regret of one criterion.", zh="R：个别遗憾。")),
        "in_set": (TRUTH, Text(en="Whether it belongs to the compromise set.", zh="是否属于折中解。")),
    }
    return table(
        "vikor",
        Text(en="VIKOR: regrets and compromise set", zh="VIKOR：S、R、Q与折中解"),
        columns,
        _regrets(groups),
    )


def _regrets(groups: Sequence[Opinions]) -> Iterator[tuple[object, ...]]:
    for each in groups:
        found = each.compromise
        if found is None:
            continue
        members = set(found.members.tolist())
        places = next(opinion.places for opinion in each.opinions if opinion.name == "vikor")
        for at in sorted(range(len(places)), key=lambda at: (int(places[at]), at)):
            numbers = (found.q[at], found.regret[at], found.worst[at])
            yield (
                each.decision.group.code,
                each.decision.units[at],
                each.decision.names[at],
                int(places[at]),
                *[round(float(number), _DECIMALS) for number in numbers],
                at in members,
            )
