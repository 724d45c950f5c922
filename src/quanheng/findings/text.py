"""Texts for people, in one or both languages, and what the languages are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text for people, in one or both languages; `""` is not given."""

    zh: str = ""
    en: str = ""

    def in_language(self, language: Language) -> str:
        """Return the text in `language`, or in the other one if only that is given."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)
