"""What pages of the site cost, beside as many answers of a bare Django view with one query; on SQLite.

The site is the demonstration: a round of 444 figures. Pages and view are asked for in turn, in one process.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Mapping
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from benchmarks.case import OURS, Case, Contender, register

_PAGES: Final = {
    "start page": ("office", "/"),
    "rounds": ("office", "/rounds/"),
    "a round": ("office", "/rounds/1/"),
    "figures to check": ("office", "/rounds/1/review/"),
    "what is due": ("reporter", "/rounds/due/"),
    "people": ("admin", "/people/"),
    "published results": ("", "/published/"),
    "the full grid": ("reporter", "/rounds/1/fill/"),
}
_BARE: Final = "bare view with one query"
_SIGNED_IN: Final = "the same to who signed in"
"""Behind the middleware that a new project of Django has: a session and an account are two queries more."""


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Let a process of its own make the site, and wait until it is ready."""
    ours, theirs = multiprocessing.Pipe()
    spawn = multiprocessing.get_context("spawn")
    spawn.Process(target=_site, args=(theirs, str(folder / "site"), size), daemon=True).start()
    if ours.recv() != "ready":
        raise SystemExit("the site could not be made")

    def asked(what: str) -> None:
        ours.send(what)
        if ours.recv() != "answered":
            raise SystemExit(f"the site did not show {what}")

    pages = {f"{OURS}, {name}": partial(asked, name) for name in _PAGES}
    return {**pages, **{name: partial(asked, name) for name in (_BARE, _SIGNED_IN)}}


def _site(told: Connection, folder: str, size: int) -> None:
    """Make the demonstration, then ask it for what is said, so many times each."""
    from quanheng.web.site.demonstration import lay_demonstration, require_demonstration  # noqa: PLC0415  Django is loaded here only
    from quanheng.web.site.start import prepare as prepare_site  # noqa: PLC0415  the same

    require_demonstration(Path(folder))
    prepare_site(Path(folder))
    from django.utils import timezone  # noqa: PLC0415  after Django has its settings

    lay_demonstration(at=timezone.localtime())
    pages = _requests()
    told.send("ready")
    while True:
        try:
            what = told.recv()
        except EOFError:
            return
        told.send("answered" if all(pages[what]() for _ in range(size)) else "refused")


def _requests() -> dict[str, Callable[[], bool]]:
    from django.test import Client, override_settings  # noqa: PLC0415  after Django has its settings

    from benchmarks.bare_site import DJANGO_S_OWN  # noqa: PLC0415  the same
    from quanheng.web.people.models import Account  # noqa: PLC0415  the same

    def asking(client: Client, address: str) -> Callable[[], bool]:
        return lambda: client.get(address, headers={"host": "localhost"}).status_code == 200

    found = {}
    for name, (code, address) in _PAGES.items():
        client = Client()
        if code:
            client.force_login(Account.objects.for_the_program().get(code=code))
        found[name] = asking(client, address)
    bare, signed_in = Client(), Client()
    signed_in.force_login(Account.objects.for_the_program().get(code="office"))
    bare_views = {_BARE: ((), bare, "/bare/"), _SIGNED_IN: (DJANGO_S_OWN, signed_in, "/signed-in/")}
    for name, (middleware, client, address) in bare_views.items():
        with override_settings(MIDDLEWARE=[*middleware, "benchmarks.bare_site.with_these_addresses"]):
            client.get(address, headers={"host": "localhost"})  # it keeps this middleware
        found[name] = asking(client, address)
    return found


register(Case(name="pages of the site", size=20, tiny=1, prepare=prepare))
