"""What a value shows: words of strangers stay words, what is large is cut and says so, languages are two."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any, Final

import polars as pl
import pytest
from tests.engine.texts import scored

import quanheng as qh
from quanheng.documents.charts import vega
from quanheng.engine.results.explanation.explanation import Explanation
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text
from quanheng.notebook.explanations import explanation_parts
from quanheng.notebook.parts import Line, Steps
from quanheng.notebook.room import LONGEST, MOST_GROUPS, MOST_ROWS, MOST_STEPS
from quanheng.studies.charts.chart import Chart
from quanheng.studies.study import Table

_HOSTILE: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></table><style>*{display:none}</style>",
    "javascript:alert(1)",
    "&lt;b&gt; &#60;i&#62;",
    '=HYPERLINK("http://example.invalid")',
    "a\u202eb\x1b]52;c;aGk=\x07",
    "$\\require{html}\\href{javascript:alert(1)}{x}$",
)
_SCHEME: Final = """
title: {title}
items: {{x: {{}}, y: {{}}}}
indicators:
  first: {{name: {title}, measure: x, weight: 60, rule: {{scale: {{worst: observed, best: observed}}}}}}
  second: {{name: B, measure: y, weight: 40, rule: {{scale: {{worst: observed, best: observed}}}}}}
rounding: {{total: 2}}
"""


class _Tags(HTMLParser):
    """Collects the tags of a page, their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.said = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.said += data


def _result(names: list[str], title: str = "An index", groups: list[str] | None = None) -> Any:  # noqa: ANN401  any result
    units = range(len(names))
    columns: dict[str, list[Any]] = {
        "unit": [f"u{at:05d}" for at in units],
        "name": names,
        "x": [float(at) for at in units],
        "y": [float(len(names) - at) ** 1.5 for at in units],
    }
    scheme = _SCHEME.format(title=repr(title))
    if groups is not None:
        columns["group"] = groups
        scheme += "groups: {" + ", ".join(f"{each}: {each}" for each in dict.fromkeys(groups)) + "}\n"
    return scored(scheme, columns)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_names_of_strangers_are_shown_as_they_are_typed_and_nothing_of_them_acts(language: str) -> None:
    result = _result(list(_HOSTILE), title="<b>T</b><script>x</script>")
    shown = [result, result.explain("u00000"), result.scheme]

    for value in shown:
        bundle = qh.show(value, "zh" if language == "zh" else "en").bundle()
        page = _Tags(bundle["text/html"])
        allowed = {"div", "p", "strong", "table", "caption", "thead", "tbody", "tr", "th", "td", "img"}
        assert set(page.tags) <= allowed | {"details", "summary", "ul", "li"}
        assert {name for name, _ in page.attributes} <= {
            "lang",
            "class",
            "scope",
            "style",
            "src",
            "alt",
            "open",
        }
        sources = [text for name, text in page.attributes if name == "src"]
        assert all(text is not None and text.startswith("data:image/svg+xml;base64,") for text in sources)
        assert "\x1b" not in bundle["text/plain"]
        assert "\u202e" not in bundle["text/plain"]
    ranking = _Tags(qh.show(result, "en").bundle()["text/html"]).said
    for name in _HOSTILE[:6]:
        assert name in ranking


def test_a_picture_of_strangers_names_is_an_image_without_script() -> None:
    html = qh.show(_result(list(_HOSTILE))).bundle()["text/html"]

    assert html.count("<img ") == 1
    assert "<svg" not in html


def test_what_is_large_is_cut_and_says_where_all_of_it_is() -> None:
    many = MOST_ROWS + 153
    shown = qh.show(_result([f"name {at}" for at in range(many)]), "en")

    html, text = shown.bundle()["text/html"], str(shown)
    assert html.count("<tr>") == MOST_ROWS + 1
    assert "… and 153 more: result.ranking has them all" in text
    assert "… and 153 more: result.ranking has them all" in html
    assert "……另有 153 项，全部见 result.ranking" in str(qh.show(_result(["n"] * many), "zh"))


def test_of_many_groups_some_are_shown() -> None:
    groups = [f"g{at}" for at in range(MOST_GROUPS + 3)]
    shown = str(qh.show(_result(groups, groups=groups), "en"))

    assert f"g{MOST_GROUPS - 1}" in shown
    assert f"g{MOST_GROUPS}" not in shown
    assert "… and 3 more" in shown


