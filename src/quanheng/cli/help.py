"""Help pages in the language a person reads: cyclopts assembles them, this prints them.

A command says what its options mean in both languages, beside their types:
`Annotated[Path, Text(en=…, zh=…)]`.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Final, TextIO

from quanheng.cli.placeholders import with_placeholders
from quanheng.findings.text import Language, Text

if TYPE_CHECKING:
    from cyclopts.help import HelpEntry, HelpPanel
    from rich.console import Console, ConsoleOptions

_TITLES: Final = {
    "Commands": Text(en="Commands", zh="命令"),
    "Parameters": Text(en="Parameters", zh="参数"),
    "Arguments": Text(en="Arguments", zh="参数"),
}
_USAGE: Final = Text(en="Usage", zh="用法")
_EVERYWHERE: Final = (
    ("--lang zh|en", Text(en="the language of everything you read", zh="界面语言")),
    ("--json", Text(en="answer with one JSON document", zh="以一份 JSON 输出结果")),
    ("--help", Text(en="show this page", zh="显示本页")),
    ("--version", Text(en="show the version", zh="显示版本")),
)
_EVERYWHERE_TITLE: Final = Text(en="Everywhere", zh="通用选项")
_STANDARD_FLAGS: Final = {"--help", "-h", "--version"}
_NOTHING_BY_DEFAULT: Final = {"False", "()"}
"""What says no more than leaving the option out does."""


def everywhere(language: Language) -> str:
    """Return the end of every help page: the options that every command knows."""
    rows = [f"  {label:<14}  {text.in_language(language)}" for label, text in _EVERYWHERE]
    return "\n".join((f"{_EVERYWHERE_TITLE.in_language(language)}:", *rows))


def print_first_page(out: TextIO, about: Text, commands: Mapping[str, Text], language: Language) -> None:
    """Print the page of `quanheng --help` as cyclopts would let it be printed, without loading cyclopts."""
    from rich.console import Console

    console = Console(file=out)
    page = HelpPage(language)
    page.render_usage(console, console.options, "quanheng COMMAND")
    page.render_description(console, console.options, about.in_language(language))
    title = _TITLES["Commands"].in_language(language)
    page.print_block(console, title, ((name, text.in_language(language)) for name, text in commands.items()))
    console.print(f"\n{everywhere(language)}", markup=False, highlight=False)


def explained(command: Callable[..., object], language: Language) -> Callable[..., object]:
    """Return `command` with its options explained in `language`."""

    @functools.wraps(command)
    def same(*args: object, **kwargs: object) -> object:
        return command(*args, **kwargs)

    hints = typing.get_type_hints(command, include_extras=True)
    same.__annotations__ = {option: _explained(hint, language) for option, hint in hints.items()}
    return same


def _explained(hint: object, language: Language) -> object:
    """Return the type of an option with what it means as cyclopts takes it, in one language."""
    if typing.get_origin(hint) is not Annotated:
        return hint
    from cyclopts import Parameter  # noqa: PLC0415  the first page needs it not

    plain, *metadata = typing.get_args(hint)
    texts = [Parameter(help=each.in_language(language)) for each in metadata if isinstance(each, Text)]
    return Annotated[plain, *texts, *(each for each in metadata if not isinstance(each, Text))]


class HelpPage:
    """Prints a help page part by part, as cyclopts asks for it."""

    def __init__(self, language: Language) -> None:
        """Print in `language`."""
        self._language = language

    def render_usage(self, console: Console, options: ConsoleOptions, usage: object) -> None:  # noqa: ARG002  the protocol of cyclopts passes it
        """Print the line that shows how to call."""
        text = str(usage).strip().removeprefix("Usage:").strip()
        text = with_placeholders(text, self._language)
        console.print(f"{self._say(_USAGE)}: {text}", markup=False, highlight=False)

    def render_description(self, console: Console, options: ConsoleOptions, description: object) -> None:  # noqa: ARG002  the protocol of cyclopts passes it
        """Print what the command does."""
        text = self._plain(console, description)
        if text:
            console.print(f"\n{text}", markup=False, highlight=False)

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:  # noqa: ARG002  the protocol of cyclopts passes it
        """Print one block of commands or parameters."""
        rows = [
            (self._label(panel, entry), self._meaning(console, entry))
            for entry in panel.entries
            if not _STANDARD_FLAGS & set(entry.names)
        ]
        title = _TITLES.get(str(panel.title))
        if rows:
            self.print_block(console, self._say(title) if title else str(panel.title), rows)

    def print_block(self, console: Console, title: str, rows: Iterable[tuple[str, str]]) -> None:
        """Print a title and below it what each label means."""
        from rich.table import Table
        from rich.text import Text as Drawn

        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for label, meaning in rows:
            table.add_row(Drawn(f"  {label}"), Drawn(meaning))
        console.print(Drawn(f"\n{title}:", style="bold"))
        console.print(table)

    def _label(self, panel: HelpPanel, entry: HelpEntry) -> str:
        if panel.format == "command":
            return " ".join(entry.names)
        if entry.positional_label:
            return with_placeholders(entry.positional_label, self._language)
        return ", ".join(
            with_placeholders(label, self._language) for label in entry.display_labels_with_metavar
        )

    def _meaning(self, console: Console, entry: HelpEntry) -> str:
        text = self._plain(console, entry.description)
        more = []
        if entry.choices:
            choices = self._say(Text(en=", ", zh="、")).join(entry.choices)
            more.append(self._say(Text(en=f"one of: {choices}", zh=f"可选：{choices}")))
        if entry.default is not None and entry.default not in _NOTHING_BY_DEFAULT:
            more.append(self._say(Text(en=f"default: {entry.default}", zh=f"默认：{entry.default}")))
        return f"{text} [{self._say(Text(en='; ', zh='；')).join(more)}]" if more else text

    def _plain(self, console: Console, text: object) -> str:
        """Return what cyclopts or rich wrapped around a text."""
        inner = getattr(text, "primary_renderable", text)
        plain = getattr(inner, "plain", None)
        if plain is None:
            with console.capture() as captured:
                console.print(inner, markup=False, highlight=False)
            plain = captured.get()
        return str(plain).strip()

    def _say(self, text: Text) -> str:
        return text.in_language(self._language)
