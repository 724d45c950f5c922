"""Texts for people, in one or both languages, and what the languages are."""

from __future__ import annotations

from typing import Literal, TypeAlias

from quanheng.findings.value import Value

Language: TypeAlias = Literal["zh", "en"]


class Text(Value):
    """A text for people, in one or both languages; `""` is not given."""

    zh: str = ""
    en: str = ""

    def in_language(self, language: Language) -> str:
        """Return the text in `language`, or in the other one if only that is given."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)