def test_a_long_name_is_cut_on_the_page() -> None:
    html = qh.show(_result(["x" * 100_000, "b"])).bundle()["text/html"]

    assert "x" * LONGEST + "…" in html
    assert "x" * (LONGEST + 1) not in re.sub(r'src="[^"]*"', "", html)


def test_an_explanation_of_many_nodes_is_cut_below() -> None:
    children = "".join(f"      n{at}: {{measure: x, weight: 1}}\n" for at in range(MOST_STEPS + 5))
    scheme = (
        "items: {x: {}}\ndefaults: {rule: {scale: {worst: observed, best: observed}}}\n"
        f"indicators:\n  all:\n    weights: relative\n    weight: 100\n    children:\n{children}"
    )
    explained = scored(scheme, {"unit": ["a", "b"], "x": [1.0, 2.0]}).explain("a")

    parts = list(explanation_parts(explained, "en"))

    steps = next(part.explanation for part in parts if isinstance(part, Steps))
    assert _depth(steps) == 2
    left = f"… and {MOST_STEPS + 5} more: result.explain(unit, node) has them all"
    assert Line(left) in parts
    assert _depth(explained) == 3


def _depth(explanation: Explanation) -> int:
    return 1 + max(map(_depth, explanation.children), default=0)


def test_the_language_is_that_of_the_locale_unless_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    result = _result(["a", "b"])
    for locale, language in (("zh_CN.UTF-8", "zh"), ("de_DE.UTF-8", "en")):
        monkeypatch.setenv("LC_ALL", locale)
        assert result._repr_mimebundle_() == qh.show(result, language).bundle()  # type: ignore[arg-type]  # which languages there are is tried
    assert "得分" in str(qh.show(qh.show(result, "en"), "zh"))
    with pytest.raises(UsageError, match="'fr' is neither 'zh' nor 'en'"):
        qh.show(result, "fr")  # type: ignore[arg-type]  # which languages there are is tried


def test_a_notebook_is_given_the_kinds_it_asks_for() -> None:
    result = _result(["a", "b"])

    assert set(result._repr_mimebundle_()) == {"text/html", "text/plain"}
    assert set(result._repr_mimebundle_(include={"text/plain"})) == {"text/plain"}
    assert set(result._repr_mimebundle_(exclude={"text/plain"})) == {"text/html"}


def test_what_is_none_of_them_is_refused() -> None:
    with pytest.raises(UsageError, match="a DataFrame is not shown; print it"):
        qh.show(pl.DataFrame())


def test_without_what_draws_the_sentence_stands_for_the_chart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none() -> None:
        raise UsageError("drawing needs vl-convert: pip install", "画图需要 vl-convert")

    monkeypatch.setattr(vega, "_drawing", none)
    chart = Chart(name="c", title=Text(en="T"), sentence=Text(en="High < low."), definition={"mark": "bar"})

    html = qh.show(chart, "en").bundle()["text/html"]

    assert "<p>High &lt; low. (drawing needs vl-convert: pip install)</p>" in html


def test_tables_and_charts_of_a_study_show_themselves_alone() -> None:
    study = qh.study.audit(qh.load("books/hdi-2022"))

    table = next(each for each in study.tables if each.name == "influence")
    assert isinstance(table, Table)
    for row in table.rows.head(3).rows():
        assert f'<td style="text-align:left">{row[1]}</td>' in table._repr_mimebundle_()["text/html"]
    whole = study._repr_mimebundle_()
    assert whole["text/html"].count("<img ") == min(len(study.charts), 8)
    for sentence in study.sentences:
        assert sentence.en in " ".join(whole["text/plain"].split("\n"))


def test_a_ranking_on_a_cluster_stays_there() -> None:
    result = _result(["a", "b"])
    there = replace(result, ranked=None)

    assert "result.ranking" in str(qh.show(there, "en"))
    assert "ranking" not in vars(there)
    _ = there.ranking
    assert "100.00" not in str(qh.show(replace(result, ranked=None), "en"))
    assert "place" in str(qh.show(there, "en"))
