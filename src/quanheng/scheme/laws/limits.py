"""How large a scheme may be; looked at before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quanheng.findings.finding import Finding
from quanheng.findings.text import Text
from quanheng.scheme.document.document import Document, nodes_of
from quanheng.scheme.fields.findings import TOO_MANY
from quanheng.scheme.fields.lines import Locations, Path

MAX_INDICATORS: Final = 5_000
MAX_ITEMS: Final = 10_000
MAX_GROUPS: Final = 200
MAX_LEDGERS: Final = 200
MAX_CAMPAIGNS: Final = 200
MAX_PARTS: Final = 500
"""Fields or states a ledger may declare, milestones a campaign may have."""


def check_sizes(document: Document, locations: Locations) -> Iterator[Finding]:
    """Yield a QH212 where there are more parts of a sort than a scheme, a ledger or a campaign may have."""
    indicators = sum(not node.children for _, _, node in nodes_of(document))
    for key, count, limit, what in (
        ("indicators", indicators, MAX_INDICATORS, Text(en="indicators", zh="指标")),
        ("items", len(document.items), MAX_ITEMS, Text(en="items", zh="数据项")),
        ("groups", len(document.groups), MAX_GROUPS, Text(en="groups", zh="分组")),
        ("ledgers", len(document.ledgers), MAX_LEDGERS, Text(en="ledgers", zh="台账")),
        ("campaigns", len(document.campaigns), MAX_CAMPAIGNS, Text(en="campaigns", zh="专项行动")),
    ):
        if count > limit:
            yield TOO_MANY.at(locations.of(key), count=count, limit=limit, what=what)
    for path, count, what in _parts_of_ledgers(document):
        if count > MAX_PARTS:
            facts = {"count": count, "limit": MAX_PARTS, "what": what}
            yield TOO_MANY.at(locations.of(*path), **facts)


def _parts_of_ledgers(document: Document) -> Iterator[tuple[Path, int, Text]]:
    for code, ledger in document.ledgers.items():
        yield ("ledgers", code, "fields"), len(ledger.fields), Text(en="fields", zh="字段")
        if ledger.states is not None:
            moves = ledger.states.moves
            count = sum(map(len, moves.values()))
            yield ("ledgers", code, "states"), len(moves), Text(en="states", zh="状态")
            yield ("ledgers", code, "states"), count, Text(en="moves", zh="流转")
    for code, campaign in document.campaigns.items():
        yield (
            ("campaigns", code, "milestones"),
            len(campaign.milestones),
            Text(en="milestones", zh="阶段目标"),
        )
