"""What all parts of a scheme document are made of: the base of its models and its scalar types.

A document mirrors the file: formulas are kept as text, shares as numbers from 0 to 1 that are written as
`30%`. Short forms (`percentile` for `{percentile: {}}`) are read as the long form they stand for.

Files of forms do without `from __future__ import annotations`: with it pydantic gets every annotation as a
text, which it compiles anew at each start.
"""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar, Final, TypeAlias, Unpack

from pydantic import (
    AfterValidator,
    AllowInfNan,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    Strict,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from quanheng.findings.finding import Kind
from quanheng.findings.patterns import bounded
from quanheng.findings.text import Text
from quanheng.findings.visible import acts
from quanheng.scheme.fields.findings import BAD_FORM, BEYOND_RANGE, UNSEEN_CHARACTER
from quanheng.scheme.formulas.numbers import in_range

MAX_CODE: Final = 64
"""Characters a code may have."""
MAX_TEXT: Final = 2_000
"""Characters a text for people may have."""

_PERCENT = bounded(r"(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)) ?%")
_PERIOD = bounded(r"[0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?")
_PLACES = bounded(r"([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?")
_SCHEME_ID = bounded(r"\w[\w.-]{0,99}")
_PERCENT_SCHEMA: Final = {"type": "string", "pattern": r"^([0-9]+(\.[0-9]*)?|\.[0-9]+) ?[%％]$"}
_SIGNED_SCHEMA: Final = {"type": "string", "pattern": r"^[-−－]?([0-9]+(\.[0-9]*)?|\.[0-9]+) ?[%％]$"}


def wrong(kind: Kind, **facts: object) -> PydanticCustomError:
    """Return the error a validator raises for a finding of `kind`."""
    return PydanticCustomError("quanheng", "{code}", {"code": kind.code, "kind": kind, "facts": facts})


def bad_form(value: object, form: Text) -> PydanticCustomError:
    """Return the error for a value that is not of the form that is described."""
    return wrong(BAD_FORM, value=shown(value), form=form)


def shown(value: object) -> str:
    """Return `value` as a message shows it: short, texts in quotes."""
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f"'{value}'" if isinstance(value, str) else str(value)
    return text if len(text) <= MAX_CODE else f"{text[: MAX_CODE - 2]}…'"


class Form(BaseModel):
    """Base of all parts of a document: frozen, unknown keys forbidden, an empty value is not given.

    What a key means stands beside its type, `Annotated[Line, Text(en=…, zh=…)]`; what the part is, in its
    docstring and in Chinese after its base, `class TierForm(Form, zh="…")`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, defer_build=True)

    in_chinese: ClassVar[str] = ""
    """What the part is, in Chinese; its docstring says so in English."""

    def __init_subclass__(cls, *, zh: str = "", **settings: Unpack[ConfigDict]) -> None:
        """Keep what the part is in Chinese."""
        super().__init_subclass__(**settings)
        cls.in_chinese = zh

    @classmethod
    def meanings(cls) -> Mapping[str, Text]:
        """Return what each key means, by the word that is written."""
        return {
            field.alias or name: text
            for name, field in cls.model_fields.items()
            for text in field.metadata
            if isinstance(text, Text)
        }

    @classmethod
    def written_out(cls, value: object) -> object:
        """Return the long form of `value`; a part that has short forms overrides this."""
        return value

    @model_validator(mode="before")
    @classmethod
    def _without_empty_values(cls, value: object) -> object:
        long = cls.written_out(value)
        if not isinstance(long, Mapping):
            return long
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {key: part for key, part in long.items() if part is not None or key not in known}


# --- scalars --------------------------------------------------------------------------------------


def _number_of(value: object) -> object:
    """Return the number a text such as `80%` means; anything else as it is."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFKC", value).strip().replace("\N{MINUS SIGN}", "-")
    if not _PERCENT.fullmatch(text):
        return value
    share = share_of(text)
    if not in_range(share):
        raise wrong(BEYOND_RANGE)
    return share


def share_of(text: str) -> float:
    """Return the share a percentage means.

    Examples:
        >>> share_of("30%")
        0.3
    """
    match = _PERCENT.fullmatch(text)
    if match is None:
        message = f"{text!r} is not a percentage"
        raise ValueError(message)
    return float(Decimal(match[1]) / 100)


def _as_list(value: object) -> object:
    """Return a single word as a list of one."""
    return (value,) if isinstance(value, str) else value


def _percent_text(share: float) -> str:
    return f"{(Decimal(repr(abs(share))) * 100).normalize():f}%"


def _quota_of(value: object) -> object:
    number = _number_of(value)
    if type(number) is int and number >= 1:
        return number
    if type(number) is float and 0 < number <= 1:
        return _percent_text(number)
    raise bad_form(
        value, Text(en="write a count such as 3 or a share such as 30%", zh="请写名额 3 或比例 30%")
    )


BAD_CODE: Final = Kind(
    code="QH131",
    severity="error",
    en="'{value}' cannot be a code",
    zh="“{value}”不能用作代码",
    hint_en="a code is a letter or Chinese character, then letters, digits and _, at most {limit} in all",
    hint_zh="代码以字母或汉字开头，只含字母、汉字、数字和下划线，不超过{limit}个字符",
)


def _code(value: str) -> str:
    plain = unicodedata.normalize("NFKC", value) == value
    if not value.isidentifier() or not plain or len(value) > MAX_CODE:
        raise wrong(BAD_CODE, value=value[: MAX_CODE + 1], limit=MAX_CODE)
    return value


