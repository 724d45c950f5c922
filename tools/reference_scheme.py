"""The pages of the scheme language: every key, from the JSON Schema, and every function of formulas."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from quanheng.findings.text import Language
from quanheng.scheme.document.json_schema import json_schema, json_schema_text
from quanheng.scheme.formulas.functions import FUNCTIONS

_INTRODUCTION: Final[Mapping[Language, str]] = {
    "en": """\
# The scheme language

[中文](scheme.zh.md)

What may stand in `scheme.yaml`, key by key. A workbook has the same keys as headings of its sheets. Unknown
keys are findings. `quanheng schema` writes the same as a [JSON Schema](scheme.schema.json), with which
editors complete and check a scheme while it is written. The rules and methods have pages of their own in the
[toolbox](toolbox.md).""",
    "zh": """\
# 方案语言

[English](scheme.md)

`scheme.yaml` 中可以写什么，逐项说明。工作簿各表的列名就是这些键。不认识的键会报为问题。
`quanheng schema` 把同样的内容写成 [JSON Schema](scheme.schema.json)，供编辑器补全和检查。
计分规则和各种方法另见[工具箱](toolbox.zh.md)。""",
}
_FUNCTIONS: Final[Mapping[Language, str]] = {
    "en": """\
## Functions of formulas 公式函数

A formula is arithmetic (`+ - * / **`), comparisons, `and or not`, numbers, percentages (`8%` is 0.08) and
these.""",
    "zh": """\
## 公式函数

公式由算术（`+ - * / **`）、比较、`and or not`、数、百分数（`8%` 即 0.08）和下列函数组成。""",
}
_WORDS: Final[Mapping[str, str]] = {
    "anything": "任意",
    "a percentage": "百分数",
    "number": "数",
    "text": "文字",
    "whole number": "整数",
    "`true` or `false`": "`true` 或 `false`",
}
"""The Chinese for the forms a value may have."""


def scheme_pages() -> Mapping[str, str]:
    """Return the pages by their path below `docs/reference`."""
    return {
        "scheme.md": "\n\n".join(_blocks("en")) + "\n",
        "scheme.zh.md": "\n\n".join(_blocks("zh")) + "\n",
        "scheme.schema.json": json_schema_text(),
    }


def descriptions(language: Language) -> Iterator[str]:
    """Yield the description of every form and key."""
    schema = json_schema(language)
    forms = [_long_form(part) for part in schema["$defs"].values()]
    for part in (*schema["$defs"].values(), *forms):
        yield _description(part)
    for form in (schema, *forms):
        yield from (_description(value) for value in form.get("properties", {}).values())


def _blocks(language: Language) -> Iterator[str]:
    schema = json_schema(language)
    yield _INTRODUCTION[language]
    yield "## The file" if language == "en" else "## 文件"
    yield _table(schema, language)
    for name, part in schema["$defs"].items():
        form = _long_form(part)
        yield f"## {name}"
        description = _description(part) or _description(form)
        if description:
            yield description
        if form.get("properties"):
            yield _table(form, language)
    yield _FUNCTIONS[language]
    rows = (f"| `{each.name}` | {_cell(each.gives.en)} | {each.gives.zh} |" for each in FUNCTIONS.values())
    if language == "en":
        yield "\n".join(("| function | gives | 含义 |", "| --- | --- | --- |", *rows))
    else:
        rows = (f"| `{each.name}` | {each.gives.zh} |" for each in FUNCTIONS.values())
        yield "\n".join(("| 函数 | 含义 |", "| --- | --- |", *rows))


def _long_form(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the form with keys, where short forms may stand in its place."""
    return next((each for each in (part, *part.get("anyOf", ())) if "properties" in each), part)


def _description(part: Mapping[str, Any]) -> str:
    return " ".join(part.get("description", "").split())


def _table(form: Mapping[str, Any], language: Language) -> str:
    required = set(form.get("required", ()))
    rows = (
        f"| `{key}`{' *' if key in required else ''} | {_cell(_form(value, language))} | {_default(value)} "
        f"| {_cell(_description(value))} |"
        for key, value in form["properties"].items()
    )
    heading = "| key | form | default | meaning |" if language == "en" else "| 键 | 写法 | 默认 | 含义 |"
    lines = [heading, "| --- | --- | --- | --- |", *rows]
    if required:
        lines += ["", "\\* has to be written." if language == "en" else "\\* 必须写。"]
    return "\n".join(lines)


def _form(value: Mapping[str, Any], language: Language) -> str:
    """Return what may be written, in words."""
    for word in ("anyOf", "oneOf"):
        if word in value:
            forms = dict.fromkeys(_form(each, language) for each in value[word] if each.get("type") != "null")
            return (" or " if language == "en" else "或").join(forms)
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in value:
        return ", ".join(f"`{each}`" for each in value["enum"])
    if "const" in value:
        return f"`{value['const']}`"
    if "prefixItems" in value:
        return f"[{', '.join(_form(each, language) for each in value['prefixItems'])}]"
    return _plain_form(value, language)


def _plain_form(value: Mapping[str, Any], language: Language) -> str:
    kind = value.get("type")
    match kind:
        case "array":
            part = _form(value.get("items", {}), language)
            return f"a list of {part}" if language == "en" else f"{part}的列表"
        case "object":
            parts = [value.get("additionalProperties"), *value.get("patternProperties", {}).values()]
            part = _form(next((each for each in parts if each), {}), language)
            return f"names with {part}" if language == "en" else f"名称与{part}"
        case "string" if str(value.get("pattern", "")).endswith("%％]$"):
            return _said("a percentage", language)
        case "string":
            return _said("text", language)
        case "boolean":
            return _said("`true` or `false`", language)
        case "integer":
            return _said("whole number", language)
        case "number":
            return _said("number", language)
        case list():
            words = ["number" if each in {"number", "integer"} else "text" for each in kind if each != "null"]
            return (" or " if language == "en" else "或").join(_said(each, language) for each in words)
        case _:
            return _said("anything", language)


def _said(words: str, language: Language) -> str:
    return _WORDS[words] if language == "zh" else words


def _default(value: Mapping[str, Any]) -> str:
    default = value.get("default")
    if default is None or default in ({}, []):
        return ""
    if isinstance(default, float) and default.is_integer():
        default = int(default)
    return f"`{default if isinstance(default, str) else json.dumps(default)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
