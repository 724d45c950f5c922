"""The site: every link leads somewhere, search finds, anybody can read it, nothing is fetched elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tools.site.pages import ROOT, LinkError, page_of, sources_of

import quanheng as qh

_KINDS: Final = (
    "index.html",
    *("en/index.html", "zh/index.html", "en/tutorial.html", "zh/how-to/publish-a-page.html"),
    *("en/reference/interface.html", "zh/reference/rules/scale.html", "en/examples.html", "zh/examples.html"),
    *("zh/notebooks/hdi-2022.html", "en/decisions/0034-a-site-by-zensical.html"),
)
"""A page of each kind, in one language or the other."""
_RESULTS: Final = """() => {
  const found = [];
  const look = (root) => root.querySelectorAll("*").forEach((element) => {
    if (element.tagName === "A" && element.getAttribute("href")?.includes("?h=")) found.push(element.href);
    if (element.shadowRoot) look(element.shadowRoot);
  });
  look(document);
  return found;
}"""


class _Links(HTMLParser):
    """What a page links to or takes in, and the anchors it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = {""}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src"} and value is not None:
                self.links.add(value)
            if name in {"id", "name"} and value is not None and tag != "meta":
                self.anchors.add(value)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Yield a page of the browser; fail if it asked for anything but this server, or complained."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    opened.close()
    assert asked
    assert {url for url in asked if not url.startswith((f"{address}/", "data:", "blob:"))} == set()
    assert said == []


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    pages = {path: _Links(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    looked = 0
    for path, parsed in pages.items():
        if path.is_relative_to(site / "examples") or path.name == "404.html":
            continue
        for link in parsed.links:
            if re.match(r"[a-z]+:", link):
                continue
            to, _, anchor = link.partition("#")
            target = (path.parent / unquote(to.partition("?")[0])).resolve() if to else path
            assert target.is_relative_to(site.resolve()), (path, link)
            target = target / "index.html" if target.is_dir() else target
            assert target.exists(), (path, link)
            if anchor and target.suffix == ".html":
                assert unquote(anchor) in pages[site / target.relative_to(site.resolve())].anchors, (
                    path,
                    link,
                )
            looked += 1
    assert looked > 5_000


def test_both_sites_have_the_same_pages_and_all_documents(site: Path) -> None:
    english, chinese = (
        {path.relative_to(site / language).as_posix() for path in (site / language).rglob("*.html")}
        for language in ("en", "zh")
    )

    assert english == chinese
    for language, pages in (("en", english), ("zh", chinese)):
        names = {
            name.with_suffix(".html").as_posix()
            for name in sources_of(language).values()
            if name.suffix == ".md"
        }
        assert names <= pages
    documents = set((ROOT / "docs").rglob("*.md"))
    assert documents <= {*sources_of("en"), *sources_of("zh")}


def test_nothing_of_another_server_is_taken_in(site: Path) -> None:
    for path in [*site.rglob("*.html"), *site.rglob("*.css")]:
        if path.is_relative_to(site / "examples"):
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r'(?:src=|url\(|@import )["\']?(?:https?:)?//', text), path
        assert not re.search(r'<link[^>]+href="(?:https?:)?//', text), path


def test_the_interface_has_every_public_name(site: Path) -> None:
    text = (site / "en" / "reference" / "interface.html").read_text(encoding="utf-8")
    studies = (site / "zh" / "reference" / "interface-studies.html").read_text(encoding="utf-8")

    for name in set(qh.__all__) - {"__version__", "study"}:
        value = getattr(qh, name)
        assert f'id="{value.__module__}.{value.__qualname__}"' in text, name
    assert 'id="quanheng.usecase.studies.public.robustness"' in studies
    assert "Return what moved the units of" in text


@pytest.mark.parametrize("kind", _KINDS)
def test_anybody_can_read_it(kind: str, page: Page, address: str) -> None:
    page.goto(f"{address}/{kind}")

    found = Axe().run(page).response["violations"]

    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []


@pytest.mark.parametrize(
    ("language", "word", "wanted"),
    [
        ("zh", "难度系数", "zh/how-to/score-places.html"),
        ("zh", "申诉", "zh/explanation/trust.html"),
        ("zh", "Copeland", "zh/reference/aggregation/copeland.html"),
        ("en", "difficulty", "en/how-to/score-places.html"),
        ("en", "notebook", "en/how-to/use-in-a-notebook.html"),
    ],
)
def test_search_finds(language: str, word: str, wanted: str, page: Page, address: str) -> None:
    page.goto(f"{address}/{language}/index.html")
    page.click(".md-search__button")
    page.wait_for_function("document.activeElement.shadowRoot || document.activeElement.tagName === 'INPUT'")
    page.keyboard.type(word)

    # what was found of the first letters stands there for a moment
    found = f"wanted => ({_RESULTS})().some((url) => url.includes(wanted))"
    page.wait_for_function(found, arg=f"{address}/{wanted}", timeout=60_000)
    assert [each["id"] for each in Axe().run(page).response["violations"]] == []


def test_the_switch_leads_to_the_same_page_in_the_other_language(page: Page, address: str) -> None:
    page.goto(f"{address}/zh/how-to/publish-a-page.html")
    page.click(".other-language")

    assert page.url == f"{address}/en/how-to/publish-a-page.html"
    assert page.get_attribute("html", "lang") == "en"
    page.click(".other-language")
    assert page.get_attribute("html", "lang") == "zh"


def test_the_example_page_lives_within_the_site(page: Page, address: str) -> None:
    page.goto(f"{address}/en/examples.html")
    page.locator("iframe").scroll_into_view_if_needed()

    frame = page.frame_locator("iframe").locator("html.alive")
    frame.wait_for(state="attached")

    assert "Switzerland" in frame.inner_text()


def test_a_link_out_of_the_documents_is_named() -> None:
    with pytest.raises(
        LinkError, match=r"docs/glossary.md links to ../Makefile, which is no page of the site"
    ):
        page_of("[x](../Makefile)", ROOT / "docs" / "glossary.md", "en")


def test_a_list_and_links_are_as_the_site_needs_them() -> None:
    source = ROOT / "docs" / "reference" / "python.zh.md"
    text = (
        "# 甲\n\n[English](python.md)\n\n乙：\n- 丙\n- 丁 [结果](result.zh.md#x)\n\n[en](meaning.md)\n"
        "```\n乙\n- [不是](链接)\n```\n"
    )

    assert page_of(text, source, "zh") == (
        "# 甲\n\n乙：\n\n- 丙\n- 丁 [结果](result.md#x)\n\n[en](../../en/reference/meaning.html)\n"
        "```\n乙\n- [不是](链接)\n```\n"
    )
