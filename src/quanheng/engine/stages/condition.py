"""What may be wrong with a row: a kind of finding, the node it is about, and where it holds."""

from __future__ import annotations

import narwhals as nw

from quanheng.findings.finding import Kind
from quanheng.findings.value import Value


class Condition(Value):
    """A kind of finding, the node it is about, and where it holds."""

    kind: Kind
    node: str
    holds: nw.Expr
