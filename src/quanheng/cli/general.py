"""The options every command knows: `--lang` and `--json`. They may stand anywhere before `--`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quanheng.cli.language import language_of
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Language
from quanheng.findings.value import Value


class General(Value):
    """How to answer: in which language, for a person or for a program."""

    language: Language
    json: bool = False


def take_general_options(
    tokens: Sequence[str], environment: Mapping[str, str]
) -> tuple[General, tuple[str, ...]]:
    """Return what the general options among `tokens` say, and the other tokens.

    Raises:
        UsageError: `--lang` names no language, or another one than `zh` or `en`.

    Examples:
        >>> take_general_options(["score", "book", "--lang=zh", "--json"], {})
        (General(language='zh', json=True), ('score', 'book'))
    """
    language = language_of(environment)
    as_json = False
    rest: list[str] = []
    waiting = iter(tokens)
    for word in waiting:
        if word == "--":
            rest += [word, *waiting]
        elif word == "--json":
            as_json = True
        elif word == "--lang":
            language = _language(next(waiting, ""))
        elif word.startswith("--lang="):
            language = _language(word.removeprefix("--lang="))
        else:
            rest.append(word)
    return General(language=language, json=as_json), tuple(rest)


def _language(word: str) -> Language:
    match word:
        case "zh" | "en":
            return word
        case _:
            raise UsageError(
                f"--lang takes zh or en, not {word!r}",
                f"--lang 只能是中文（zh）或英文（en），不能是 {word!r}",
            )
