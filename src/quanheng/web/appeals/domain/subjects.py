"""What a unit can appeal on: its own figures and the scores of the nodes that apply to it; who had a part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import nodes_in
from quanheng.scheme.tree.scheme import Dimension, Node, Scheme
from quanheng.scheme.tree.uses import items_of
from quanheng.web.base.seeing import seen_whole
from quanheng.web.library.reading import scheme_of
from quanheng.web.rounds.models import AskedItem, AskedUnit, Change, KeptRound

_ENTERED = ("save", "submit", "correct")
_ACCEPTED = ("accept", "miss", "correct")


class Subject(Value):
    """A figure (`item`) or a node of the scheme with its score (`node`); `items` are figures behind it."""

    kind: Literal["item", "node"]
    code: str
    name: Text
    items: frozenset[str]

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.code}"


def subjects_of(kept: KeptRound, unit: AskedUnit, items: Iterable[AskedItem]) -> tuple[Subject, ...]:
    """Return what the unit can appeal on: of `items` those that are asked of it, then the nodes.

    One that is not there on the last day of the round takes no part in it.
    """
    if not unit.is_there:
        return ()
    asked = [item for item in items if item.is_asked_of(unit)]
    scheme = scheme_of(kept.scheme.text)
    known = frozenset(item.code for item in asked)
    figures = [
        Subject(kind="item", code=item.code, name=item.name, items=frozenset({item.code})) for item in asked
    ]
    scores = [
        Subject(
            kind="node",
            code=node.code,
            name=_name(node, kept),
            items=frozenset(_names_behind(node, scheme, set())) & known,
        )
        for node in scheme.nodes
        if unit.group in node.groups
    ]
    return (*figures, *scores)


@seen_whole()
def had_part(kept: KeptRound, unit: AskedUnit, items: frozenset[str]) -> frozenset[str]:
    """Return those who entered or accepted figures of a unit, in any version of the round."""
    changes = Change.objects.for_the_program().filter(
        round__code=kept.code,
        unit__unit=unit.unit_id,
        item__code__in=sorted(items),
        move__in={*_ENTERED, *_ACCEPTED},
    )
    return frozenset(changes.values_list("who", flat=True))


def _name(node: Node, kept: KeptRound) -> Text:
    if any((node.name.zh, node.name.en)):
        return node.name
    total = Text(zh=f"总分（{kept.title}）", en=f"total ({kept.title})")
    return total if node.code == "total" else Text(zh=node.code)


def _names_behind(node: Node, scheme: Scheme, seen: set[str]) -> Iterator[str]:
    """Yield the names that a node's formulas use, and those below it and of nodes that they ask for."""
    if node.code in seen:
        return
    seen.add(node.code)
    if isinstance(node, Dimension):
        for child in node.children:
            yield from _names_behind(child, scheme, seen)
    rated = node.as_rated if isinstance(node, Dimension) else node
    if rated is None:
        return
    yield from items_of(rated)
    trees = [
        formula.tree for formula in (rated.measure, rated.coefficient, *rated.rule.formulas()) if formula
    ]
    asked_for = {found.node for tree in trees for found in nodes_in(tree)}
    for other in scheme.nodes:
        if other.code in asked_for:
            yield from _names_behind(other, scheme, seen)
