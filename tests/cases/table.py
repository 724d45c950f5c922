"""All cases of what goes in, with what is right for each, worked out by hand."""

from __future__ import annotations

from tests.cases.of_figures import FIGURES, LEDGERS
from tests.cases.of_tables import CONTEXT, STRANGERS, TEXTS, WORKBOOKS

CASES = (*CONTEXT, *TEXTS, *WORKBOOKS, *STRANGERS, *FIGURES, *LEDGERS)
