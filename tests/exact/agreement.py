"""How the results of the naive scorer and of the program are held against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from tests.exact.naive.scoring import Scored

import quanheng as qh
from quanheng.findings.text import Text

CLOSE = 1e-9
GAPS = {"QH541", "QH544", "QH545"}
"""An absent value, target or anchor: the naive scorer does not tell apart which."""
TOLD = {"QH528", "QH547", "QH548", "QH553", "QH557", "QH558", "QH574"}


def differences(scored: Scored, compute: Callable[[], qh.Result]) -> Iterator[str]:
    """Yield what the two say differently."""
    right_errors = {(_code(code), node) for code, _, node in scored.findings.errors}
    try:
        result = compute()
    except qh.FindingsError as error:
        came_errors = {
            (_code(finding.code), _in_english(finding.facts.get("node", finding.facts.get("indicator"))))
            for finding in error.findings
            if finding.severity == "error"
        }
        if {code for code, _ in came_errors} == {code for code, _ in scored.findings.refused}:
            right_errors = scored.findings.refused
        if right_errors and _at_leaves(right_errors) == right_errors:
            came_errors = _at_leaves(came_errors)
        later = bool(right_errors) and not _at_leaves(right_errors)
        if came_errors != right_errors and not (later and came_errors and came_errors < right_errors):
            yield f"errors: right {sorted(right_errors)}, came {sorted(came_errors)}"
        return
    if right_errors:
        yield f"errors: right {sorted(right_errors)}, came none"
        return
    yield from _nodes(scored, result)
    yield from _weights(scored, result)
    yield from _tiers(scored, result)
    yield from _awards(scored, result)
    yield from _findings(scored, result)


def _in_english(fact: object) -> str:
    """Return the code in a fact, which in Chinese may be a name."""
    return fact.en if isinstance(fact, Text) else str(fact)


def _nodes(scored: Scored, result: qh.Result) -> Iterator[str]:
    for row in result.scores.to_native().iter_rows(named=True):
        key = row["unit"], row["node"]
        for column, right in (("points", scored.points), ("marks", scored.marks), ("score", scored.scores)):
            if not _close(right.get(key), row[column]):
                yield f"{column} of {key}: right {_float(right.get(key))}, came {row[column]}"
        if scored.standing.places.get(key) != row["place"]:
            yield f"place of {key}: right {scored.standing.places.get(key)}, came {row['place']}"


def _weights(scored: Scored, result: qh.Result) -> Iterator[str]:
    for row in result.weights.to_native().iter_rows(named=True):
        key = row["group"] or "", row["node"]
        if key in scored.shares and not _close(scored.shares[key], row["share"]):
            yield f"share of {key}: right {float(scored.shares[key])}, came {row['share']}"


def _tiers(scored: Scored, result: qh.Result) -> Iterator[str]:
    for row in result.tiers.to_native().iter_rows(named=True):
        unit = row["unit"]
        right = scored.standing.tiers.get(unit), unit in scored.standing.vetoed
        if right != (row["tier"], row["vetoed"]):
            yield f"tier of {unit}: right {right}, came {row['tier'], row['vetoed']}"


def _awards(scored: Scored, result: qh.Result) -> Iterator[str]:
    came = {(row["award"], row["unit"]) for row in result.awards.to_native().iter_rows(named=True)}
    if came != scored.standing.awarded:
        yield f"awards: right {sorted(scored.standing.awarded)}, came {sorted(came)}"


def _findings(scored: Scored, result: qh.Result) -> Iterator[str]:
    right = {finding for finding in scored.findings.warnings if finding[0] in TOLD}
    came = {
        (finding.code, _in_english(finding.facts.get("node")))
        for finding in result.all_findings
        if finding.code in TOLD
    }
    if right != came:
        yield f"findings: right {sorted(right)}, came {sorted(came)}"


def _close(right: Fraction | None, came: float | None) -> bool:
    if right is None or came is None:
        return right is None and came is None
    return abs(float(right) - came) <= CLOSE * max(1.0, abs(float(right)))


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _at_leaves(errors: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(code, node) for code, node in errors if node.startswith("leaf")}


def _code(code: str) -> str:
    return "gap" if code in GAPS else code
