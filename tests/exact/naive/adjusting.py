"""Bonus and penalty marks: what is asked for at each node, gates and caps (adjustments §1 to §3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import TypeAlias

from tests.exact.naive.books import ROOT, Book, Form, Seat
from tests.exact.naive.formulas import decided, measured
from tests.exact.naive.numerals import number

Asked: TypeAlias = dict[tuple[str, str], tuple[Fraction, Fraction]]
"""Bonus and penalty marks that count, by unit and node."""
KINDS = ("bonus", "penalty")


def asked_marks(
    book: Book, units: Collection[str], nodes: Collection[str], worth: Mapping[tuple[str, str], Fraction]
) -> Asked:
    """Return the marks of each unit at each node of its group; those at a node worth nothing are lost."""
    found: Asked = {}
    for unit in units:
        valued = {node for node in nodes if worth.get((unit, node), 0) > 0}
        bonus, penalty = (_counting(book, unit, kind, nodes, valued) for kind in KINDS)
        for node in bonus.keys() | penalty.keys():
            found[unit, node] = bonus.get(node, Fraction(0)), penalty.get(node, Fraction(0))
    return found


def asked_anywhere(book: Book) -> set[str]:
    """Return the nodes that marks are given or taken at, by hand or by a rule, whether they count or not."""
    rules = [rule.get("node", ROOT) for rule in _rules(book) if rule["kind"] in KINDS]
    return {*rules, *(row.get("node") or ROOT for row in book.adjustments if row["kind"] in KINDS)}


def vetoed_units(book: Book) -> set[str]:
    """Return who falls under a veto, by hand or by a rule."""
    by_hand = {row["unit"] for row in book.adjustments if row["kind"] == "veto"}
    rules = [rule for rule in _rules(book) if rule["kind"] == "veto"]
    return by_hand | {unit for unit in book.units if any(_holds(book, unit, rule) for rule in rules)}


def _counting(
    book: Book, unit: str, kind: str, nodes: Collection[str], valued: Collection[str]
) -> dict[str, Fraction]:
    limits: Form = book.scheme.get("adjustments", {}).get(kind) or {}
    if not _holds(book, unit, limits):
        return {}
    categories: Form = limits.get("categories", {})
    asked: dict[str, Fraction] = {}
    every = [each for each in _by_hand(book, unit, kind) + _by_rule(book, unit, kind) if each[0] in nodes]
    every = _within_nodes(book.scheme["indicators"], every, limits.get("nodes", {}), valued)
    for category in {category for _, category, _ in every}:
        own: dict[str, Fraction] = {}
        for node, of, marks in every:
            if of == category:
                own[node] = own.get(node, Fraction(0)) + marks
        for node, marks in _capped(own, categories.get(category, {}), valued).items():
            asked[node] = asked.get(node, Fraction(0)) + marks
    return _capped(asked, limits, valued)


def _within_nodes(forms: Form, every: list[_Claim], caps: Form, valued: Collection[str]) -> list[_Claim]:
    """Reduce marks to the caps of the nodes in `forms`, from below upwards."""
    for code, form in forms.items():
        every = _within_nodes(form.get("children", {}), every, caps, valued)
        here = caps.get(code, {})
        here = here if isinstance(here, dict) else {"cap": here}
        below = {code, *_codes(form)}
        for category, cap in here.get("categories", {}).items():
            under = [node in below and of == category for node, of, _ in every]
            every = _reduced(every, under, number(cap), valued)
        if "cap" in here:
            under = [node in below for node, _, _ in every]
            every = _reduced(every, under, number(here["cap"]), valued)
    return every


def _reduced(every: list[_Claim], under: list[bool], cap: Fraction, valued: Collection[str]) -> list[_Claim]:
    total = sum(
        (
            marks
            for (node, _, marks), is_under in zip(every, under, strict=True)
            if is_under and node in valued
        ),
        Fraction(0),
    )
    if total <= cap:
        return every
    return [
        (node, of, marks * cap / total if is_under else marks)
        for (node, of, marks), is_under in zip(every, under, strict=True)
    ]


def _codes(form: Form) -> list[str]:
    children: Form = form.get("children", {})
    return [*children, *(code for child in children.values() for code in _codes(child))]


def _capped(asked: dict[str, Fraction], limits: Form, valued: Collection[str]) -> dict[str, Fraction]:
    """Reduce marks in proportion to their cap, of whose sum those lost at a node are no part."""
    total = sum((marks for node, marks in asked.items() if node in valued), Fraction(0))
    if "cap" in limits and total > number(limits["cap"]):
        return {node: marks * number(limits["cap"]) / total for node, marks in asked.items()}
    return asked


_Claim: TypeAlias = tuple[str, str, Fraction]
"""A node, a category, and marks asked for."""


def _by_hand(book: Book, unit: str, kind: str) -> list[_Claim]:
    rows = [row for row in book.adjustments if row["unit"] == unit and row["kind"] == kind]
    return [(row.get("node") or ROOT, row.get("category", ""), abs(number(row["marks"]))) for row in rows]


def _by_rule(book: Book, unit: str, kind: str) -> list[_Claim]:
    found = []
    for rule in _rules(book):
        if rule["kind"] == kind and _holds(book, unit, rule):
            marks = measured(str(rule["marks"]), Seat(book, unit))
            found.append(
                (
                    rule.get("node", ROOT),
                    rule.get("category", ""),
                    max(marks, Fraction(0)) if isinstance(marks, Fraction) else Fraction(0),
                )
            )
    return found


def _holds(book: Book, unit: str, form: Form) -> bool:
    """Whether the condition `when` holds; one that stays open does not (absence §1 e)."""
    return "when" not in form or decided(str(form["when"]), Seat(book, unit)) is True


def _rules(book: Book) -> list[Form]:
    rules: list[Form] = book.scheme.get("adjustments", {}).get("rules", [])
    return rules
