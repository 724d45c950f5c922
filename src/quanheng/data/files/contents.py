"""What stands in a book, sorted by what it is, before anything but the scheme is understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quanheng.data.tables.table import Raw
from quanheng.data.telling.changes import Stamp
from quanheng.scheme.tree.scheme import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The scheme (None where its form is wrong), the tables by what they are; how each file lay there.

    `standing` is what stands of the scheme even so. `ledgers` and `history` are by the name of the ledger and
    of the round.
    """

    scheme: Scheme | None
    standing: Scheme | None = None
    units: Sequence[Raw] = ()
    data: Sequence[Raw] = ()
    targets: Sequence[Raw] = ()
    adjustments: Sequence[Raw] = ()
    ledgers: Mapping[str, Sequence[Raw]] = field(default_factory=dict)
    history: Mapping[str, Sequence[Raw]] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
