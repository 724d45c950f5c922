"""`quanheng publish`: freeze a verified result in the history of its book."""

from __future__ import annotations

import getpass
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, On, day_or_today
from quanheng.cli.show import Screen
from quanheng.findings.text import Text


def publish(  # noqa: PLR0913  the options of the command
    book: BookPath,
    *,
    round: Annotated[  # noqa: A002  the word of the language
        str | None,
        Text(
            en="the round that is published, else the scheme's: 2023-Q1",
            zh="公布的考核期，默认为方案的考核期",
        ),
    ] = None,
    reason: Annotated[
        str | None,
        Text(
            en="why a round that was published is published again; the earlier one is kept",
            zh="重新公布已公布考核期的原因；原结果一并保留",
        ),
    ] = None,
    by: Annotated[
        str | None,
        Text(en="who publishes it, else the user of this computer", zh="公布人，默认为本机用户"),
    ] = None,
    on: On = None,
    as_of: AsOf = None,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Verify the result of a round of `book` and freeze it in the history, with its hash, day and author."""
    from quanheng.usecase.results.publish import publish as publish_round  # noqa: PLC0415  help needs no engine

    with screen.working(Text(en="verifying the result", zh="正在核对结果")):
        done = publish_round(
            book,
            round=round,
            as_of=as_of,
            reason=reason,
            by=_user() if by is None else by,
            on=day_or_today(on),
            writing=screen.writing("quanheng publish"),
        )
    publication = done.publication
    screen.say(
        Text(
            en=f"{publication.round} is published and lies in {done.folder}; seal {publication.seal}",
            zh=f"{publication.round} 已公布，封存于 {done.folder}；封存码 {publication.seal}",
        )
    )
    screen.findings(done.findings, answer=False)
    screen.record(
        {
            "round": publication.round,
            "folder": done.folder,
            "seal": publication.seal,
            "number": publication.number,
            "replaces": publication.replaces,
            "findings": [finding.as_record(screen.language) for finding in done.findings],
        }
    )
    return 0


def _user() -> str:
    """Return the name of the one who runs the program, as far as the computer knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
