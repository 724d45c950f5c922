"""What people call the nodes and items of a scheme: in Chinese by name, in English by code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from quanheng.findings.value import Value, field
from quanheng.scheme.items.item import Item
from quanheng.scheme.tree.scheme import Node, Scheme


class Names(Value):
    """The Chinese names of nodes and of items, by code; of names that are alike each has its code beside it.

    Examples:
        >>> Names().node("gdp"), Names(items={"gdp": "地区生产总值"}).item("gdp")
        ('gdp', '地区生产总值')
    """

    nodes: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)

    def node(self, code: str) -> str:
        """Return what the node is called; its code where it has no name."""
        return self.nodes.get(code, code)

    def item(self, code: str) -> str:
        """Return what the item is called; its code where it has no name."""
        return self.items.get(code, code)

    @property
    def in_formulas(self) -> Mapping[str, str]:
        """The names by the codes a formula may speak of: an item goes before a node."""
        return {**self.nodes, **self.items}


def names_of(scheme: Scheme) -> Names:
    """Return the names of the nodes and items of `scheme`."""
    return Names(nodes=_told_apart(scheme.nodes), items=_told_apart(scheme.items))


def _told_apart(named: Iterable[Node] | Iterable[Item]) -> Mapping[str, str]:
    names = {each.code: each.name.in_language("zh") or each.code for each in named}
    alike = Counter(names.values())
    return {code: name if alike[name] == 1 else f"{name} [{code}]" for code, name in names.items()}
