"""Starting a site from its folder: the database is made or brought up to date, and pages are served."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from quanheng.findings.errors import UsageError
from quanheng.findings.value import Value
from quanheng.web.site.kept.folder import FOLDER_VARIABLE, SiteFolder
from quanheng.web.site.kept.options import read_options

if TYPE_CHECKING:
    from quanheng.findings.finding import Finding
    from quanheng.web.audit.verify import Verified


class Address(Value):
    """Where pages are served."""

    host: str = "127.0.0.1"
    port: int = 8000

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine reaches it."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def bind(self) -> str:
        """What a server calls it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """Where a browser on this machine finds it."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host  # noqa: S104  what is asked for
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def prepare(folder: Path) -> None:
    """Load Django for the site in `folder`, make its database, or bring it up to date.

    Raises:
        UsageError: `folder` holds something that is no site, or its settings cannot be read.
    """
    site = SiteFolder(path=folder.resolve())
    _require_site(site)
    load(folder)
    from django.core.management import call_command  # noqa: PLC0415  after Django has its settings

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def load(folder: Path) -> None:
    """Load Django for the site in `folder`."""
    site = SiteFolder(path=folder.resolve())
    read_options(site.options)  # what is wrong there is told before Django asks
    os.environ[FOLDER_VARIABLE] = str(site.path)
    os.environ["DJANGO_SETTINGS_MODULE"] = "quanheng.web.site.settings"
    import django  # noqa: PLC0415  its settings have to be known first

    from quanheng.web.base.seeing import see_whole_from_here  # noqa: PLC0415  Django is needed from here on

    django.setup()
    see_whole_from_here()


def first_link(address: Address, at: dt.datetime) -> str:
    """Return the link that makes the first administrator; an empty text if there is one."""
    from quanheng.web.base.actor import THE_PROGRAM  # noqa: PLC0415  after Django has its settings
    from quanheng.web.people.domain.links import has_administrator, make_first_link  # noqa: PLC0415  the same

    if has_administrator():
        return ""
    return f"{address.url}/people/link/{make_first_link(by=THE_PROGRAM, at=at)}/"


def find_in_database() -> tuple[Finding, ...]:
    """Return what is to be said of the database before people are let in."""
    from quanheng.web.site.walls.role import check_role  # noqa: PLC0415  after Django has its settings

    return tuple(check_role())


def open_log(folder: Path, *seals: Path) -> Verified:
    """Return what a check of the log of the site in `folder` finds; nothing is written there.

    Raises:
        UsageError: there is no site, or no folder of seals.
    """
    site = SiteFolder(path=folder.resolve())
    if not site.is_site:
        raise UsageError(f"{folder} is no site", f"{folder} 不是站点文件夹")
    for place in seals:
        if not place.is_dir():
            raise UsageError(f"there is no folder {place}", f"没有文件夹 {place}")
    load(folder)
    from quanheng.web.audit.verify import verify_log  # noqa: PLC0415  after Django has its settings

    return verify_log(site.seals, *seals)


def serve(address: Address, *, ready: Callable[[], None]) -> None:
    """Serve pages until the process is told to end; `ready` is called when they can be asked for."""
    from django.conf import settings  # noqa: PLC0415  after Django has its settings

    if settings.DEMONSTRATION and not address.is_loopback:
        raise UsageError(
            "a demonstration is served on this machine only: leave out --host",
            "演示站点只在本机开放：请去掉 --host",
        )
    if sys.platform == "win32":
        raise UsageError(
            "the site is served on Linux and macOS; on Windows use WSL",
            "站点运行于 Linux、macOS；Windows 请使用 WSL",
        )
    from quanheng.web.site.running.server import serve_pages  # noqa: PLC0415  after Django has its settings

    serve_pages(address.bind, ready=ready)


def _require_site(site: SiteFolder) -> None:
    """Refuse a folder that holds something else: nobody wants a database among other papers."""
    if not site.path.exists():
        site.path.mkdir(parents=True, mode=0o700)  # what people entered is for the service alone
        return
    if not site.path.is_dir():
        raise UsageError(f"{site.path} is no folder", f"{site.path} 不是文件夹")
    if any(site.path.iterdir()) and not site.is_site:
        raise UsageError(
            f"{site.path} holds other things and no site; name a new folder",
            f"{site.path} 中有其他文件，不是站点文件夹；请另指定一个新文件夹",
        )
