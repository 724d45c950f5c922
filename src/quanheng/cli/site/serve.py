"""`quanheng serve`: serve the web site of a folder."""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.show import Screen
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text


def serve(
    folder: Annotated[
        Path,
        Text(en="the folder of the site; an empty one becomes a site", zh="站点文件夹；空文件夹会建成新站点"),
    ],
    *,
    host: Annotated[
        str,
        Text(en="the address to serve at; this machine only, unless told", zh="监听地址；默认仅本机可访问"),
    ] = "127.0.0.1",
    port: Annotated[int, Text(en="the port to serve at", zh="监听端口")] = 8000,
    demo: Annotated[
        bool,
        Text(
            en="make it a demonstration: the invented district, and a person for each role",
            zh="建成演示站点：虚构的区，每种角色一个人",
        ),
    ] = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Serve the web site of `folder`: the office and those who report to it work there in a browser."""
    require_web()
    from quanheng.web.site.demonstration import SAID, lay_demonstration, require_demonstration  # noqa: PLC0415  help needs no Django
    from quanheng.web.site.start import Address, find_in_database, first_link, prepare  # noqa: PLC0415  help needs no Django
    from quanheng.web.site.start import serve as serve_site  # noqa: PLC0415  the same

    address = Address(host=host, port=port)
    if demo:
        require_demonstration(folder)
    prepare(folder)
    now = dt.datetime.now(dt.UTC)
    if demo:
        lay_demonstration(at=now)
    link = first_link(address, now)
    found = find_in_database()

    def ready() -> None:
        screen.say(Text(en=f"The site is at {address.url}/", zh=f"站点已启动：{address.url}/"))
        if demo:
            screen.say(SAID)
        if link:
            screen.say(
                Text(
                    en=f"There is no administrator yet. Within 15 minutes, open once:\n  {link}",
                    zh=f"还没有系统管理员。请在15分钟内打开（只能用一次）：\n  {link}",
                )
            )
        screen.findings(found, answer=False)
        records = [finding.as_record(screen.language) for finding in found]
        screen.record({"url": f"{address.url}/", "first_link": link, "findings": records})
        screen.flush()

    serve_site(address, ready=ready)
    return 0


def require_web() -> None:
    """Refuse to go on where the site's libraries are not installed.

    Raises:
        UsageError: they are not.
    """
    if importlib.util.find_spec("django") is None:
        raise UsageError(
            "the site needs the extra 'web': pip install 'quanheng[web]'",
            "使用站点需要安装扩展组件：pip install 'quanheng[web]'",
        )
