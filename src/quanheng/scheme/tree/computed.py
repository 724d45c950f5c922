"""Computed items, `{formula: profit / assets}`: their formulas put where they are named (formulas j)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from quanheng.findings.finding import Kind
from quanheng.findings.nearest import suggestion
from quanheng.scheme.fields.findings import KEYS_CLASH
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import UNREAD, Margin, text_of
from quanheng.scheme.formulas import scopes
from quanheng.scheme.formulas.tree import (
    Call,
    Computed,
    Expression,
    Formula,
    OfNode,
    OfSeries,
    names_in,
    parts_of,
)
from quanheng.scheme.formulas.written_out import WrittenOut
from quanheng.scheme.items.form import ItemForm
from quanheng.scheme.tree.scheme import Scheme

_OTHER_KEYS: Final = (
    *("kind", "every", "department", "count", "sum", "mean", "where", "by", "attribute"),
    *("max", "min", "median", "percentile", "at", "distinct", "trim"),
)
_WRITTEN: Final = {"department": "from"}
_FUNCTIONS: Final = scopes.ITEM_FUNCTIONS | scopes.NODE_FUNCTIONS
_WORDS: Final = frozenset({*scopes.AWARD_WORDS, *scopes.MET_WORDS, *scopes.LIGHT_WORDS})
_UNTOUCHED: Final = frozenset({"pace", "name", "note", "where", "code", "weights"})
"""Fields that hold no formula over items."""
_Part = TypeVar("_Part")

UNKNOWN_IN_ITEM: Final = Kind(
    code="QH283",
    severity="error",
    en="the formula of the item '{item}' names '{name}', which is no item",
    zh="数据项“{item}”的公式用了“{name}”，没有这个数据项",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)
ITEM_LIKE_A_WORD: Final = Kind(
    code="QH284",
    severity="error",
    en="the computed item '{item}' is called like a word of formulas",
    zh="计算数据项“{item}”与公式用词同名",
    hint_en="give it another code",
    hint_zh="请改用其他编码",
)
ITEM_TOO_LARGE: Final = Kind(
    code="QH285",
    severity="error",
    en="the computed item '{item}', written out, has more than {limit} parts or levels",
    zh="计算数据项“{item}”展开后超过{limit}个部分或层次",
    hint_en="use each computed item less often in the others, or report an intermediate figure",
    hint_zh="请减少计算数据项之间的重复引用，或把中间结果作为数据项报送",
)
ITEMS_IN_A_CIRCLE: Final = Kind(
    code="QH286",
    severity="error",
    en="the computed items go in a circle: {circle}",
    zh="计算数据项循环引用：{circle}",
    hint_en="let one of them be reported, or be computed without the others",
    hint_zh="请让其中之一改为报送，或不引用其他各项",
)
NOT_IN_AN_ITEM: Final = Kind(
    code="QH287",
    severity="error",
    en="the formula of the item '{item}' has {function}(), which has no meaning there",
    zh="数据项“{item}”的公式用了 {function}()，此处不能使用",
    hint_en="put it into the measures that use the item",
    hint_zh="请写在使用该数据项的指标公式中",
)


def with_computed_items(scheme: Scheme, forms: Mapping[str, ItemForm], margin: Margin) -> Scheme:
    """Return `scheme` with the formulas of computed items in the place of their names."""
    computed = {code: form for code, form in forms.items() if form.formula is not None}
    if not computed:
        return scheme
    trees = {code: _tree(code, form, forms, margin) for code, form in computed.items()}
    named = {
        code: Computed(code, text_of(form.name, code), form.formula or "") for code, form in computed.items()
    }
    written = WrittenOut({code: tree for code, tree in trees.items() if tree is not UNREAD})
    for circle in written.circles:
        margin.note(ITEMS_IN_A_CIRCLE, ("items", circle[0], "formula"), circle=" → ".join(circle))
    for code in written.too_large:
        margin.note(ITEM_TOO_LARGE, ("items", code, "formula"), item=code, limit=written.limit)
    parts = {"root", "adjustments", "tiers", "awards", "pools", "lower"}
    changed = {name: _with(getattr(scheme, name), written, named) for name in parts}
    return replace(scheme, **changed)


def _tree(code: str, form: ItemForm, forms: Mapping[str, ItemForm], margin: Margin) -> Expression:
    path: Path = ("items", code, "formula")
    for key in _OTHER_KEYS:
        if getattr(form, key) is not None:
            written = _WRITTEN.get(key, key)
            margin.note(KEYS_CLASH, ("items", code, written), key=written, other="formula")
    if code in _WORDS:
        margin.note(ITEM_LIKE_A_WORD, path, item=code)
    tree = margin.formula(form.formula or "", path).tree
    if tree is UNREAD:
        return tree
    for name in names_in(tree):
        if name not in forms:
            margin.note(UNKNOWN_IN_ITEM, path, item=code, name=name, **suggestion(name, forms))
    for part in parts_of(tree):
        if isinstance(part, Call | OfNode | OfSeries) and part.function not in _FUNCTIONS:
            margin.note(NOT_IN_AN_ITEM, path, item=code, function=part.function)
    return tree


def _with(part: _Part, written: WrittenOut, named: Mapping[str, Computed]) -> _Part:
    """Return a part of a scheme with what its formulas stand for; the very same where nothing changes."""
    made: Any = part
    match part:
        case Formula(text=text, tree=tree, where=where):
            other = written.of(tree)
            used = tuple(named[code] for code in written.named_in(tree))
            made = part if other is tree else Formula(text, other, where, used)
        case tuple():
            parts = tuple(_with(each, written, named) for each in part)
            changes = any(one is not other for one, other in zip(parts, part, strict=True))
            made = parts if changes else part
        case _ if is_dataclass(part) and not isinstance(part, type):
            known = {each.name: getattr(part, each.name) for each in fields(part)}
            looked_at = ((name, value) for name, value in known.items() if name not in _UNTOUCHED)
            found = {name: _with(value, written, named) for name, value in looked_at}
            changed = {name: value for name, value in found.items() if value is not known[name]}
            made = replace(part, **changed) if changed else part
    return made  # type: ignore[no-any-return]  # of the kind that came in
