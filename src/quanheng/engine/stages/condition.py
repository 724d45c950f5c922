"""What may be wrong with a row: a kind of finding, the node it is about, and where it holds."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw

from quanheng.findings.finding import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A kind of finding, the node it is about, and where it holds."""

    kind: Kind
    node: str
    holds: nw.Expr
