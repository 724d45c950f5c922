"""Which language a person reads."""

from __future__ import annotations

import locale
from collections.abc import Mapping
from typing import Final

from quanheng.findings.text import Language

_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


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
