"""Which language a person reads, and texts that are written in both.

Command names, help and messages are declared once, in both languages, with `both`. The libraries below carry
such a text unread; whoever prints it takes the half a person asked for, with `in_language`.
"""

from __future__ import annotations

import locale
from collections.abc import Mapping
from typing import Final

from quanheng.findings.text import Language

_BETWEEN: Final = "\x1f"
_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def both(en: str, zh: str) -> str:
    """Return one text that holds both wordings.

    Examples:
        >>> in_language(both("the book", "考核册"), "zh")
        '考核册'
    """
    return f"{en}{_BETWEEN}{zh}"


def in_language(text: str, language: Language) -> str:
    """Return the wording of `text` in `language`; a text in one wording is returned as it is."""
    en, _, zh = text.partition(_BETWEEN)
    return zh if zh and language == "zh" else en


def language_of(environment: Mapping[str, str]) -> Language:
    """Return the language the locale asks for: Chinese where it says so, else English.

    Examples:
        >>> language_of({"LC_ALL": "", "LANG": "zh_CN.UTF-8"})
        'zh'
        >>> language_of({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
        'en'
    """
    stated = next((environment[name] for name in _VARIABLES if environment.get(name)), None)
    if stated is None:
        stated = locale.getlocale()[0] or ""
    return "zh" if stated.lower().startswith(("zh", "chinese")) else "en"
