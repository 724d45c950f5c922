"""What pydantic says of a document, as findings with locations, plain words and the nearest match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from quanheng.findings.collector import SHOWN, first_of
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.patterns import linear
from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import shown
from quanheng.scheme.fields.findings import (
    ALIAS_INSIDE_ITSELF,
    BAD_FORM,
    BEYOND_RANGE,
    NOT_KEYS,
    NOT_ONE_OF,
)
from quanheng.scheme.fields.key_words import word_of
from quanheng.scheme.fields.lines import Locations, Path
from quanheng.scheme.fields.told import suggested_keys, suggested_values, told_key
from quanheng.scheme.formulas.numbers import in_range

_WORDS = linear(r"[^', ]+", why="the words are our own")

DAYS_ARE_RECORDS: Final = Kind(
    code="QH668",
    severity="error",
    en="'{key}' cannot be {value}: items are reported by year, half, quarter, month, day or hour",
    zh="“{key}”不能是{value}：报送周期为年、半年、季、月、日、小时",
    hint_en="keep readings of weeks or minutes in a ledger, ledgers/air.csv, and take items of it: "
    "'mean: air.pm25', 'percentile: air.pm25', 'count: air, where: pm25 <= 75'",
    hint_zh="按周、按分钟的数请记入台账，由台账得出数据项，如平均、百分位数，或按条件计数",
)
_OFTENER: Final = frozenset({"week", "minute", "second", "周", "分", "分钟", "秒"})
"""How often readings may come that no period of figures is of."""
NOT_A_NUMBER: Final = Kind(
    code="QH122",
    severity="error",
    en="'{key}' is a number, not {value}",
    zh="“{key}”应为数字，而不是{value}",
    hint_en="write a plain number such as 20 or 0.5",
    hint_zh="请写数字，例如 20 或 0.5",
)
NOT_A_TEXT: Final = Kind(
    code="QH123",
    severity="error",
    en="'{key}' is a text, not {value}",
    zh="“{key}”应为文字，而不是{value}",
    hint_en="put it in quotes if it looks like a number",
    hint_zh="若形似数字，请加引号",
)
NOT_A_LIST: Final = Kind(
    code="QH125",
    severity="error",
    en="'{key}' is a list, not {value}",
    zh="“{key}”应为列表，而不是{value}",
    hint_en="write '[…, …]' or lines that begin with '- '",
    hint_zh="请写“[…, …]”或以“- ”开头的各行",
)
NOT_TRUE_OR_FALSE: Final = Kind(
    code="QH126",
    severity="error",
    en="'{key}' is true or false, not {value}",
    zh="“{key}”应为“是”或“否”（true / false），而不是{value}",
    hint_en="write true or false",
    hint_zh="请写“是”或“否”（true / false）",
)

_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("float_type", "int_type", "int_from_float", "finite_number"), NOT_A_NUMBER),
    **dict.fromkeys(("string_type", "string_too_short", "string_unicode"), NOT_A_TEXT),
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), NOT_KEYS),
    **dict.fromkeys(("tuple_type", "list_type"), NOT_A_LIST),
    **dict.fromkeys(("bool_type", "bool_parsing"), NOT_TRUE_OR_FALSE),
}
_INFINITE: Final = float("inf")
_BOUNDS: Final = {
    "greater_than": (">", "gt"),
    "greater_than_equal": ("≥", "ge"),
    "less_than": ("<", "lt"),
    "less_than_equal": ("≤", "le"),
}


def findings_of(error: ValidationError, locations: Locations, top: type[BaseModel]) -> Iterator[Finding]:
    """Return a finding for each thing that is wrong with a document of the form `top`."""
    details = _telling(error.errors(include_url=False))
    return first_of((_finding(detail, locations, top) for detail in details), SHOWN, locations.of())


def numbers_beyond(value: object, locations: Locations) -> Iterator[Finding]:
    """Return a QH138 for each number in plain values that is beyond the range of numbers (numbers §1).

    What is no finite number, such as `.nan`, is told where the document is read.
    """
    return first_of(_beyond(value, locations, (), set()), SHOWN, locations.of())


def _beyond(value: object, locations: Locations, path: Path, seen: set[int]) -> Iterator[Finding]:
    if isinstance(value, Mapping | list | tuple):
        if id(value) not in seen:  # a part that is written once may stand in many places, even in itself
            seen.add(id(value))
            parts = value.items() if isinstance(value, Mapping) else enumerate(value)
            for step, part in parts:
                yield from _beyond(part, locations, (*path, step), seen)
    elif (
        isinstance(value, int | float) and path != ("id",) and not in_range(value) and abs(value) < _INFINITE
    ):
        yield BEYOND_RANGE.at(locations.of(*path), key=_told(path), value=shown(value))


def keys_at(top: type[BaseModel], path: Path) -> tuple[str, ...]:
    """Return the keys a document of the form `top` may have at `path`.

    Examples:
        >>> from quanheng.scheme.document.document import Document
        >>> keys_at(Document, ("indicators", "economy", "rule", "ratio"))
        ('ref', 'cap')
    """
    forms: list[Any] = [top]
    for step in path:
        forms = [below for form in forms for below in _below(form, step)]
    return tuple(key for form in forms if _is_form(form) for key in _fields(form))


def _telling(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Return `details` without lists that are too short only because what is in them was refused."""
    below = {detail["loc"][:end] for detail in details for end in range(len(detail["loc"]))}
    return [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in below]


UNKNOWN_KEY: Final = Kind(
    code="QH120",
    severity="error",
    en="'{key}' is not known here",
    zh="此处不认识“{key}”",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)
