"""What is asked, in words of people, as changes of a book: names found, values read, all of it checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from quanheng.data.book.called import indicator_called, unit_called
from quanheng.data.book.frames import MISSING, NOT_APPLICABLE, VALUE
from quanheng.engine.figures.looked_up.fetches import fetches_of
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import FindingsError
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.findings.value import Value, field
from quanheng.periods.period import parse_period
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.items.item import FromPeriods, Item, Reported
from quanheng.scheme.laws.named_nodes import ASKED_FOR
from quanheng.scheme.laws.rules import NO_MARKS_OF_ITS_OWN
from quanheng.scheme.rules.marks import ByMarks
from quanheng.scheme.tree.named import asked_in, below
from quanheng.scheme.tree.rounds import round_named
from quanheng.scheme.tree.scheme import Indicator, Node, Scheme
from quanheng.scheme.tree.uses import marked_by_formulas
from quanheng.scheme.tree.worth import worth_of
from quanheng.studies.variants.edits import node_called, with_weights, without
from quanheng.studies.variants.figures import Cell
from quanheng.studies.whatif.changes import (
    Change,
    NewFigure,
    NewRule,
    NewScheme,
    NewTarget,
    NewWeights,
    Without,
)
from quanheng.studies.whatif.rules import rule_from
from quanheng.studies.whatif.values import Written, cell_of, plain_number

if TYPE_CHECKING:
    from quanheng.data.book.book import Book


At = str | tuple[str, ...]
"""`item@unit`, `item@unit@period`, `indicator@unit`, `node` or `node@group`; or the same as a tuple."""
_ITEM: Final = Text(en="item", zh="数据项")


class Question(Value):
    """What is to be otherwise, as people say it; nothing at all is refused."""

    set: Mapping[At, Written] = field(default_factory=dict)
    weight: Mapping[At, Written | Mapping[str, Written]] = field(default_factory=dict)
    without: Sequence[str] = ()
    rule: Mapping[str, object] = field(default_factory=dict)
    target: Mapping[At, Written] = field(default_factory=dict)


def changes_of(question: Question, book: Book, scheme: Scheme, *, other: Scheme | None) -> tuple[Change, ...]:
    """Return the changes that `question` asks for in the round of `scheme`, of which `book` is part.

    With `other` the whole scheme is that one, and the changes of nodes are of it.

    Raises:
        FindingsError: a figure or a rule is none.
        UsageError: a name is unknown (the nearest is offered), a change is asked for twice, or none is.
    """
    nodes = scheme if other is None else other
    found: list[Change] = []
    if other is not None:
        title = Text(en=f"the scheme {other.id}", zh=f"方案 {other.id}")
        found.append(NewScheme(called=title))
    found.extend(_rules(question, nodes))
    found.extend(_without(question, nodes))
    found.extend(_weights(question, nodes))
    found.extend(_targets(question, book, nodes))
    found.extend(_figures(question, book, nodes))
    keys = [change.key for change in found]
    for key in keys:
        if keys.count(key) > 1:
            raise UsageError(f"{key!r} is asked for twice", f"“{key}”写了两次")
    if not found:
        raise UsageError(
            "nothing is asked: name a figure, a weight, a node, a rule, a target or a scheme",
            "没有提出任何改动：请写明数据、权重、节点、规则、目标或方案",
        )
    return tuple(found)


def _figures(question: Question, book: Book, scheme: Scheme) -> Iterator[NewFigure]:
    for at, written in question.set.items():
        parts = _parts(
            at, (2, 3), Text(en="ITEM@UNIT or ITEM@UNIT@PERIOD", zh="数据项@单位 或 数据项@单位@期间")
        )
        item = _item(scheme, parts[0])
        unit = unit_called(book, parts[1])
        period = round_named(scheme, parts[2]) if len(parts) > 2 else None  # noqa: PLR2004  the third part
        if period is None and item.kind == "date":
            period = str(parse_period(scheme.round))
        if period is not None and not isinstance(item.source, Reported):
            raise UsageError(
                f"{item.code!r} is not reported: name no period, then its figure of the round is set",
                f"“{item.code}”不是报送的数据：请不写期间，直接设定其本期数值",
            )
        if period is None and _only_by_periods(item, scheme):
            raise UsageError(
                f"formulas look at {item.code!r} month by month, not in the round: name a period",
                f"公式逐期看“{item.code}”，不看其本期数值：请写明期间",
            )
        cell = cell_of(written, item)
        when = Text(en=f" in {period}", zh=f"（{period}）") if period else Text(en="", zh="")
        name = item.name.in_language("zh") or item.code
        yield NewFigure(
            item=item.code,
            unit=unit,
            period=period,
            cell=cell,
            key="@".join((item.code, unit, *([period] if period else []))),
            called=Text(
                en=f"{item.name.in_language('en')} of {_unit(book, unit)}{when.en} = {told(cell)}",
                zh=f"{_unit(book, unit)}{name}{when.zh}={told(cell)}",
            ),
        )


def _targets(question: Question, book: Book, scheme: Scheme) -> Iterator[NewTarget]:
    for at, written in question.target.items():
        parts = _parts(at, (2,), Text(en="INDICATOR@UNIT", zh="指标@单位"))
        code = indicator_called(scheme, parts[0])
        unit = unit_called(book, parts[1])
        node = scheme.node(code)
        cell = cell_of(written, Item(code=code, name=node.name))
        if cell.state == MISSING:
            raise UsageError(
                f"a target of {code!r} has to be a number or '/'", f"“{code}”的目标应为数字或“/”"
            )
        yield NewTarget(
            indicator=code,
            unit=unit,
            cell=cell,
            key=f"target {code}@{unit}",
            called=Text(
                en=f"target of {node.name.in_language('en')} for {_unit(book, unit)} = {told(cell)}",
                zh=f"{_unit(book, unit)}“{node.name.in_language('zh')}”目标={told(cell)}",
            ),
        )


def _weights(question: Question, scheme: Scheme) -> Iterator[NewWeights]:
    weights: dict[str, dict[str, float]] = {}
    for at, written in question.weight.items():
        parts = _parts(at, (1, 2), Text(en="NODE or NODE@GROUP", zh="节点 或 节点@分组"))
        node = node_called(scheme, parts[0])
        if isinstance(written, Mapping):
            given = {_group(scheme, group, node.groups): value for group, value in written.items()}
        elif len(parts) > 1:
            given = {_group(scheme, parts[1], node.groups): written}
        else:
            given = dict.fromkeys(node.groups, written)
        own = weights.setdefault(node.code, {})
        for group, value in given.items():
            if group in own:
                raise UsageError(
                    f"the weight of {node.code!r} is asked for twice", f"“{node.code}”的权重写了两次"
                )
            own[group] = plain_number(value, Text(en="weight", zh="权重"))
    if weights:
        _require_some_weight(scheme, weights)
        _require_marks(with_weights(scheme, weights))
        names = {code: scheme.node(code).name for code in weights}
        yield NewWeights(
            weights=weights,
            key="weights",
            called=Text(
                en="weight of "
                + ", ".join(
                    f"{names[code].in_language('en')} = {_weight(of)}" for code, of in weights.items()
                ),
                zh="权重："
                + "、".join(f"{names[code].in_language('zh')}={_weight(of)}" for code, of in weights.items()),
            ),
        )


def _require_some_weight(scheme: Scheme, weights: Mapping[str, Mapping[str, float]]) -> None:
    """Refuse weights by which a dimension has nothing that counts in a group."""
    for dimension in scheme.dimensions:
        if not any(child.code in weights for child in dimension.children):
            continue
        for group in dimension.groups:
            own = [
                weights.get(child.code, {}).get(group, child.weights[group])
                for child in dimension.children
                if group in child.groups
            ]
            if own and not any(own):
                raise UsageError(
                    f"below {dimension.code!r} nothing has a weight in {group!r}",
                    f"“{dimension.code}”之下在“{group}”组没有任何权重",
                )


def _require_marks(changed: Scheme) -> None:
    """Refuse weights by which a node is worth nothing, of which a formula would give a part."""
    for node in marked_by_formulas(changed):
        worth = worth_of(changed, node.code)
        if worth is not None and min(worth.values()) <= 0.0:
            raise FindingsError((NO_MARKS_OF_ITS_OWN.at(node.where, code=node.code),))


def _without(question: Question, scheme: Scheme) -> Iterator[Without]:
    for name in question.without:
        node = node_called(scheme, name)
        _require_unasked(scheme, node)
        yield Without(
            node=node.code,
            key=f"without {node.code}",
            called=Text(en=f"without {node.name.in_language('en')}", zh=f"去掉{node.name.in_language('zh')}"),
        )


def _require_unasked(scheme: Scheme, node: Node) -> None:
    """Refuse to leave out what formulas of the rest of the scheme ask for."""
    gone = {each.code for each in below(node)}
    left = without(scheme, node.code)
    asked = [part.node for part in asked_in(left) if part.node in gone]
    if asked:
        raise FindingsError((ASKED_FOR.at(node.where, node=node.name, asked=asked[0]),))


def _rules(question: Question, scheme: Scheme) -> Iterator[NewRule]:
    for name, written in question.rule.items():
        node = node_called(scheme, name)
        if not isinstance(node, Indicator):
            raise UsageError(
                f"{node.code!r} has children and no rule: name an indicator",
                f"“{node.code}”有下级、没有计分规则：请写指标",
            )
        rule = rule_from(written, node, scheme)
        worth = worth_of(scheme, node.code)
        if isinstance(rule, ByMarks) and (not worth or min(worth.values()) <= 0.0):
            raise FindingsError((NO_MARKS_OF_ITS_OWN.at(node.where, code=node.code),))
        yield NewRule(
            node=node.code,
            rule=rule,
            key=f"rule {node.code}",
            called=Text(
                en=f"{node.name.in_language('en')} rated by {rule.name}",
                zh=f"{node.name.in_language('zh')}改用{_method(rule.in_words('zh'))}",
            ),
        )


def _method(words: str) -> str:
    """Return the name of a rule without its numbers."""
    return words.split("：", maxsplit=1)[0]


def _parts(at: At, lengths: tuple[int, ...], form: Text) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in at.split("@")) if isinstance(at, str) else tuple(map(str, at))
    if len(parts) not in lengths or not all(parts):
        written = at if isinstance(at, str) else "@".join(parts)
        raise UsageError(f"{written!r} is not written as {form.en}", f"“{written}”应写成 {form.zh}")
    return parts


def _only_by_periods(item: Item, scheme: Scheme) -> bool:
    """Return whether formulas look at an item in the months or quarters of the round alone."""
    by_periods = any(
        item.code in names_in(each.source.series)
        for each in scheme.items
        if isinstance(each.source, FromPeriods)
    )
    return by_periods and all(fetch.item != item.code for fetch in fetches_of(scheme))


def _item(scheme: Scheme, name: str) -> Item:
    for item in scheme.items:
        if name in (item.code, item.name.zh, item.name.en):
            return item
    names = [text for item in scheme.items for text in (item.code, item.name.zh, item.name.en) if text]
    raise no_such(_ITEM, name, names)


def _group(scheme: Scheme, name: str, groups: Sequence[str]) -> str:
    for group in scheme.groups:
        if group.code in groups and name in (group.code, group.name.zh, group.name.en):
            return group.code
    raise no_such(Text(en="group", zh="分组"), name, groups)


def _unit(book: Book, unit: str) -> str:
    rows = book.units.to_native()
    name = rows.filter(rows["unit"] == unit)["name"].to_list()
    return str(name[0] or unit) if name else unit


def _weight(by_group: Mapping[str, float]) -> str:
    values = set(by_group.values())
    if len(values) == 1:
        return f"{values.pop():g}"
    return "/".join(f"{value:g}" for value in by_group.values())


def told(cell: Cell) -> str:
    """Return what a cell says, as people write it."""
    return {VALUE: f"{cell.value:.15g}" if cell.value is not None else "", NOT_APPLICABLE: "/"}.get(
        cell.state, "—"
    )
