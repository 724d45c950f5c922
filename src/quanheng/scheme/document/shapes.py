"""What may stand at a path of a document, as its forms say: keys, words, formulas, numbers.

shape_at(Document, path) -> Shape: the alternatives there, taken apart
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator

from quanheng.scheme.fields.fields import Form, FormulaText, PeriodText
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.rules.forms import OneRule
from quanheng.scheme.weights.form import ComputedForm


@dataclass(slots=True)
class Shape:
    """What may stand somewhere: any of these."""

    forms: list[type[Form]] = field(default_factory=list)
    """Keys of a form."""
    keyed: list[tuple[Any, Any]] = field(default_factory=list)
    """Codes or periods with something below each: what they are, and what is below."""
    lists: list[tuple[Any, ...]] = field(default_factory=list)
    """What stands in a list; `...` as the last where it is of any length."""
    words: list[str] = field(default_factory=list)
    number: bool = False
    truth: bool = False
    text: bool = False
    formula: bool = False
    period: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its forms."""
        return tuple(key for form in self.forms for key in fields_of(form))

    @property
    def scalar(self) -> bool:
        """Whether one word, number or text may stand there."""
        return bool(self.words) or self.number or self.truth or self.text

    @property
    def one_form(self) -> type[Form] | None:
        """The form whose keys stand there; None where other things may, or one key of many."""
        if len(self.forms) != 1 or self.keyed or self.lists or self.scalar:
            return None
        return None if issubclass(self.forms[0], _CHOICES) else self.forms[0]


_CHOICES: Final = (OneRule, ComputedForm)
"""Forms of which exactly one key is written."""


def shape_of(annotation: Any) -> Shape:  # noqa: ANN401  # any annotation
    """Return the shape an annotation of a form describes."""
    shape = Shape()
    for member in _members(annotation):
        _add(shape, member)
    return shape


def shape_at(top: Any, path: Path) -> Shape:  # noqa: ANN401  # any annotation
    """Return what may stand at `path` below what `top` describes.

    Examples:
        >>> from quanheng.scheme.document.document import Document
        >>> shape_at(Document, ("indicators", "economy", "rule", "ratio")).keys
        ('ref', 'cap')
        >>> shape_at(Document, ("items", "gdp", "every")).words
        ['year', 'half', 'quarter', 'month', 'day', 'hour']
    """
    shape = shape_of(top)
    for step in path:
        shape = below(shape, step)
    return shape


def below(shape: Shape, step: str | int) -> Shape:
    """Return what may stand one `step` below a shape."""
    found = Shape()
    for annotation in _below(shape, step):
        for member in _members(annotation):
            _add(found, member)
    return found


def fields_of(form: type[BaseModel]) -> dict[str, Any]:
    """Return the annotation of each key of a form, by the word that is written."""
    return {
        each.alias or name: Annotated[each.annotation, *each.metadata] if each.metadata else each.annotation
        for name, each in form.model_fields.items()
    }


def _below(shape: Shape, step: str | int) -> Iterator[Any]:
    if isinstance(step, int):
        for parts in shape.lists:
            yield parts[0] if parts[-1] is Ellipsis or step >= len(parts) else parts[step]
        return
    for form in shape.forms:
        known = fields_of(form)
        if step in known:
            yield known[step]
    for _, value in shape.keyed:
        yield value


def _members(annotation: Any) -> Iterator[Any]:  # noqa: ANN401  # any annotation
    """Yield the alternatives of an annotation; formulas and periods keep what says that they are."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        known = next((each for each in (FormulaText, PeriodText) if _is_marked(marks, each)), None)
        if known is None:
            yield from _members(inner)
        else:
            yield known
    elif origin in {Union, UnionType}:
        for each in get_args(annotation):
            yield from _members(each)
    else:
        yield annotation


def _is_marked(marks: list[Any], kind: Any) -> bool:  # noqa: ANN401  # any annotation
    """Return whether an annotation is of a `kind`, whatever else is said: it has its validators."""
    return all(
        mark in marks for mark in get_args(kind)[1:] if isinstance(mark, AfterValidator | BeforeValidator)
    )


def _add(shape: Shape, member: Any) -> None:  # noqa: ANN401  # any annotation
    origin = get_origin(member)
    if member == FormulaText:
        shape.text = shape.formula = True
    elif member == PeriodText:
        shape.text = shape.period = True
    elif origin is Literal:
        words = [word for word in get_args(member) if isinstance(word, str)]
        shape.words.extend(words)
        shape.number = shape.number or len(words) < len(get_args(member))
    elif origin is dict:
        key, value = get_args(member)
        shape.keyed.append((key, value))
    elif origin is tuple:
        shape.lists.append(get_args(member))
    elif isinstance(member, type) and issubclass(member, Form):
        shape.forms.append(member)
    elif member is bool:
        shape.truth = True
    elif member in (int, float):
        shape.number = True
    elif member is str:
        shape.text = True
