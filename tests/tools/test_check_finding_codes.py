from __future__ import annotations

from tools.check_finding_codes import stray_kinds
from tools.finding_kinds import declared_kinds


def test_a_kind_is_found_where_it_is_declared_and_not_where_it_is_imported() -> None:
    homes = [(module, name) for module, name, kind in declared_kinds() if kind.code == "QH398"]

    assert homes == [("quanheng.findings.collector", "COUNTED")]


def test_a_kind_that_is_no_constant_of_its_module_is_refused() -> None:
    source = """
ODD: Final = Kind(code="QH999")
PLAIN = Kind(code="QH998")
TWO = {"odd": Kind(code="QH997")}


def law():
    hidden = finding.Kind(code="QH996")
"""

    assert list(stray_kinds(source)) == [4, 8]