MISSING_KEY: Final = Kind(
    code="QH121",
    severity="error",
    en="'{key}' is missing",
    zh="缺少“{key}”",
    hint_en="add '{key}: …'",
    hint_zh="请补充“{key}: …”",
)
OUT_OF_RANGE: Final = Kind(
    code="QH128",
    severity="error",
    en="'{key}' is {value}, it must be {bound}",
    zh="“{key}”为{value}，应当{bound}",
    hint_en="write a value that is {bound}",
    hint_zh="请写符合“{bound}”的值",
)
FORMULA_NEEDS_QUOTES: Final = Kind(
    code="QH137",
    severity="error",
    en="'{key}' is not known here; it looks like the rest of a formula cut at a comma",
    zh="此处不认识“{key}”，像是公式在逗号处被截断",
    hint_en="put a formula with a comma in quotes inside {{…}}, or on a line of its own",
    hint_zh="含逗号的公式在{{…}}中请加引号，或另起一行书写",
)


def _finding(detail: ErrorDetails, locations: Locations, top: type[BaseModel]) -> Finding:
    path = tuple(step for step in detail["loc"] if not _is_tag(step))
    where = locations.of(*path)
    facts: dict[str, object] = {"key": _told(path), "value": _shown(detail["input"])}
    context = detail.get("ctx", {})
    kind = detail["type"]
    match kind:
        case "quanheng":
            return _own(context).at(where, **{**facts, **_in_words(context["facts"], path)})
        case "extra_forbidden" if detail["input"] is None and not str(path[-1]).isidentifier():
            return FORMULA_NEEDS_QUOTES.at(where, **facts)
        case "extra_forbidden":
            known_keys = keys_at(top, path[:-1])
            return UNKNOWN_KEY.at(where, **facts, **suggested_keys(str(path[-1]), known_keys, path[:-1]))
        case "missing" if isinstance(path[-1], str):
            return MISSING_KEY.at(where, **facts)
        case "missing":
            return BAD_FORM.at(where, **{**facts, "key": _told(path[:-1])}, **_length(context))
        case "too_short" | "too_long":
            return BAD_FORM.at(where, **facts, **_length(context))
        case "literal_error" if _is_reading(path, detail["input"]):
            return DAYS_ARE_RECORDS.at(where, **facts)
        case "literal_error":
            known = _WORDS.findall(str(context["expected"]).replace(" or ", " "))
            return NOT_ONE_OF.at(
                where, **facts, **suggested_values(_name_of(path), str(detail["input"]), known)
            )
        case "recursion_loop":
            return ALIAS_INSIDE_ITSELF.at(where, alias=_name_of(path))
    if kind in _BOUNDS:
        sign, name = _BOUNDS[kind]
        return OUT_OF_RANGE.at(where, **facts, bound=f"{sign} {context[name]:g}")
    if kind in _KINDS:
        return _KINDS[kind].at(where, **facts)
    return BAD_FORM.at(where, **facts, form=Text(en=detail["msg"].lower(), zh="请按格式说明书写"))


def _is_reading(path: Path, value: object) -> bool:
    """Return whether an item is said to be reported more often than there are periods."""
    return path[:1] == ("items",) and path[-1] == "every" and str(value).strip() in _OFTENER


def _in_words(facts: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Return the facts a form tells, keys in the words of both languages."""
    told = dict(facts)
    for name in ("key", "other"):
        if name in told:
            told[name] = told_key(str(told[name]), path)
    if "forms" in told:
        keys = str(told["forms"]).split(", ")
        told["forms"] = Text(en=str(told["forms"]), zh="、".join(word_of(key, path) for key in keys))
    return told


def _shown(value: object) -> Text:
    """Return what a person wrote as a message shows it."""
    text = shown(value)
    chinese = {"nothing": "空", "true": "“是”（true）", "false": "“否”（false）"}.get(text, text)
    quoted = isinstance(value, str) and text.startswith("'")
    return Text(en=text, zh=f"“{text[1:].removesuffix(chr(39))}”" if quoted else chinese)


def _told(path: Path) -> Text:
    """Return the key at `path` in the words of both languages."""
    return told_key(_name_of(path), path[:-1])


def _own(context: dict[str, Any]) -> Kind:
    kind = context["kind"]
    return kind if isinstance(kind, Kind) else BAD_FORM


def _length(context: dict[str, Any]) -> dict[str, Text]:
    least, most = context.get("min_length"), context.get("max_length")
    if least is not None:
        return {"form": Text(en=f"write at least {least}", zh=f"请至少写{least}个")}
    number = 2 if most is None else most
    return {"form": Text(en=f"write a list of {number}", zh=f"请写{number}个值的列表")}


def _is_tag(step: str | int) -> bool:
    return isinstance(step, str) and (step.startswith("#") or step == "[key]")


def _name_of(path: Path) -> str:
    """Return the last key of `path`, with the position where it ends in a list: `bands[2]`."""
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "scheme")
    last = path[-1] if path else ""
    return f"{name}[{last + 1}]" if isinstance(last, int) else name


def _is_form(form: object) -> bool:
    return isinstance(form, type) and issubclass(form, BaseModel)


def _fields(form: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in form.model_fields.items()}


def _below(form: Any, step: str | int) -> Iterator[Any]:  # noqa: ANN401  # any annotation
    """Yield what the annotation `form` may hold at `step`, unions taken apart."""
    if _is_form(form):
        yield from _alternatives(_fields(form).get(str(step)))
    elif get_origin(form) is dict:
        yield from _alternatives(get_args(form)[1])
    elif get_origin(form) is tuple:
        yield from _alternatives(get_args(form)[0])


def _alternatives(annotation: Any) -> Iterator[Any]:  # noqa: ANN401  # any annotation
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif origin in {Union, UnionType}:
        for each in get_args(annotation):
            yield from _alternatives(each)
    else:
        yield annotation
