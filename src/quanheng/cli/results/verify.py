"""`quanheng verify`: recompute a result and compare."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.show import Screen
from quanheng.findings.finding import has_errors
from quanheng.findings.text import Text


def verify(
    result: Annotated[
        Path,
        Text(
            en="a folder that 'quanheng score' wrote, or a published round",
            zh="quanheng score 生成的结果文件夹，或已公布的考核期",
        ),
    ],
    *,
    book: Annotated[
        Path | None,
        Text(en="where the book lies, if not beside it", zh="考核册的位置，默认在结果旁"),
    ] = None,
    key: Annotated[
        Path | None,
        Text(
            en="the public key of who signed the result (Ed25519, PEM): check the signature, too",
            zh="签署者的公钥（Ed25519，PEM）：同时核对签名",
        ),
    ] = None,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print what differs between `result` and one computed anew; return 1 if a difference is an error."""
    from quanheng.usecase.results.verify import verify as verify_result  # noqa: PLC0415  help needs no engine
    from quanheng.usecase.results.verify_published import publication_of  # noqa: PLC0415  the same

    with screen.working(Text(en="recomputing", zh="正在重新计算")):
        findings = verify_result(result, book=book, key=key)
    screen.findings(findings, answer=True)
    wrong = has_errors(findings)
    publication = publication_of(result)
    if not wrong and publication is not None:
        on, by, seal = publication.on, publication.by or "—", publication.seal
        screen.say(
            Text(
                en=f"Unchanged since it was published on {on} by {by}; seal {seal}",
                zh=f"自 {on} 由 {by} 公布以来未被改动；封存码 {seal}",
            )
        )
    elif not wrong:
        screen.say(Text(en="The result is what its book gives", zh="核对一致：结果与考核册相符"))
    if not wrong and key is not None:
        screen.say(Text(en="The signature is by this key", zh="签名有效：由该密钥签署"))
    screen.record(
        {
            "agrees": not wrong,
            "seal": None if publication is None else publication.seal,
            "findings": [finding.as_record(screen.language) for finding in findings],
        }
    )
    return 1 if wrong else 0
