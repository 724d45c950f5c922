"""Short schemes as text for tests, and what comes of them."""

from __future__ import annotations

from textwrap import dedent, indent

from quanheng.findings.finding import Finding, FindingsError
from quanheng.scheme.files.read import read_scheme, scheme_from, settled_from
from quanheng.scheme.tree.scheme import Indicator, Scheme
from quanheng.scheme.tree.settle import Settled

_HEAD = """\
quanheng: 1
id: test
title: 测试
round: 2023
"""


def scheme_text(body: str) -> str:
    """Return the text of a scheme: its head and `body`; the body begins on line 5."""
    return _HEAD + dedent(body).lstrip("\n")


def settled(body: str) -> Settled:
    """Return the scheme with `body`, which must have no findings of error level."""
    found, findings = settled_from(read_scheme(scheme_text(body), file="s.yaml"))
    errors = [finding.text("en") for finding in findings if finding.severity == "error"]
    assert errors == []
    assert found is not None
    return found


def scheme(body: str) -> Scheme:
    """Return the scheme with `body`, which must have no findings of error level."""
    return settled(body).scheme


def findings_in(body: str) -> tuple[Finding, ...]:
    """Return all findings on the scheme with `body`, whose form must be right."""
    _, findings = scheme_from(read_scheme(scheme_text(body), file="s.yaml"))
    return findings


def codes_in(body: str) -> list[tuple[str, int | None]]:
    """Return the codes and lines of all findings on the scheme with `body`, notes aside."""
    return [(finding.code, finding.where.line) for finding in findings_in(body) if finding.severity != "note"]


def all_codes_in(body: str) -> list[tuple[str, int | None]]:
    """Return the codes and lines of all findings on the scheme with `body`, those of its form too."""
    try:
        return codes_in(body)
    except FindingsError as error:
        return [(finding.code, finding.where.line) for finding in error.findings]


def with_indicator(keys: str) -> str:
    """Return the body of a scheme with items a and b and one indicator `one` with `keys`, from line 7 on."""
    body = indent(dedent(keys).strip("\n"), "    ")
    return f"items: {{a: , b: }}\nindicators:\n  one:\n    weight: 100\n{body}\n"


def indicator(keys: str) -> Indicator:
    """Return the indicator with `keys`."""
    return scheme(with_indicator(keys)).indicators[0]
