"""A command line that makes no sense, said in one line of the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from quanheng.cli.language import both, in_language
from quanheng.findings.nearest import nearest
from quanheng.findings.text import Language

if TYPE_CHECKING:
    from cyclopts import CycloptsError


def wording_of(error: CycloptsError, language: Language, commands: tuple[str, ...]) -> str:
    """Return what is wrong with the command line, and the nearest thing that would be right."""
    from cyclopts import exceptions as ex  # noqa: PLC0415  only a wrong command line needs it

    match error:
        case ex.UnknownCommandError():
            word = (error.unused_tokens or [""])[0]
            text = both(f"there is no command {word!r}", f"没有命令 {word!r}")
            return _said(text, nearest(word, commands), language)
        case ex.UnknownOptionError():
            word = error.token.keyword or error.token.value
            options = [name for argument in error.argument_collection for name in argument.names]
            text = both(f"there is no option {word!r}", f"没有选项 {word!r}")
            return _said(text, nearest(word, options), language)
        case ex.MissingArgumentError():
            name = _name(error)
            return in_language(both(f"{name} is missing", f"缺少 {name}"), language)
        case ex.CoercionError():
            word = error.token.value if error.token else ""
            choices = [choice for choice in get_args(error.target_type) if isinstance(choice, str)]
            text = both(f"{_name(error)} cannot be {word!r}", f"{_name(error)} 不能是 {word!r}")
            if choices:
                text = both(
                    f"{in_language(text, 'en')}; one of: {', '.join(choices)}",
                    f"{in_language(text, 'zh')}；可选：{'、'.join(choices)}",
                )
            return _said(text, nearest(word, choices), language)
        case ex.UnusedCliTokensError():
            words = " ".join(error.unused_tokens or ())
            return in_language(both(f"there is no place for {words!r}", f"多余的参数 {words!r}"), language)
        case ex.RepeatArgumentError():
            name = _name(error)
            return in_language(both(f"{name} is given twice", f"{name} 重复给出"), language)
        case _:
            return str(error)


def _name(error: CycloptsError) -> str:
    if error.argument is None:
        return ""
    return error.argument.name if error.argument.index is None else error.argument.name.lstrip("-").upper()


def _said(text: str, near: str | None, language: Language) -> str:
    if near is None:
        return in_language(text, language)
    return in_language(text, language) + in_language(
        both(f"; did you mean {near!r}?", f"；是否应为 {near!r}？"), language
    )
