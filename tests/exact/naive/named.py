"""What a node has by itself, by docs/reference/meaning.md, points §10: its part of the book scored alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

from tests.exact.naive.books import ROOT, Book, Node, tree_of
from tests.exact.naive.joining import NINE
from tests.exact.naive.numerals import Absent, Value, half_up, mean

_KNOWN: Final[dict[tuple[int, str], tuple[Book, Any]]] = {}


def of_node(book: Book, function: str, code: str, unit: str) -> Value:
    """Return the points or the score of a node by itself, or why there is none."""
    from tests.exact.naive.scoring import _Scorer  # noqa: PLC0415  scoring works out formulas

    book = book.whole or book
    key = (id(book), code)
    if key not in _KNOWN:
        scorer = _Scorer(_alone(book, code))
        scorer.run()
        _KNOWN[key] = (book, scorer)
    scorer = _KNOWN[key][1]
    points = scorer.scored.points.get((unit, code))
    if points is None:
        leaves = [node for node in scorer.tree.values() if node.is_leaf]
        away = all(
            book.group(unit) not in leaf.weights or unit in scorer.ratings[leaf.code].not_applicable
            for leaf in leaves
        )
        return Absent.NOT_APPLICABLE if away else Absent.MISSING
    if function == "points":
        return half_up(points, NINE)
    return half_up(_marks(book, tree_of(book), code, book.group(unit)) * points / 100, NINE)


def mean_of_node(book: Book, function: str, code: str, by: str, unit: str) -> Value:
    """Return the mean over the units whose attribute names the unit (points §10 h)."""
    book = book.whole or book
    led = [other for other, form in book.units.items() if form[by] == unit]
    values = [of_node(book, function, code, other) for other in led]
    known = [value for value in values if not isinstance(value, Absent)]
    if not led:
        return Absent.NOT_APPLICABLE
    return half_up(mean(known), NINE) if known else Absent.MISSING


def _marks(book: Book, tree: Mapping[str, Node], code: str, group: str) -> Fraction:
    """Return what a node is worth by the scheme."""
    if code == ROOT:
        return tree[ROOT].weights[group]
    parent = tree[tree[code].parent]
    above = _marks(book, tree, parent.code, group)
    form = book.scheme if parent.code == ROOT else parent.form
    aggregate = form.get("aggregate", book.scheme.get("aggregate"))
    siblings = [tree[child] for child in parent.children if group in tree[child].weights]
    if aggregate == "sum":
        return above
    if form.get("weights", book.scheme.get("weights", "marks")) == "equal":
        return above / len(siblings)
    return above * tree[code].weights[group] / sum(each.weights[group] for each in siblings)


def _alone(book: Book, code: str) -> Book:
    form = _without_scores(_find(book.scheme["indicators"], code))
    rounding = {key: value for key, value in book.scheme.get("rounding", {}).items() if key not in _LATER}
    scheme = {key: value for key, value in book.scheme.items() if key not in _BESIDE}
    written = form.get("weight")
    weight = dict.fromkeys(written, 100) if isinstance(written, Mapping) else 100
    scheme |= {"indicators": {code: {**form, "weight": weight}}, "rounding": rounding}
    return replace(book, scheme=scheme, adjustments=(), whole=book)


_LATER: Final = ("scores", "total")
_BESIDE: Final = ("adjustments", "tiers", "awards", "ties", "rule")


def _find(forms: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    for each, form in forms.items():
        if each == code:
            return form  # type: ignore[no-any-return]  # a form of YAML
        if "children" in form:
            found = _find(form["children"], code)
            if found:
                return found
    return {}


def _without_scores(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form whose scores are not rounded, with all below it."""
    made = dict(form)
    if "rounding" in made:
        made["rounding"] = {key: value for key, value in made["rounding"].items() if key != "scores"}
    if "children" in made:
        made["children"] = {code: _without_scores(child) for code, child in made["children"].items()}
    return made
