"""The pages that list every kind of finding, one in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tools.finding_kinds import declared_kinds

from quanheng.findings.finding import Kind
from quanheng.findings.text import Language

_TITLES: Final[Mapping[Language, str]] = {"en": "# Findings", "zh": "# 检查发现"}
_INTRODUCTIONS: Final[Mapping[Language, str]] = {
    "en": "A finding is news about what a person wrote. Each has a code, a place, what is wrong and what "
    "to do. All findings of a book are shown together. A book with an error is not scored; "
    "warnings and notes do not stop anything. What stands in braces is filled with the facts.",
    "zh": "检查发现指出所写内容的问题：编号、位置、问题和建议。一本考核册的全部发现一并列出。有错误时不计分；"
    "警告和提示不影响计分。花括号中的内容以实际情况填写。",
}
_PARTS: Final[Mapping[str, Mapping[Language, str]]] = {
    "QH1": {"en": "The form of a scheme", "zh": "方案的写法"},
    "QH2": {"en": "The laws of a scheme", "zh": "方案的规则"},
    "QH3": {"en": "Files and cells", "zh": "文件与单元格"},
    "QH4": {"en": "The laws of data", "zh": "数据的规则"},
    "QH5": {"en": "Computing", "zh": "计算"},
    "QH6": {"en": "Results", "zh": "结果"},
    "QH7": {"en": "Studies", "zh": "研究"},
    "QH8": {"en": "Documents", "zh": "文书"},
    "QH9": {"en": "The life of a round", "zh": "考核流程"},
}
_LEVELS: Final[Mapping[str, Mapping[Language, str]]] = {
    "error": {"en": "error", "zh": "错误"},
    "warning": {"en": "warning", "zh": "警告"},
    "note": {"en": "note", "zh": "提示"},
}


def finding_pages() -> Mapping[str, str]:
    """Return the pages by their path below `docs/reference`."""
    return {"findings.md": _page("en"), "findings.zh.md": _page("zh")}


def _page(language: Language) -> str:
    kinds = sorted((kind for _, _, kind in declared_kinds()), key=lambda kind: kind.code)
    blocks = [_TITLES[language], _INTRODUCTIONS[language]]
    for prefix, titles in _PARTS.items():
        part = [kind for kind in kinds if kind.code.startswith(prefix)]
        if part:
            blocks += [f"## {titles[language]}", *(_entry(kind, language) for kind in part)]
    return "\n\n".join(blocks) + "\n"


def _entry(kind: Kind, language: Language) -> str:
    return "\n\n".join(_entry_blocks(kind, language))


def _entry_blocks(kind: Kind, language: Language) -> Iterator[str]:
    message, hint = (kind.zh, kind.hint_zh) if language == "zh" else (kind.en, kind.hint_en)
    yield f"### {kind.code}"
    yield (
        f"{_LEVELS[kind.severity][language]}: {message}"
        if language == "en"
        else (f"{_LEVELS[kind.severity][language]}：{message}")
    )
    yield f"*{'建议' if language == 'zh' else 'hint'}:* {hint}"
