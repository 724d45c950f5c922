"""What pages of the site cost, beside as many answers of a bare Django view with one query; on SQLite.

The site is the demonstration: a round of 444 figures. Pages and view are asked for in turn, in one process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.case import OURS, Case, Contender, register
from benchmarks.site_apart import Deeds, site_apart

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
_VIEWS: Final = {
    _BARE: ("", "/bare/"),
    _SIGNED_IN: ("office", "/signed-in/"),
    "the same, a table of as many figures": ("office", "/cells/"),
    "the same, a table of as many inputs": ("reporter", "/inputs/"),
}
"""What pages are measured by: the last two are for the figures to check, and for the full grid."""


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Let a process of its own make the site, and wait until it is ready."""
    asked = site_apart(_deeds, folder, size)
    pages = {f"{OURS}, {name}": partial(asked, name) for name in _PAGES}
    return {**pages, **{name: partial(asked, name) for name in _VIEWS}}


def _deeds(folder: Path, size: int) -> Deeds:
    """Make the demonstration, and return what asks for each page so many times."""
    from quanheng.web.site.demonstration import lay_demonstration, require_demonstration  # noqa: PLC0415  Django is loaded here only
    from quanheng.web.site.start import prepare as prepare_site  # noqa: PLC0415  the same

    require_demonstration(folder)
    prepare_site(folder)
    from django.utils import timezone  # noqa: PLC0415  after Django has its settings

    lay_demonstration(at=timezone.localtime())
    return {name: partial(_many, page, size) for name, page in _requests().items()}


def _many(page: Callable[[], bool], times: int) -> bool:
    return all(page() for _ in range(times))


def _requests() -> dict[str, Callable[[], bool]]:
    from django.test import Client, override_settings  # noqa: PLC0415  after Django has its settings

    from benchmarks.bare_site import DJANGO_S_OWN  # noqa: PLC0415  the same
    from quanheng.web.people.models import Account  # noqa: PLC0415  the same

    def asking(code: str, address: str) -> Callable[[], bool]:
        client = Client()
        if code:
            client.force_login(Account.objects.for_the_program().get(code=code))
        return lambda: client.get(address, headers={"host": "localhost"}).status_code == 200

    found = {name: asking(code, address) for name, (code, address) in _PAGES.items()}
    for name, (code, address) in _VIEWS.items():
        found[name] = asking(code, address)
        middleware = DJANGO_S_OWN if code else ()
        with override_settings(MIDDLEWARE=[*middleware, "benchmarks.bare_site.with_these_addresses"]):
            found[name]()  # its client keeps this middleware
    return found


register(Case(name="pages of the site", size=20, tiny=1, prepare=prepare))
