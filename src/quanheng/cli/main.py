"""The command line: find the command, run it, turn every error into lines and an exit code.

Exit codes: 0 done, 1 findings of error level (or the work could not be done), 2 wrong usage.
"""

from __future__ import annotations

import atexit
import functools
import gc
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quanheng.cli.commands import COMMANDS, GROUPS, paths, place_of
from quanheng.cli.general import take_general_options
from quanheng.cli.language import language_of
from quanheng.cli.signals import INTERRUPTED, EndedError, end_in_good_order, told_to_end
from quanheng.findings.errors import QuanhengError, UsageError
from quanheng.findings.finding import FindingsError
from quanheng.findings.refusals import reason_of
from quanheng.findings.text import Text
from quanheng.version import VERSION

if TYPE_CHECKING:
    from cyclopts import App

    from quanheng.cli.help import HelpPage
    from quanheng.cli.show import Screen
    from quanheng.findings.text import Language

DONE: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2
_DEBUG: Final = "QUANHENG_DEBUG"
NEW_OBJECTS: Final = 200_000
"""Objects made between two looks for garbage. Python's 700 means two hundred looks while modules are loaded,
which hold none: a twentieth of the time from start to ranking. A small book makes 130,000 till then."""
_PLAIN: Final = ("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""No plugin of pydantic is looked for in all that is installed."""
_ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "1")
"""Matrices of studies are small: threads wait for each other longer than they work, and add up otherwise."""
_FIRST_PAGE: Final = frozenset({(), ("--help",), ("-h",)})
"""What is answered with the list of all commands."""

_ABOUT: Final = Text(
    en="Turns the figures of an assessment into scores that explain themselves.",
    zh="权衡：把考核数据变成说得清依据的得分。",
)


def main() -> None:
    """Run the command line of this process and end it with the exit code."""
    ended: list[int] = []
    atexit.register(_leave, ended)  # before all else that is to be done at the end, so that it comes last
    gc.set_threshold(NEW_OBJECTS)
    os.environ.setdefault(*_PLAIN)
    os.environ.setdefault(*_ONE_THREAD)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed (`>&-`); no file of ours may take its number
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  open to the end
    end_in_good_order()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a console that lacks a character shows a mark instead of failing
            reconfigure(errors="replace")
    ended.append(_let_go(run(sys.argv[1:])))
    sys.exit(ended[0])


def run(tokens: Sequence[str]) -> int:
    """Run the command that `tokens` name and return the exit code; nothing is raised."""
    from quanheng.cli.show import Screen  # noqa: PLC0415  kept beside its use

    screen = Screen(language=language_of(os.environ), json=False, out=sys.stdout, err=sys.stderr)
    try:
        general, rest = take_general_options(tokens, os.environ)
        screen = Screen(language=general.language, json=general.json, out=sys.stdout, err=sys.stderr)
        return _answer(rest, screen)
    except UsageError as error:
        return _fail(screen, error.text(screen.language), WRONG_USAGE)
    except QuanhengError as error:
        return _fail(screen, error.text(screen.language), FAILED)
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except EndedError as error:
        return error.code
    except OSError as error:
        return _fail(screen, screen.choose(_refused(error)), FAILED)
    except Exception as error:  # noqa: BLE001  the outermost edge: a person never sees a traceback
        told = told_to_end()
        if told is not None:
            return told
        if os.environ.get(_DEBUG):
            traceback.print_exc()
        return _fail(screen, screen.choose(_unexpected(error)), FAILED)


def application(language: Language) -> App:
    """Return the application that parses and prints help in `language`; commands load when called."""
    import cyclopts  # noqa: PLC0415  slow to import: `import quanheng.cli.main` stays light

    from quanheng.cli.help import HelpPage, everywhere  # noqa: PLC0415  the same

    app = _app(
        "quanheng",
        _ABOUT.in_language(language),
        HelpPage(language),
        help_epilogue=everywhere(language),
        help_flags=["--help", "-h"],
        version=VERSION,
        version_flags=["--version"],
        default_parameter=cyclopts.Parameter(negative=()),
        print_error=False,
        exit_on_error=False,
    )
    for order, (name, text) in enumerate(COMMANDS.items()):
        if name not in GROUPS:
            app.command(place_of(name), name=name, help=text.in_language(language), sort_key=order)
            continue
        group = _app(name, text.in_language(language), HelpPage(language), sort_key=order)
        for place, (part, about) in enumerate(GROUPS[name].items()):
            group.command(place_of(name, part), name=part, help=about.in_language(language), sort_key=place)
        app.command(group)
    return app


