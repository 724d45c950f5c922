"""Help pages in the language a person reads: cyclopts assembles them, this prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quanheng.cli.language import both, in_language
from quanheng.findings.text import Language

if TYPE_CHECKING:
    from cyclopts.help import HelpEntry, HelpPanel
    from rich.console import Console, ConsoleOptions

_TITLES: Final = {
    "Commands": both("Commands", "命令"),
    "Parameters": both("Parameters", "参数"),
    "Arguments": both("Arguments", "参数"),
}
_USAGE: Final = both("Usage", "用法")
_EVERYWHERE: Final = (
    ("--lang zh|en", both("the language of everything you read", "界面语言")),
    ("--json", both("answer with one JSON document", "以一份 JSON 输出结果")),
    ("--help", both("show this page", "显示本页")),
    ("--version", both("show the version", "显示版本")),
)
_EVERYWHERE_TITLE: Final = both("Everywhere", "通用选项")
_STANDARD_FLAGS: Final = {"--help", "-h", "--version"}
_NOTHING_BY_DEFAULT: Final = {"False", "()"}
"""What says no more than leaving the option out does."""


def everywhere(language: Language) -> str:
    """Return the end of every help page: the options that every command knows."""
    rows = [f"  {label:<14}  {in_language(text, language)}" for label, text in _EVERYWHERE]
    return "\n".join((f"{in_language(_EVERYWHERE_TITLE, language)}:", *rows))


class HelpPage:
    """Prints a help page part by part, as cyclopts asks for it."""

    def __init__(self, language: Language) -> None:
        """Print in `language`."""
        self._language = language

    def render_usage(self, console: Console, options: ConsoleOptions, usage: object) -> None:  # noqa: ARG002  the protocol of cyclopts passes it
        """Print the line that shows how to call."""
        text = str(usage).strip().removeprefix("Usage:").strip()
        if self._language == "zh":
            text = text.replace("COMMAND", "命令").replace("[OPTIONS]", "[选项]").replace("[ARGS]", "[参数]")
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
        self._block(console, _TITLES.get(str(panel.title), str(panel.title)), rows)

    def _block(self, console: Console, title: str, rows: list[tuple[str, str]]) -> None:
        from rich.table import Table
        from rich.text import Text

        if not rows:
            return
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column()
        for label, meaning in rows:
            table.add_row(Text(f"  {label}"), Text(meaning))
        console.print(Text(f"\n{self._say(title)}:", style="bold"))
        console.print(table)

    def _label(self, panel: HelpPanel, entry: HelpEntry) -> str:
        if panel.format == "command":
            return " ".join(entry.names)
        if entry.positional_label:
            return entry.positional_label
        return ", ".join(entry.display_labels_with_metavar)

    def _meaning(self, console: Console, entry: HelpEntry) -> str:
        text = self._plain(console, entry.description)
        colon, between, stop = ("：", "、", "；") if self._language == "zh" else (": ", ", ", "; ")
        more = []
        if entry.choices:
            more.append(self._say(both("one of", "可选")) + colon + between.join(entry.choices))
        if entry.default is not None and entry.default not in _NOTHING_BY_DEFAULT:
            more.append(self._say(both("default", "默认")) + colon + entry.default)
        return f"{text} [{stop.join(more)}]" if more else text

    def _plain(self, console: Console, text: object) -> str:
        """Return what cyclopts or rich wrapped around a text."""
        inner = getattr(text, "primary_renderable", text)
        plain = getattr(inner, "plain", None)
        if plain is None:
            with console.capture() as captured:
                console.print(inner, markup=False, highlight=False)
            plain = captured.get()
        return self._say(str(plain).strip())

    def _say(self, text: str) -> str:
        return in_language(text, self._language)
