"""The pages of the command line, one in each language: what `--help` prints."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Mapping
from typing import Final

from quanheng.cli.commands import paths
from quanheng.cli.main import run
from quanheng.findings.text import Language

_WIDTH: Final = "100"
_TITLES: Final[Mapping[Language, str]] = {"en": "# Commands", "zh": "# 命令"}
_CODES: Final[Mapping[Language, str]] = {
    "en": "Exit codes: 0 done, 1 findings of error level or work that could not be done, 2 wrong usage.",
    "zh": "退出码：0 完成；1 有错误级检查发现，或未能完成；2 用法有误。",
}


def command_pages() -> Mapping[str, str]:
    """Return the pages by their path below `docs/reference`."""
    return {"commands.md": _page("en"), "commands.zh.md": _page("zh")}


def _page(language: Language) -> str:
    blocks = [_TITLES[language], _CODES[language], _help(language)]
    for path in paths():
        blocks += [f"## quanheng {' '.join(path)}", _help(language, *path)]
    return "\n\n".join(blocks) + "\n"


def _help(language: Language, *command: str) -> str:
    os.environ["COLUMNS"] = _WIDTH  # else the page would follow the terminal of whoever writes it
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = run([*command, "--help", "--lang", language])
    if code:
        raise SystemExit(f"'quanheng {' '.join(command)} --help' ended with {code}")
    lines = "\n".join(line.rstrip() for line in printed.getvalue().strip().splitlines())
    return f"```text\n{lines}\n```"
