"""The JSON Schema of the YAML form, so that editors complete and check a scheme while it is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import ModelSchema, PlainValidatorFunctionSchema, TaggedUnionSchema

from quanheng.findings.text import Language
from quanheng.scheme.document.document import VERSION, Document
from quanheng.scheme.fields.fields import Form
from quanheng.scheme.rules.forms import RULE_WORDS

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final = {"type": "string"}
_NUMBER: Final = {"type": "number"}
_NOTHING: Final = {"type": "null"}
_SHORT_FORMS: Final[dict[str, tuple[dict[str, Any], ...]]] = {
    "GroupForm": (_TEXT, _NOTHING, {"$ref": "#/$defs/Bilingual"}),
    "ItemForm": (_TEXT, _NOTHING),
    "LedgerForm": (_TEXT, _NOTHING),
    "FieldForm": (_TEXT, _NOTHING),
    "NodeForm": (_TEXT, _NUMBER, _NOTHING),
    "NodeLimitForm": ({"type": "number", "minimum": 0},),
    "RuleForm": ({"enum": sorted(RULE_WORDS)},),
    "StepsForm": ({"type": "array", "items": {"type": "array", "minItems": 2, "maxItems": 2}},),
}
"""What may stand in place of the long form of a part, as its `written_out` reads it."""
_ONE_OF_ITS_KEYS: Final = ("RuleForm",)


class _InEnglish(GenerateJsonSchema):
    """Writes what parts and keys mean into the schema."""

    language: ClassVar[Language] = "en"

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """Return the schema of a form, described."""
        described = super().model_schema(schema)
        form = schema["cls"]
        if issubclass(form, Form):
            if self.language == "zh" and form.in_chinese:
                described["description"] = form.in_chinese
            for key, text in form.meanings().items():
                described["properties"][key]["description"] = text.in_language(self.language)
        return described

    def tagged_union_schema(self, schema: TaggedUnionSchema) -> JsonSchemaValue:
        """Return what one of several forms has to fit: a number, for one, is a number and a quota as well."""
        union = super().tagged_union_schema(schema)
        return {"anyOf": union.pop("oneOf"), **union} if "oneOf" in union else union

    def function_plain_schema(self, schema: PlainValidatorFunctionSchema) -> JsonSchemaValue:
        """Return the schema of a form that is read late."""
        form = getattr(schema["function"]["function"], "__self__", None)
        if not (isinstance(form, type) and issubclass(form, Form)):
            return super().function_plain_schema(schema)
        form.model_rebuild()
        return self.generate_inner(form.__pydantic_core_schema__)


class _InChinese(_InEnglish):
    language: ClassVar[Language] = "zh"


def json_schema(language: Language = "en") -> dict[str, Any]:
    """Return the JSON Schema of a scheme file, which says in `language` what each key means.

    Examples:
        >>> json_schema()["title"]
        'quanheng scheme'
    """
    schema = described(Document, language)
    parts: dict[str, Any] = schema["$defs"]
    for name in _ONE_OF_ITS_KEYS:
        parts[name] |= {"minProperties": 1, "maxProperties": 1}
    parts["ComputedForm"]["oneOf"] = [
        {"required": list(keys), "maxProperties": len(keys)} for keys in (("ahp",), ("bod",), ("by", "of"))
    ]
    for name, short in _SHORT_FORMS.items():
        description = parts[name].pop("description")
        parts[name] = {"description": description, "anyOf": [parts[name], *short]}
    return {
        "$schema": _DIALECT,
        "$id": f"urn:quanheng:scheme:{VERSION}",
        "title": "quanheng scheme",
        **schema,
    }


def described(form: type[Form], language: Language) -> dict[str, Any]:
    """Return the bare JSON Schema of a form, which says in `language` what each key means."""
    generator = _InChinese if language == "zh" else _InEnglish
    schema: dict[str, Any] = _without_noise(
        form.model_json_schema(by_alias=True, mode="validation", schema_generator=generator)
    )
    return schema


def settings_schema(form: type[Form], name: str, language: Language = "en") -> dict[str, Any]:
    """Return the JSON Schema of the settings of a study: `form`, called `name`."""
    return {
        "$schema": _DIALECT,
        "$id": f"urn:quanheng:study:{name}:{VERSION}",
        "title": f"quanheng study {name}",
        **described(form, language),
    }


def json_schema_text(language: Language = "en") -> str:
    """Return the JSON Schema as text, with descriptions in `language`."""
    return as_text(json_schema(language))


def as_text(schema: Mapping[str, Any]) -> str:
    """Return a JSON Schema as text."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _without_noise(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Return `value` without the titles and empty defaults pydantic adds, closed to keys of no pattern."""
    if isinstance(value, list):
        return [_without_noise(part) for part in value]
    if not isinstance(value, dict):
        return value
    closed = {"additionalProperties": False} if "patternProperties" in value else {}
    return closed | {
        key: _without_noise(part)
        for key, part in value.items()
        if not (key == "title" and isinstance(part, str)) and not (key == "default" and part is None)
    }
