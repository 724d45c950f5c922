"""A command line that makes no sense, said in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from quanheng.cli.placeholders import placeholder
from quanheng.findings.nearest import nearest
from quanheng.findings.text import Text

if TYPE_CHECKING:
    from cyclopts import CycloptsError


def wording_of(error: CycloptsError, commands: tuple[str, ...]) -> Text:
    """Return what is wrong with the command line, and the nearest thing that would be right."""
    from cyclopts import exceptions as ex  # noqa: PLC0415  only a wrong command line needs it

    match error:
        case ex.UnknownCommandError():
            word = (error.unused_tokens or [""])[0]
            text = Text(en=f"there is no command {word!r}", zh=f"没有命令 {word!r}")
            return _offering(nearest(word, commands), text)
        case ex.UnknownOptionError():
            word = error.token.keyword or error.token.value
            options = [name for argument in error.argument_collection for name in argument.names]
            text = Text(en=f"there is no option {word!r}", zh=f"没有选项 {word!r}")
            return _offering(nearest(word, options), text)
        case ex.MissingArgumentError():
            name = _name(error)
            if error.keyword is not None or (error.argument is not None and error.argument.tokens):
                return Text(en=f"{name.en} lacks its value", zh=f"{name.zh} 后缺少内容")
            return Text(en=f"{name.en} is missing", zh=f"缺少 {name.zh}")
        case ex.CoercionError():
            word = error.token.value if error.token else ""
            choices = [choice for choice in get_args(error.target_type) if isinstance(choice, str)]
            name = _name(error)
            text = Text(en=f"{name.en} cannot be {word!r}", zh=f"{name.zh} 不能是 {word!r}")
            if choices:
                text = Text(
                    en=f"{text.en}; one of: {', '.join(choices)}",
                    zh=f"{text.zh}；可选：{'、'.join(choices)}",
                )
            return _offering(nearest(word, choices), text)
        case ex.UnusedCliTokensError():
            words = " ".join(error.unused_tokens or ())
            return Text(en=f"there is no place for {words!r}", zh=f"多余的参数 {words!r}")
        case ex.RepeatArgumentError():
            word = error.token.keyword or ""
            return Text(en=f"{word} is given twice", zh=f"{word} 重复给出")
        case _:
            name = _name(error)
            return Text(en=str(error), zh=f"命令行有误{name.zh and f'：{name.zh}'}；用法见 --help")


def _name(error: CycloptsError) -> Text:
    """Return what the error is about: an option as it is typed, or the word for what stands in its place."""
    if error.argument is None:
        return Text()
    name = error.argument.name
    return Text(en=name, zh=name) if error.argument.index is None else placeholder(name.lstrip("-").upper())


def _offering(near: str | None, text: Text) -> Text:
    if near is None:
        return text
    return Text(en=f"{text.en}; did you mean {near!r}?", zh=f"{text.zh}；是否应为 {near!r}？")
