"""What changed between two schemes, part by part, as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.scheme.document.document import Document
from quanheng.scheme.files.yaml_writing import flow

What: TypeAlias = Literal[
    "scheme", "group", "pool", "item", "node", "tier", "award", "adjustment", "ledger", "campaign"
]

_WORDS: Final[Mapping[What, Text]] = {
    "scheme": Text(en="the scheme", zh="方案"),
    "group": Text(en="group", zh="分组"),
    "pool": Text(en="pool", zh="比较范围"),
    "item": Text(en="item", zh="数据项"),
    "node": Text(en="node", zh="节点"),
    "tier": Text(en="tier", zh="等次"),
    "award": Text(en="award", zh="奖项"),
    "adjustment": Text(en="adjustment", zh="加减分规则"),
    "ledger": Text(en="ledger", zh="台账"),
    "campaign": Text(en="campaign", zh="专项行动"),
}
_PARENT: Final = "parent"
_ORDER: Final = "order"
_CODED: Final[Mapping[str, What]] = {
    "groups": "group",
    "pools": "pool",
    "items": "item",
    "ledgers": "ledger",
    "campaigns": "campaign",
}
_NAMED_LISTS: Final[Mapping[str, What]] = {"tiers": "tier", "awards": "award"}
_Part: TypeAlias = tuple[What, str]
_Keys: TypeAlias = dict[str, Any]


class Change(Value):
    """One part that is new, gone, or says something else under `key`.

    `before` and `after` are as a scheme would write them on one line; "" where there is nothing.
    """

    how: Literal["added", "removed", "changed"]
    what: What
    code: str
    key: str = ""
    before: str = ""
    after: str = ""

    def text(self, language: Language) -> str:
        """Return the change as a sentence.

        Examples:
            >>> change = Change(
            ...     how="changed", what="node", code="growth", key="weight", before="18", after="20"
            ... )
            >>> change.text("en")
            "node 'growth': weight was 18, is 20"
            >>> change.text("zh")
            '节点“growth”：weight 由 18 改为 20'
        """
        return self._said().in_language(language)

    def _said(self) -> Text:
        word, code = _WORDS[self.what], self.code
        zh = f"{word.zh}“{code}”" if code else word.zh
        en = f"{word.en} '{code}'" if code else word.en
        key, before, after = self.key, self.before, self.after
        match self.how:
            case "added":
                return Text(zh=f"新增{zh}", en=f"{en} is new")
            case "removed":
                return Text(zh=f"删去{zh}", en=f"{en} is gone")
            case "changed" if not before:
                return Text(zh=f"{zh}：新增 {key}: {after}", en=f"{en}: {key} is new: {after}")
            case "changed" if not after:
                return Text(
                    zh=f"{zh}：删去 {key}（原为 {before}）", en=f"{en}: {key} is gone, it was {before}"
                )
            case _:
                return Text(
                    zh=f"{zh}：{key} 由 {before} 改为 {after}", en=f"{en}: {key} was {before}, is {after}"
                )


def changes_between(before: Document, after: Document) -> tuple[Change, ...]:
    """Return what changed from `before` to `after`: parts gone, parts new, keys that say something else.

    A node that moved to another parent has changed its `parent`.
    """
    old, new = dict(_parts(before)), dict(_parts(after))
    changes: list[Change] = []
    for part, keys in old.items():
        if part not in new:
            changes.append(Change(how="removed", what=part[0], code=part[1]))
        else:
            changes.extend(_changed_keys(part, keys, new[part]))
    changes.extend(Change(how="added", what=what, code=code) for what, code in new if (what, code) not in old)
    return tuple(changes)


def _changed_keys(part: _Part, before: _Keys, after: _Keys) -> Iterator[Change]:
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield Change(
                how="changed",
                what=part[0],
                code=part[1],
                key=key,
                before=_shown(before.get(key)),
                after=_shown(after.get(key)),
            )


def _parts(document: Document) -> Iterator[tuple[_Part, _Keys]]:
    """Yield every part of a document that has a code or name of its own, and then the scheme itself."""
    plain: _Keys = document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    coded = {key: plain.pop(key, {}) for key in _CODED}
    nodes = plain.pop("indicators")
    lists = {key: plain.pop(key, []) for key in _NAMED_LISTS}
    rules = plain.get("adjustments", {}).pop("rules", [])
    yield ("scheme", ""), {**_flat(plain), _ORDER: list(nodes)}
    for key, what in _CODED.items():
        for code, keys in coded[key].items():
            yield (what, code), keys
    yield from _node_parts(nodes, "")
    for key, what in _NAMED_LISTS.items():
        for each in lists[key]:
            yield (what, each.pop("name")), each
    for each in rules:
        yield ("adjustment", each.pop("name")), each


def _node_parts(nodes: Mapping[str, _Keys], parent: str) -> Iterator[tuple[_Part, _Keys]]:
    for code, keys in nodes.items():
        below = keys.pop("children", {})
        order = {_ORDER: list(below)} if below else {}
        yield ("node", code), {**keys, **order, **({_PARENT: parent} if parent else {})}
        yield from _node_parts(below, code)


def _flat(plain: _Keys) -> _Keys:
    """Return the keys of the top with those of its small mappings beside them: `rounding.points`."""
    flat: _Keys = {}
    for key, part in plain.items():
        if isinstance(part, dict):
            flat |= {f"{key}.{below}": value for below, value in part.items()}
        else:
            flat[key] = part
    return flat


def _shown(value: Any) -> str:  # noqa: ANN401  # any JSON value
    if value is None:
        return ""
    return value if isinstance(value, str) else flow(value)
