"""A worksheet that takes formulas as they are, and rows that are XML already."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST: Final = 32_767
"""Signs in a cell."""


@functools.lru_cache(maxsize=1)
def plain_worksheet() -> type[Worksheet]:
    """Return xlsxwriter's class of worksheets without its search for functions newer than Excel 2010.

    Our formulas use none, and the search, some thirty patterns a formula, is two thirds of the time that
    writing a large workbook takes. It would also find such a function in the name of a tier.
    """
    from xlsxwriter import worksheet

    class PlainWorksheet(worksheet.Worksheet):  # type: ignore[misc]  # a class without published types
        """A worksheet whose formulas are written as they stand, and whose rows may come as XML."""

        def _prepare_formula(self, formula: str, *_: bool) -> str:
            return formula.removeprefix("{").removeprefix("=").removesuffix("}")

        def write_rows(self, rows: range, texts: Iterable[str]) -> None:
            """Write `texts`, the XML of `rows` (counted from 1), below what has been written so far.

            They go into the file of rows that xlsxwriter keeps for a workbook that needs little memory.
            """
            self._check_dimensions(rows.stop - 2, 0)
            self._write_single_row(rows.start - 1)
            self.fh.writelines(texts)
            self.previous_row = rows.stop - 1

    return PlainWorksheet


def format_number(look: Format) -> int:
    """Return the number by which cells name the format `look`."""
    number: int = look._get_xf_index()  # noqa: SLF001 - xlsxwriter has no public name for it
    return number