def _clean_text(value: str) -> str:
    if len(value) > MAX_TEXT:
        form = Text(en=f"write at most {MAX_TEXT} characters", zh=f"请写不超过{MAX_TEXT}个字符")
        raise bad_form(value, form)
    return _visible(value)


def _visible(value: str) -> str:
    for sign in value:
        if acts(sign):
            raise wrong(UNSEEN_CHARACTER, character=f"U+{ord(sign):04X}")
    return value


def text_of_number(value: object) -> object:
    """Return a bare number as the text it was written as, for keys where people write either."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return str(value)


def _formula_text(value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        try:
            return f"{Decimal(repr(value)):f}"
        except (InvalidOperation, ValueError):
            return value
    return str(value) if isinstance(value, int) else value


def _period(value: str) -> str:
    if not _PERIOD.fullmatch(value):
        raise bad_form(
            value,
            Text(
                en="write a period: 2023, 2023-H1, 2023-Q3 or 2023-06",
                zh="请写期间：2023、2023-H1、2023-Q3 或 2023-06",
            ),
        )
    return value


def _scheme_id(value: str) -> str:
    if not _SCHEME_ID.fullmatch(value):
        raise bad_form(
            value,
            Text(
                en="use letters, digits, '-', '_' and '.', at most 100",
                zh="请用字母、汉字、数字及“-_.”，不超过100个字符",
            ),
        )
    return value


def _places(value: str) -> str:
    text = unicodedata.normalize("NFKC", value).replace(" ", "")
    for dash in "–—~至":
        text = text.replace(dash, "-")
    match = _PLACES.fullmatch(text)
    if match is None or (match[2] and int(match[2]) < int(match[1])):
        raise bad_form(
            value, Text(en="write a place such as 7 or a range such as 1-3", zh="请写位次 7 或范围 1-3")
        )
    return text


Number: TypeAlias = Annotated[float, Strict(), AllowInfNan(allow_inf_nan=False)]
"""A plain number. That it is in the range of numbers is seen before a document is read."""

Amount: TypeAlias = Annotated[
    Number,
    BeforeValidator(_number_of),
    WithJsonSchema({"anyOf": [{"type": "number"}, _SIGNED_SCHEMA]}),
]
"""A number, or a percentage: `80%` is 0.8, `-1%` is -0.01."""

Share: TypeAlias = Annotated[
    Number,
    Field(ge=0, le=1),
    BeforeValidator(_number_of),
    PlainSerializer(_percent_text, return_type=str),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, _PERCENT_SCHEMA]}),
]
"""A part of a whole: `30%` or 0.3."""

QuotaText: TypeAlias = Annotated[
    int | str,
    BeforeValidator(_quota_of),
    WithJsonSchema({"anyOf": [{"type": "number", "exclusiveMinimum": 0}, _PERCENT_SCHEMA]}),
]
"""A count (`3`, a whole number) or a share as text (`30%`)."""

Truth: TypeAlias = Annotated[bool, Strict()]
"""`true` or `false`."""

Decimals: TypeAlias = Annotated[int, Strict(), Field(ge=0, le=12)]
"""How many decimals."""

Code: TypeAlias = Annotated[
    str, AfterValidator(_code), Field(json_schema_extra={"minLength": 1, "maxLength": MAX_CODE})
]
"""A short name used in formulas and files: letters (Chinese ones too), digits and `_`."""

Codes: TypeAlias = Annotated[
    tuple[Code, ...],
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One code or a list of codes."""

Line: TypeAlias = Annotated[str, Field(min_length=1), AfterValidator(_clean_text)]
"""A text for people."""

FormulaText: TypeAlias = Annotated[
    str,
    BeforeValidator(_formula_text),
    AfterValidator(_visible),
    WithJsonSchema({"type": ["string", "number"], "description": "a formula over item names"}),
]
"""A formula as text; it is parsed when the scheme is made."""

PeriodText: TypeAlias = Annotated[
    str,
    BeforeValidator(text_of_number),
    AfterValidator(_period),
    WithJsonSchema({"type": ["string", "integer"], "pattern": rf"^{_PERIOD.pattern}$"}),
]
"""A period: `2023`, `2023-H1`, `2023-Q3`, `2023-06`."""

SchemeId: TypeAlias = Annotated[str, BeforeValidator(text_of_number), AfterValidator(_scheme_id)]
"""The identity of a scheme."""

PlaceRange: TypeAlias = Annotated[str, AfterValidator(_places)]
"""A place `7` or a range of places `1-3`."""


class Bilingual(Form, zh="两种语言的文字，`{zh: …, en: …}`。"):
    """A text in both languages, `{zh: …, en: …}`."""

    zh: Annotated[Line | None, Text(en="The Chinese text.", zh="中文。")] = None
    en: Annotated[Line | None, Text(en="The English text.", zh="英文。")] = None


def _text_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#languages" if isinstance(value, Mapping | Bilingual) else "#text"


Label: TypeAlias = Annotated[
    Annotated[Line, Tag("#text")] | Annotated[Bilingual, Tag("#languages")], Discriminator(_text_form)
]
"""A text for people, or `{zh: …, en: …}`."""

Name: TypeAlias = Annotated[
    Label | None, Text(en="What it is called; if not given, its code.", zh="名称；不写则用其代码。")
]
"""What a part is called, where it has a code."""


def named(value: object) -> object:
    """Return a form of which only the name is written, `gdp: 地区生产总值`, or nothing, written out."""
    if value is None:
        return {}
    return {"name": value} if isinstance(value, str) else value
