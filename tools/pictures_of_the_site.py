"""Take the pictures of the site that stand in the docs, as PNG of a browser, of an invented quarter.

Run it by hand as `python -m tools.pictures_of_the_site` when pages of the site have changed; with a folder,
it puts every page there as well, in both modes and at three widths, to be looked at. A picture of looks shows
one page four times: on a wide screen and on a phone, in light and in dark.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

_PICTURES: Final = Path(__file__).resolve().parent.parent / "docs" / "pictures"
_PORT: Final = 8765
_SITE: Final = f"http://127.0.0.1:{_PORT}"
_NARROW: Final = 360
_WIDE: Final = 1280
_WIDEST: Final = 1920
_HIGH: Final = 800
_HALF_AS_HIGH: Final = 540
_GAP: Final = 12
_SETTLES: Final = 200
_MODES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
_COLOURS: Final = 160
_LONGEST: Final = 120


def main() -> int:
    """Take every picture."""
    every = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the driver of the browser has a loop in this thread
    with tempfile.TemporaryDirectory() as folder, _browser() as browser:
        _take(browser, Path(folder) / "site", every)
    return 0


def _take(browser: Browser, folder: Path, every: Path | None) -> None:
    from quanheng.web.site.demonstration import require_demonstration  # noqa: PLC0415  before Django is loaded
    from quanheng.web.site.start import prepare  # noqa: PLC0415  before Django is loaded

    require_demonstration(folder)
    prepare(folder)
    from quanheng.web.publication.models import KeptPublication  # noqa: PLC0415  once Django is loaded
    from quanheng.web.results.models import KeptRun  # noqa: PLC0415  once Django is loaded
    from tools import invented_quarter as quarter  # noqa: PLC0415  once Django is loaded

    quarter.lay_people(at=_now())
    pk = quarter.lay_rounds(at=_now())
    with _served(folder):
        camera = _Camera(browser, every)
        camera.take("site-report", "reporter", f"/rounds/{pk}/fill/", kept="in all looks")
        camera.take("site-due", "reporter", "/rounds/due/")
        camera.take("site-check", "office", f"/rounds/{pk}/review/", kept="in all looks")
        camera.take("site-start", "office", "/")
        camera.take("site-people", "admin", "/people/")
        quarter.ask_for_scores(pk, at=_now())
        _wait(lambda: KeptRun.objects.for_the_program().filter(round=pk).exists())
        quarter.show(pk, at=_now())
        camera.take("site-ranking", "office", f"/rounds/{pk}/runs/1/", kept="no")
        camera.take("site-why", "unit", f"/rounds/{pk}/own/", prepared=_open_first, kept="in all looks")
        camera.take("site-own", "unit", f"/rounds/{pk}/own/board/", kept="no")
        camera.take("site-appeal", "unit", f"/appeals/file/{pk}/", kept="no")
        camera.take("site-board", "leader", f"/rounds/{pk}/board/", kept="in all looks")
        camera.take("site-whatif", "leader", f"/rounds/{pk}/whatif/", kept="no")
        camera.take("site-log", "auditor", "/log/")
        camera.take("site-help", "office", "/help/", kept="no")
        quarter.ask_for_papers(pk, at=_now())
        _wait(lambda: KeptPublication.objects.for_the_program().exists())
        quarter.publish_all(at=_now())
        camera.take("site-published", "", "/published/2023-Q1/", phone="en", kept="in all looks")


class _Camera:
    """Takes a page as somebody sees it, in both languages; in one of them on a phone, if told."""

    def __init__(self, browser: Browser, every: Path | None) -> None:
        self._browser = browser
        self._every = every

    def take(
        self,
        name: str,
        who: str,
        address: str,
        *,
        kept: Literal["no", "once", "in all looks"] = "once",
        phone: str = "",
        prepared: Callable[[Page], None] = lambda _: None,
    ) -> None:
        for language, ending in (("en", ""), ("zh", ".zh")):
            width = _NARROW if language == phone else _WIDE
            page = self._browser.new_page(viewport={"width": width, "height": _HIGH})
            if who:
                _sign_in(page, who)
            page.context.add_cookies([{"name": "quanheng-language", "value": language, "url": _SITE}])
            page.goto(_SITE + address)
            prepared(page)
            if kept != "no":
                _keep(page, _PICTURES / f"{name}{ending}.png")
            if kept == "in all looks":
                _looks(page, _PICTURES / f"looks-{name.removeprefix('site-')}{ending}.png")
            if self._every:
                self._every.mkdir(exist_ok=True)
                _take_every(page, self._every, f"{name}-{language}")
            page.context.close()


def _take_every(page: Page, folder: Path, name: str) -> None:
    for width in (_NARROW, _WIDE, _WIDEST):
        for dark in (False, True):
            page.set_viewport_size({"width": width, "height": _HIGH})
            page.emulate_media(color_scheme="dark" if dark else "light")
            _seen(page).save(folder / f"{name}-{width}-{'dark' if dark else 'light'}.png")


def _looks(page: Page, file: Path) -> None:
    """Put four looks of a page on one picture: a wide screen, half as large, and a phone beside it."""
    half = (_WIDEST // 2, _HALF_AS_HIGH)
    sheet = Image.new("RGB", (half[0] + 2 * _NARROW + 2 * _GAP, 2 * half[1] + _GAP), "#8a99a8")
    for row, mode in enumerate(_MODES):
        page.emulate_media(color_scheme=mode)
        page.set_viewport_size({"width": _WIDEST, "height": 2 * _HALF_AS_HIGH})
        wide = _seen(page).resize(half, Image.Resampling.LANCZOS)
        sheet.paste(wide, (0, row * (half[1] + _GAP)))
        page.set_viewport_size({"width": _NARROW, "height": sheet.height})
        sheet.paste(_seen(page), (half[0] + _GAP + row * (_NARROW + _GAP), 0))
    page.emulate_media(color_scheme="light")
    _write(sheet, file)


def _keep(page: Page, file: Path) -> None:
    _write(_seen(page), file)


def _seen(page: Page) -> Image.Image:
    """Return what is seen once the pictures of the mode and the width are there."""
    page.wait_for_timeout(_SETTLES)
    page.evaluate("Promise.all([...document.images].map((one) => one.decode()))")
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def _write(taken: Image.Image, file: Path) -> None:
    """Write a picture in few colours: a page has few, and the file is a third as large."""
    taken.quantize(_COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def _open_first(page: Page) -> None:
    page.locator("details details summary").first.click()


def _sign_in(page: Page, who: str) -> None:
    from quanheng.web.site.demonstration import PASSWORD  # noqa: PLC0415  once Django is loaded

    page.goto(f"{_SITE}/account/login/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _wait(done: Callable[[], bool]) -> None:
    for _ in range(2 * _LONGEST):
        if done():
            return
        time.sleep(0.5)  # noqa: TID251  until the work in the background is done
    raise TimeoutError


@contextmanager
def _served(folder: Path) -> Iterator[None]:
    command = [sys.executable, "-c", "from quanheng.cli.main import main; main()", "serve", str(folder)]
    process = subprocess.Popen([*command, "--port", str(_PORT), "--json"], stdout=subprocess.PIPE, text=True)
    try:
        lines = ""
        while not lines.rstrip().endswith("}"):
            line = process.stdout.readline() if process.stdout else ""
            if not line:  # it has ended, as where the port is taken
                raise ChildProcessError(lines)
            lines += line
        json.loads(lines)
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield started
        started.close()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)  # noqa: TID251  the site is served now


if __name__ == "__main__":
    sys.exit(main())
