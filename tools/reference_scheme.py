"""The page of the scheme language: every key, from the JSON Schema, and every function of formulas."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from quanheng.scheme.formula import FUNCTIONS
from quanheng.scheme.json_schema import json_schema, json_schema_text

_INTRODUCTION: Final = """\
# The scheme language

What may stand in `scheme.yaml`, key by key. A workbook has the same keys as headings of its sheets. Unknown
keys are findings. `quanheng schema` writes the same as a [JSON Schema](scheme.schema.json), with which
editors complete and check a scheme while it is written. The rules and methods have pages of their own in the
[toolbox](toolbox.md)."""
_FUNCTIONS: Final = """\
## Functions of formulas 公式函数

A formula is arithmetic (`+ - * / **`), comparisons, `and or not`, numbers, percentages (`8%` is 0.08) and
these."""


def scheme_pages() -> Mapping[str, str]:
    """Return the pages by their path below `docs/reference`."""
    return {"scheme.md": "\n\n".join(_blocks()) + "\n", "scheme.schema.json": json_schema_text()}


def _blocks() -> Iterator[str]:
    schema = json_schema()
    yield _INTRODUCTION
    yield "## The file"
    yield _table(schema)
    for name, part in schema["$defs"].items():
        form = _long_form(part)
        yield f"## {name}"
        description = part.get("description") or form.get("description")
        if description:
            yield " ".join(description.split())
        if form.get("properties"):
            yield _table(form)
    yield _FUNCTIONS
    rows = (f"| `{each.name}` | {_cell(each.en)} | {each.zh} |" for each in FUNCTIONS.values())
    yield "\n".join(("| function | gives | 含义 |", "| --- | --- | --- |", *rows))


def _long_form(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the form with keys, where short forms may stand in its place."""
    return next((each for each in (part, *part.get("anyOf", ())) if "properties" in each), part)


def _table(form: Mapping[str, Any]) -> str:
    required = set(form.get("required", ()))
    rows = (
        f"| `{key}`{' *' if key in required else ''} | {_cell(_form(value))} | {_default(value)} "
        f"| {_cell(' '.join(value.get('description', '').split()))} |"
        for key, value in form["properties"].items()
    )
    lines = ["| key | form | default | meaning |", "| --- | --- | --- | --- |", *rows]
    if required:
        lines += ["", "\\* has to be written."]
    return "\n".join(lines)


def _form(value: Mapping[str, Any]) -> str:
    """Return what may be written, in words."""
    for word in ("anyOf", "oneOf"):
        if word in value:
            forms = dict.fromkeys(_form(each) for each in value[word] if each.get("type") != "null")
            return " or ".join(forms)
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in value:
        return ", ".join(f"`{each}`" for each in value["enum"])
    if "const" in value:
        return f"`{value['const']}`"
    if "prefixItems" in value:
        return f"[{', '.join(_form(each) for each in value['prefixItems'])}]"
    return _plain_form(value)


def _plain_form(value: Mapping[str, Any]) -> str:
    kind = value.get("type")
    match kind:
        case "array":
            return f"a list of {_form(value.get('items', {}))}"
        case "object":
            return f"names with {_form(value.get('additionalProperties') or {})}"
        case "string" if str(value.get("pattern", "")).endswith("%％]$"):
            return "a percentage"
        case "string":
            return "text"
        case "boolean":
            return "`true` or `false`"
        case "integer":
            return "whole number"
        case "number":
            return "number"
        case list():
            return " or ".join("number" if each in {"number", "integer"} else "text" for each in kind)
        case _:
            return "anything"


def _default(value: Mapping[str, Any]) -> str:
    default = value.get("default")
    if default is None or default in ({}, []):
        return ""
    if isinstance(default, float) and default.is_integer():
        default = int(default)
    return f"`{default if isinstance(default, str) else json.dumps(default)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
