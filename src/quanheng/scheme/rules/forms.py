"""The rules as they are written: `rule: {scale: {worst: 20, best: 85}}`, or one word such as `percentile`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Self, TypeAlias, cast

from pydantic import BaseModel, create_model, model_validator

from quanheng.findings.nearest import suggestion
from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Form, bad_form, wrong
from quanheng.scheme.fields.findings import NOT_EXACTLY_ONE, NOT_ONE_OF
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin
from quanheng.scheme.rules.catalogue import CATALOGUE, AnyRule
from quanheng.scheme.rules.entry import Written

_WRITTEN: Final[Mapping[str, Written]] = {entry.name: entry.written() for entry in CATALOGUE}


def _has_defaults(form: object) -> bool:
    if not (isinstance(form, type) and issubclass(form, BaseModel)):
        return False
    return not any(field.is_required() for field in form.model_fields.values())


RULE_WORDS: Final = frozenset(name for name, written in _WRITTEN.items() if _has_defaults(written.form))
"""The rules that one word is enough for: all their parameters have defaults."""


class OneRule(Form, zh="指标值如何成为得分：恰好写一种规则。"):
    """How the measure becomes points: exactly one of these rules."""

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read one word as the rule with its defaults, and an empty rule as `{}`."""
        if isinstance(value, str):
            if value not in cls.model_fields:
                raise wrong(NOT_ONE_OF, value=f"'{value}'", **suggestion(value, cls.model_fields))
            if value not in RULE_WORDS:
                raise bad_form(
                    value, Text(en=f"write {{{value}: …}} with its numbers", zh=f"请写明参数：{{{value}: …}}")
                )
            return {value: {}}
        if isinstance(value, Mapping):
            return {key: {} if rule is None and key in RULE_WORDS else rule for key, rule in value.items()}
        return value

    @model_validator(mode="after")
    def _is_exactly_one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise wrong(
                NOT_EXACTLY_ONE,
                count=len(self.model_fields_set),
                forms=", ".join(type(self).model_fields),
            )
        return self


if TYPE_CHECKING:
    RuleForm: TypeAlias = OneRule
else:
    RuleForm = create_model(
        "RuleForm",
        __base__=OneRule,
        __cls_kwargs__={"zh": OneRule.in_chinese},
        __doc__=OneRule.__doc__,
        **{name: (written.of_key, None) for name, written in _WRITTEN.items()},
    )


def rule_of(form: RuleForm, path: Path, margin: Margin) -> AnyRule:
    """Return the rule `form` means."""
    (name,) = form.model_fields_set
    settled = _WRITTEN[name].settled(getattr(form, name), (*path, name), margin)
    return cast(AnyRule, settled)  # a test holds the catalogue against the union
