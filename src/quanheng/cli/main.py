"""The command line: find the command, run it, turn every error into lines and an exit code.

Exit codes: 0 done, 1 findings of error level (or the work could not be done), 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from quanheng.cli.general import take_general_options
from quanheng.cli.language import both, in_language, language_of
from quanheng.errors import FindingsError, QuanhengError, UsageError
from quanheng.version import VERSION

if TYPE_CHECKING:
    from cyclopts import App

    from quanheng.cli.show import Screen
    from quanheng.findings import Language

DONE: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2
_INTERRUPTED: Final = 130
_DEBUG: Final = "QUANHENG_DEBUG"

COMMANDS: Final = {
    "new": both("make a book, empty or from an example", "新建考核册：空白或取自示例"),
    "check": both("say what is wrong with a book", "检查考核册中的问题"),
    "score": both("compute scores, places, tiers and awards", "计算得分、位次、等次和奖项"),
    "explain": both("show every step behind a score", "展示得分的每一步依据"),
    "verify": both("recompute a result and compare", "重新计算并核对结果"),
    "demo": both("score an example book and show the ranking", "试算示例考核册并显示排名"),
    "rules": both(
        "the toolbox: every rule and method, with an example", "工具箱：计分规则和各种方法，附示例"
    ),
    "convert": both("turn a folder into a workbook, or back", "文件夹与工作簿互相转换"),
    "schema": both("write the JSON Schema of scheme.yaml", "输出 scheme.yaml 的 JSON Schema"),
}
"""Each command and what it does; its module has its name."""

_ABOUT: Final = both(
    "Turns the figures of an assessment into scores that explain themselves.",
    "权衡：把考核数据变成说得清依据的得分。",
)


def main() -> None:
    """Run the command line of this process and end it with the exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a console that lacks a character shows a mark instead of failing
            reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(tokens: Sequence[str]) -> int:
    """Run the command that `tokens` name and return the exit code; nothing is raised."""
    from quanheng.cli.show import Screen  # noqa: PLC0415  kept beside its use

    screen = Screen(language=language_of(os.environ), json=False, out=sys.stdout, err=sys.stderr)
    try:
        general, rest = take_general_options(tokens, os.environ)
        screen = Screen(language=general.language, json=general.json, out=sys.stdout, err=sys.stderr)
        return _run_command(rest, screen)
    except FindingsError as error:
        screen.findings(error.findings, answer=False)
        screen.record({"findings": [finding.as_record(screen.language) for finding in error.findings]})
        return FAILED
    except UsageError as error:
        return _fail(screen, error.text(screen.language), WRONG_USAGE)
    except QuanhengError as error:
        return _fail(screen, error.text(screen.language), FAILED)
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        return _fail(screen, f"{error.strerror or error}{where}", FAILED)
    except Exception as error:  # noqa: BLE001  the outermost edge: a person never sees a traceback
        if os.environ.get(_DEBUG):
            traceback.print_exc()
        return _fail(screen, _unexpected(error, screen.language), FAILED)


def application(language: Language) -> App:
    """Return the application that parses and prints help in `language`; commands load when called."""
    import cyclopts  # noqa: PLC0415  slow to import: `import quanheng.cli.main` stays light

    from quanheng.cli.help import HelpPage, everywhere  # noqa: PLC0415  the same

    app = cyclopts.App(
        name="quanheng",
        help=_ABOUT,
        help_format="plaintext",
        help_formatter=HelpPage(language),
        help_epilogue=everywhere(language),
        help_flags=["--help", "-h"],
        version=VERSION,
        version_flags=["--version"],
        default_parameter=cyclopts.Parameter(negative=()),
        print_error=False,
        exit_on_error=False,
    )
    for order, (name, text) in enumerate(COMMANDS.items()):
        app.command(f"quanheng.cli.{name}:{name}", name=name, help=text, sort_key=order)
    return app


def _run_command(tokens: Sequence[str], screen: Screen) -> int:
    import cyclopts  # noqa: PLC0415  slow to import: `import quanheng.cli.main` stays light

    from quanheng.cli.usage import wording_of  # noqa: PLC0415  the same

    app = application(screen.language)
    try:
        command, bound, injected = app.parse_args(tokens or ["--help"])
    except cyclopts.CycloptsError as error:
        raise UsageError(wording_of(error, screen.language, tuple(COMMANDS))) from error
    extra = {"screen": screen} if "screen" in injected else {}
    code = command(*bound.args, **bound.kwargs, **extra)
    return code if isinstance(code, int) else DONE


def _fail(screen: Screen, message: str, code: int) -> int:
    word = in_language(both("quanheng: ", "权衡："), screen.language)
    screen.warn(f"{word}{message}")
    screen.record({"error": message})
    return code


def _unexpected(error: Exception, language: Language) -> str:
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return in_language(
        both(
            f"unexpected {what}; this is a fault of the program, please report it ({_DEBUG}=1 shows where)",
            f"意外错误 {what}；这是程序缺陷，请反馈（设置 {_DEBUG}=1 可显示位置）",
        ),
        language,
    )
