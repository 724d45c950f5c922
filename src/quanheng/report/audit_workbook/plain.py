"""A worksheet that takes formulas as they are."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


@functools.lru_cache(maxsize=1)
def plain_worksheet() -> type[Worksheet]:
    """Return xlsxwriter's class of worksheets without its search for functions newer than Excel 2010.

    Our formulas use none, and the search, some thirty patterns a formula, is two thirds of the time that
    writing a large workbook takes. It would also find such a function in the name of a tier.
    """
    from xlsxwriter import worksheet

    class PlainWorksheet(worksheet.Worksheet):  # type: ignore[misc]  # a class without published types
        """A worksheet whose formulas are written as they stand."""

        def _prepare_formula(self, formula: str, *_: bool) -> str:
            return formula.removeprefix("{").removeprefix("=").removesuffix("}")

    return PlainWorksheet