def _app(name: str, text: str, page: HelpPage, **options: Any) -> App:  # noqa: ANN401  cyclopts has them
    import cyclopts  # noqa: PLC0415  slow to import

    return cyclopts.App(name=name, help=text, help_format="plaintext", help_formatter=page, **options)


def _answer(tokens: Sequence[str], screen: Screen) -> int:
    """Run the command and tell what it finds; that the telling fails is an error like any other."""
    try:
        return _run_command(tokens, screen)
    except FindingsError as error:
        screen.findings(error.findings, answer=False)
        screen.record({"findings": [finding.as_record(screen.language) for finding in error.findings]})
        return FAILED


def _run_command(tokens: Sequence[str], screen: Screen) -> int:
    if tuple(tokens) in _FIRST_PAGE:
        from quanheng.cli.help import print_first_page  # noqa: PLC0415  not needed to run a command

        print_first_page(sys.stdout, _ABOUT, COMMANDS, screen.language)
        return DONE
    from quanheng.data.files.apart.ahead import prepare_for  # noqa: PLC0415  kept beside its use

    prepare_for(tokens)
    import cyclopts  # noqa: PLC0415  slow to import: `import quanheng.cli.main` stays light

    app = application(screen.language)
    _explain_options(app, tokens, screen.language)
    try:
        command, bound, injected = app.parse_args(tokens)
    except cyclopts.CycloptsError as error:
        from quanheng.cli.usage import wording_of  # noqa: PLC0415  what is right needs no words

        text = wording_of(error, _words_after(tokens))
        raise UsageError(text.en, text.zh) from error
    _finish_begun(bound.arguments.values(), screen)
    extra = {"screen": screen} if "screen" in injected else {}
    code = command(*bound.args, **bound.kwargs, **extra)
    return code if isinstance(code, int) else DONE


def _finish_begun(arguments: Iterable[object], screen: Screen) -> None:
    """Finish or take back what a killed command had begun at the books and results that are named."""
    from quanheng.data.writing.tidying import finish_begun  # noqa: PLC0415  the first page needs it not

    for argument in arguments:
        if isinstance(argument, Path) and (argument.is_dir() or argument.suffix.lower() == ".xlsx"):
            finish_begun(argument, screen.writing("quanheng"))


def _explain_options(app: App, tokens: Sequence[str], language: Language) -> None:
    """Let the command that `tokens` call, if they call one, explain its options in `language`."""
    from quanheng.cli.help import explained  # noqa: PLC0415  slow to import

    for path in paths():
        if path == tuple(tokens[: len(path)]):
            called = functools.reduce(lambda group, word: group[word], path, app)
            if called.default_command is not None:
                called.default_command = explained(called.default_command, language)


def _words_after(tokens: Sequence[str]) -> tuple[str, ...]:
    """Return the words that a command can go on with after those of `tokens` that are right."""
    return tuple(GROUPS.get(tokens[0], COMMANDS) if tokens else COMMANDS)


def _fail(screen: Screen, message: str, code: int) -> int:
    with suppress(OSError):  # where the answer goes may be what is full
        screen.warn(f"{screen.choose(Text(en='quanheng: ', zh='权衡：'))}{message}")
    with suppress(OSError):
        screen.record({"error": message})
    return code


def _let_go(code: int) -> int:
    """Let all that was printed go where it goes; return the exit code: what was not printed is not done."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the end of Python flushes again
        if isinstance(error, BrokenPipeError):
            return code
        with suppress(OSError):
            text = Text(en=f"quanheng: {_refused(error).en}", zh=f"权衡：{_refused(error).zh}")
            sys.stderr.write(f"{text.in_language(language_of(os.environ))}\n")
        return FAILED
    return code


def _leave(ended: Sequence[int]) -> None:
    """Leave the process with the exit code in `ended`, if it came so far.

    Everything is written and put away by now. Python would take apart a hundred thousand objects one by one;
    the system takes back their memory at once.
    """
    if not ended:
        return
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # it may be full, or closed
            stream.flush()
    os._exit(ended[0])


def _refused(error: OSError) -> Text:
    """Return why the computer would not read or write a file, and which."""
    reason = reason_of(error)
    if not error.filename:
        return reason
    return Text(en=f"{reason.en}: {error.filename}", zh=f"{reason.zh}：{error.filename}")


def _unexpected(error: Exception) -> Text:
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return Text(
        en=f"unexpected {what}; this is a fault of the program, please report it ({_DEBUG}=1 shows where)",
        zh=f"意外错误 {what}；这是程序缺陷，请反馈（设置 {_DEBUG}=1 可显示位置）",
    )
