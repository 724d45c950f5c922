"""The pages of `import quanheng`, from its docstrings."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import quanheng
from quanheng.findings.text import Language, Text

_TITLE: Final = Text(en="The Python interface", zh="Python 接口")
_STUDIES: Final = Text(en="Studies", zh="研究")
_WORDS: Final = Text(
    en="What each name of `import quanheng as qh` is, from its docstring. "
    "[From Python](python.md) says when to use which.",
    zh="`import quanheng as qh` 的各个名称，取自源码中的英文说明。"
    "何时用哪一个，见[在 Python 中使用](python.md)。",
)


def lay_interface(language: Language, folder: Path) -> None:
    """Write the page of the public names and that of the studies into `folder`."""
    names = [name for name in quanheng.__all__ if name not in {"__version__", "study"}]
    parts = [f"# {_TITLE.in_language(language)}", _WORDS.in_language(language)]
    parts += [f"::: {_home(name)}" for name in names]
    (folder / "interface.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    studies = [f"# {_STUDIES.in_language(language)}: `qh.study`", f"::: {quanheng.study.__name__}"]
    (folder / "interface-studies.md").write_text("\n\n".join(studies) + "\n", encoding="utf-8")


def _home(name: str) -> str:
    value = getattr(quanheng, name)
    return f"{value.__module__}.{value.__qualname__}"
