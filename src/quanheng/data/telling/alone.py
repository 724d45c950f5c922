"""What is told of the data where parts of the scheme are wrong: what does not follow from these.

A column that names no item may be that of an item left out, and so may a target, a ledger or a mark; a cell
that is no number, a unit that is not there and a value said twice are wrong whatever the scheme says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from quanheng.findings.finding import Finding

_OF_TABLES: Final = "QH320 QH321 QH322 QH324 QH325 QH334 QH350 QH351"
_OF_CELLS: Final = "QH327 QH328 QH329 QH331 QH332 QH337 QH340 QH341 QH342 QH371 QH372 QH375 QH382"
_OF_TIME: Final = "QH357 QH358 QH383 QH384 QH386 QH388 QH441 QH451"
_OF_UNITS: Final = "QH303 QH376 QH401 QH408 QH431 QH438"
_OF_FIGURES: Final = "QH410 QH411 QH416 QH417 QH432 QH434 QH436 QH454 QH455"
_OF_LEDGERS: Final = "QH462 QH482 QH483 QH484"
_OF_FILES: Final = "QH450 QH491 QH492 QH493"
_ALONE: Final = frozenset(
    f"{_OF_TABLES} {_OF_CELLS} {_OF_TIME} {_OF_UNITS} {_OF_FIGURES} {_OF_LEDGERS} {_OF_FILES}".split()
)


def whatever_is_missing(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield those of `findings` on data that do not follow from a part of the scheme that is wrong."""
    return (finding for finding in findings if finding.code in _ALONE)
