"""`quanheng audit verify`: check that nobody changed the log of a site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.show import Screen
from quanheng.cli.site.serve import require_web
from quanheng.findings.finding import require_no_errors
from quanheng.findings.text import Text


def verify(
    folder: Annotated[Path, Text(en="the folder of the site", zh="站点文件夹")],
    *,
    seals: Annotated[
        Path | None,
        Text(
            en="a folder with copies of the daily seals, kept elsewhere; the site's own are compared anyway",
            zh="另处保存的每日封存文件副本所在文件夹；站点自己的封存文件总会核对",
        ),
    ] = None,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Check every entry of the log of `folder`: none changed, none missing, none out of order."""
    require_web()
    from quanheng.web.site.start import open_log  # noqa: PLC0415  help needs no Django

    verified = open_log(folder, *([seals] if seals else []))
    require_no_errors(verified.findings)
    screen.findings(verified.findings, answer=False)
    entries, chains, compared = verified.entries, verified.chains, verified.seals
    screen.say(
        Text(
            en=f"The log is whole: entries {entries}, chains {chains}, seals {compared}",
            zh=f"日志完整：{chains}条链共{entries}条记录，核对封存文件{compared}个",
        )
    )
    counts = {"entries": entries, "chains": chains, "seals": compared}
    screen.record({**counts, "findings": [f.as_record(screen.language) for f in verified.findings]})
    return 0
