"""Every recipe of docs/how-to is a whole book, and scoring it gives the scores the recipe shows.

A recipe is a section with blocks that name the file they stand for; `scores.csv` is what comes out. The
recipes are the rules real offices use, so this is where each of them is shown to be expressible.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from tools.replay_documents import IN_ITS_OWN_WORDS

import quanheng as qh
from quanheng.usecase.year.progress import watch

_PAGES = Path(__file__).resolve().parents[2] / "docs" / "how-to"
_SECTION = re.compile(r"^## (?P<title>.+?)\n(?P<body>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r'^```\w+ title="(?P<file>[^"]+)"\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)
_RESULT = "scores.csv"
_NO_RECIPES = frozenset(
    {
        "use-in-a-notebook.md",
        "run-on-a-cluster.md",
        "ask-what-if.md",
        "issue-a-bulletin.md",
        "draw-charts.md",
        "publish-a-page.md",
        "hand-out-awards.md",
        "use-the-result-workbook.md",
        "make-unit-reports.md",
        "collect-figures.md",
        "appeal.md",
        "report-figures.md",
        "score-a-round.md",
        "publish-from-the-site.md",
        "look-at-boards.md",
        "review-figures.md",
        "serve-a-site.md",
    }
)
_WATCH = re.compile(r"(?P<what>progress|alerts)-(?P<at>.+)\.csv")


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A section of a page: the files of its book and the scores it shows."""

    title: str
    files: dict[str, str]

    @property
    def expected(self) -> list[dict[str, str]]:
        """The rows of its `scores.csv`."""
        return _rows(self.files[_RESULT]) if _RESULT in self.files else []

    @property
    def watched(self) -> dict[tuple[str, str], list[dict[str, str]]]:
        """What `quanheng progress` shows: by `progress` or `alerts` and the period, the rows of the block."""
        found = ((_WATCH.fullmatch(name), text) for name, text in self.files.items())
        return {(match["what"], match["at"]): _rows(text) for match, text in found if match}

    def write(self, folder: Path) -> None:
        """Write the book into `folder`, with a units.csv of all units in one group if none is shown."""
        shown = [*self.expected, *(row for rows in self.watched.values() for row in rows)]
        units = dict.fromkeys(row["unit"] for row in shown)
        plain = "unit,name,group\n" + "".join(f"{unit},{unit},all\n" for unit in units)
        for name, text in {"units.csv": plain, **self.files}.items():
            if name != _RESULT and not _WATCH.fullmatch(name):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text, encoding="utf-8")


def _recipes(page: Path) -> list[Recipe]:
    return [
        Recipe(title=section["title"], files={b["file"]: b["text"] for b in _BLOCK.finditer(section["body"])})
        for section in _SECTION.finditer(page.read_text(encoding="utf-8"))
    ]


def _is_other(page: Path) -> bool:
    """Return whether it is no page of recipes: a Chinese form, one replayed as a whole, or of no book."""
    own = f"how-to/{page.name}" in IN_ITS_OWN_WORDS or page.name in _NO_RECIPES
    return page.name.endswith(".zh.md") or own


_ENGLISH = sorted(page for page in _PAGES.glob("*.md") if not _is_other(page))
_ALL = [
    pytest.param(recipe, id=f"{page.stem}: {recipe.title}")
    for page in _ENGLISH
    for recipe in _recipes(page)
    if _RESULT in recipe.files
]
_WATCHED = [
    pytest.param(recipe, id=f"{page.stem}: {recipe.title}")
    for page in _ENGLISH
    for recipe in _recipes(page)
    if recipe.watched
]


def test_there_are_recipes_and_each_shows_a_scheme_and_scores() -> None:
    assert len(_ALL) >= 20
    for page in _ENGLISH:
        for recipe in _recipes(page):
            assert "scheme.yaml" in recipe.files, recipe.title
            assert _RESULT in recipe.files or recipe.watched, recipe.title


@pytest.mark.parametrize("page", _ENGLISH, ids=lambda page: page.stem)
def test_both_languages_show_the_same_books(page: Path) -> None:
    chinese = page.with_suffix(".zh.md")

    assert [recipe.files for recipe in _recipes(chinese)] == [recipe.files for recipe in _recipes(page)]


@pytest.mark.parametrize("recipe", _ALL)
def test_recipe_gives_the_scores_it_shows(recipe: Recipe, tmp_path: Path) -> None:
    recipe.write(tmp_path)

    result = qh.score(qh.load(tmp_path))

    tiers = {row["unit"]: row["tier"] for row in result.tiers.rows(named=True)}
    scores = {
        (row["unit"], row["node"]): {**row, "tier": tiers[row["unit"]]}
        for row in result.scores.rows(named=True)
    }
    for expected in recipe.expected:
        row = scores[expected["unit"], expected["node"]]
        shown = {key: text for key, text in expected.items() if key not in {"unit", "node"} and text}
        assert {key: _as_shown(row[key], text) for key, text in shown.items()} == shown
        if not expected["score"]:
            assert row["score"] is None


@pytest.mark.parametrize("recipe", _WATCHED)
def test_recipe_gives_the_progress_and_alerts_it_shows(recipe: Recipe, tmp_path: Path) -> None:
    recipe.write(tmp_path)

    for (what, at), expected in recipe.watched.items():
        watched = watch(tmp_path, at=at)
        table = watched.table("zh") if what == "progress" else watched.alerts("zh")
        rows = table.rows(named=True)
        assert len(rows) == len(expected)
        for row, shown in zip(rows, expected, strict=True):
            assert {key: _as_shown(row[key], text) for key, text in shown.items()} == shown


def _as_shown(value: object, text: str) -> str:
    """Return `text` if `value` is that to nine decimals, else the value."""
    if isinstance(value, float):
        return text if value == pytest.approx(float(text), abs=1e-9) else repr(value)
    return str(value)
