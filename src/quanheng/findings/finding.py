"""Findings: news about what a person wrote, with its location, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from quanheng.findings.errors import QuanhengError
from quanheng.findings.patterns import linear
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value, field
from quanheng.findings.visible import printable, printable_lines

Severity: TypeAlias = Literal["error", "warning", "note"]

_WORDS_OF_YAML = linear(
    r"（[a-z][\x20-\x7e…]*）",
    why="no bracket stands inside of what is looked for, so that each is looked at once",
)
"""What a Chinese wording adds for those who write YAML: 数据类型（kind）."""
_QUOTED = linear(
    r"\{(\w+)!r\}", why="no bracket stands inside of what is looked for, so that each is looked at once"
)
"""A fact in quotation marks; Chinese has its own."""
_SEVERITY_WORDS: Mapping[Severity, Text] = {
    "error": Text(zh="错误", en="error"),
    "warning": Text(zh="警告", en="warning"),
    "note": Text(zh="提示", en="note"),
}


class Location(Value):
    """Where something was written: a file, and inside it a line, a sheet, a cell or a key.

    Examples:
        >>> str(Location(file="scheme.yaml", line=14))
        'scheme.yaml:14'
        >>> str(Location(file="data/gdp.xlsx", sheet="Sheet1", cell="C14"))
        'data/gdp.xlsx!Sheet1!C14'
    """

    file: str = ""
    line: int | None = None
    sheet: str | None = None
    cell: str | None = None

    @property
    def in_workbook(self) -> bool:
        """Whether it is on a sheet of a book that is one workbook: the workbooks of a folder lie below it."""
        return self.sheet is not None and "/" not in self.file

    def __str__(self) -> str:
        """Return the location as one word a person can find again."""
        text = self.file
        if self.sheet is not None:
            text += f"!{self.sheet}"
        if self.cell is not None:
            text += f"!{self.cell}"
        if self.line is not None:
            text += f":{self.line}"
        return printable(text)


NOWHERE = Location()


class Kind(Value):
    """One kind of finding: its code, its level and its wording with named gaps.

    The wordings are `str.format` templates over the facts of a finding; a fact may be a text in both
    languages.
    """

    code: str
    severity: Severity
    en: str
    zh: str
    hint_en: str
    hint_zh: str

    def at(self, where: Location = NOWHERE, /, **facts: object) -> Finding:
        """Return the finding of this kind at `where`, with the facts that fill the wording."""
        told = {key: value if isinstance(value, Text) else str(value) for key, value in facts.items()}
        return Finding(kind=self, where=where, facts=told)


class Finding(Value):
    """One piece of news: a kind, a location and the facts.

    Examples:
        >>> kind = Kind(
        ...     code="QH999",
        ...     severity="error",
        ...     en="no {what}",
        ...     zh="没有{what}",
        ...     hint_en="add {what}",
        ...     hint_zh="请补充{what}",
        ... )
        >>> print(kind.at(Location(file="units.csv", line=3), what="name").text("en"))
        units.csv:3: error QH999 no name
            hint: add name
    """

    kind: Kind
    where: Location = NOWHERE
    facts: Mapping[str, str | Text] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code of its kind, such as `QH201`."""
        return self.kind.code

    @property
    def severity(self) -> Severity:
        """`error`, `warning` or `note`."""
        return self.kind.severity

    def message(self, language: Language) -> str:
        """Return what is wrong."""
        return self._filled(self.kind.zh if language == "zh" else self.kind.en, language)

    def hint(self, language: Language) -> str:
        """Return what to do."""
        return self._filled(self.kind.hint_zh if language == "zh" else self.kind.hint_en, language)

    def text(self, language: Language) -> str:
        """Return the finding as two lines: location, code and message; then the hint."""
        where = f"{self.where}: " if str(self.where) else ""
        word = _SEVERITY_WORDS[self.severity].in_language(language)
        hint_word = "建议" if language == "zh" else "hint"
        return f"{where}{word} {self.code} {self.message(language)}\n    {hint_word}: {self.hint(language)}"

    def as_record(self, language: Language) -> dict[str, str]:
        """Return the finding as a flat record for csv and json."""
        return {
            "code": self.code,
            "severity": self.severity,
            "place": str(self.where),
            "message": self.message(language),
            "hint": self.hint(language),
        }

    def _filled(self, template: str, language: Language) -> str:
        told = {
            key: printable_lines(fact.in_language(language)) if isinstance(fact, Text) else printable(fact)
            for key, fact in self.facts.items()
        }
        if language == "zh" and self.where.in_workbook:
            template = _WORDS_OF_YAML.sub("", template)
            ours = [key for key, fact in self.facts.items() if isinstance(fact, Text)]
            told |= {key: _WORDS_OF_YAML.sub("", told[key]) for key in ours}
        if language == "zh":
            template = _QUOTED.sub(r"“{\1}”", template)
        return template.format_map(told)


class FindingsError(QuanhengError):
    """Something a person wrote has findings of error level, so nothing was computed."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep `findings` (all of them, not only the errors) for the one who asks."""
        self.findings = findings
        super().__init__(self.text("en"), self.text("zh"))

    def text(self, language: Language) -> str:
        """Return all findings in `language`."""
        return "\n".join(finding.text(language) for finding in self.findings)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether one of `findings` is of error level."""
    return any(finding.severity == "error" for finding in findings)


def require_no_errors(findings: Iterable[Finding]) -> None:
    """Raise `FindingsError` with all of `findings` if one of them is of error level."""
    collected = tuple(findings)
    if has_errors(collected):
        raise FindingsError(collected)
