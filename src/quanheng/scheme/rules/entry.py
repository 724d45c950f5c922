"""What the catalogue has of each rule, and what a law of rules is told of the indicator it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, TypeAlias

from quanheng.findings.finding import Finding, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import Expression
from quanheng.scheme.rules.anchors import Direction
from quanheng.scheme.rules.rule import Rule, Stated
from quanheng.scheme.tools.tool import Tool


class Written(Value):
    """How a rule is written: what pydantic reads, and the value that means.

    `settled` is called with what was read, its path, and the margin on which to note what cannot be settled.
    `about` describes a form that has no docstring of its own.
    """

    form: Any
    settled: Callable[[Any, Any, Any], Rule]
    about: Text | None = None

    @property
    def of_key(self) -> Any:  # noqa: ANN401  # what pydantic reads
        """What pydantic reads under the rule's key: the form, or nothing where it is another rule."""
        from quanheng.scheme.fields.late import late

        form = late(self.form)
        return form | None if self.about is None else Annotated[form | None, self.about]


class Entry(Value):
    """A rule of the catalogue: its values, how it is written, and its entry in the toolbox.

    `written` is a function, so that pydantic is imported only where a scheme is read: values are looked at
    by all, their forms by one.
    """

    values: tuple[type[Rule], ...]
    written: Callable[[], Written]
    tool: Tool
    word: str = ""
    """Its word in the scheme language, where the toolbox has another tool of this name."""

    @property
    def name(self) -> str:
        """The word of the rule in the scheme language."""
        return self.word or self.tool.name


class Ruled(Value):
    """An indicator, as a law of rules sees it; `direction` is None where the scheme does not write it."""

    code: str
    where: Location
    rule: Rule
    measure: Expression
    direction: Direction | None
    treated_ranges: tuple[Stated, ...]
    needs_base: bool


RuleLaw: TypeAlias = Callable[[Ruled], Iterator[Finding]]
