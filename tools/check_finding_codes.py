"""Check the kinds of findings: codes unique and of their layer, wordings with the same facts, all in use."""

from __future__ import annotations

import ast
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.finding_kinds import declared_kinds

ROOT = Path(__file__).resolve().parent.parent
CODES = {
    "quanheng.findings": re.compile(r"QH(136|398)"),
    "quanheng.scheme": re.compile(r"QH([12]\d\d|6[4-9]\d|8[5-9]\d)"),
    "quanheng.data": re.compile(r"QH(([34]\d|62|6[4-9]|8[5-9])\d|599)"),
    "quanheng.process": re.compile(r"QH(47|89|9[0-4])\d"),
    "quanheng.engine": re.compile(r"QH(5\d|6[4-9]|8[5-9])\d"),
    "quanheng.usecase": re.compile(r"QH(578|[6-9]\d\d)"),
    "quanheng.web": re.compile(r"QH(84|89|9[3-9])\d"),
    "quanheng.insight": re.compile(r"QH(36|5[89]|[6-9]\d)\d"),
}
LATER_CODES = re.compile(r"QH[6-9]\d\d")
"""Results, verifying, documents and what comes after."""


def faults() -> Iterator[str]:
    """Yield each fault in words."""
    seen: dict[str, str] = {}
    used = set(_names_in_use())
    for module, name, kind in declared_kinds():
        here = f"{module}.{name}"
        if kind.code in seen:
            yield f"{here}: {kind.code} is also the code of {seen[kind.code]}"
        seen[kind.code] = here
        package = ".".join(module.split(".")[:2])
        if not CODES.get(package, LATER_CODES).fullmatch(kind.code):
            yield f"{here}: {kind.code} is not a code of {package}"
        if _facts(kind.en, kind.hint_en) != _facts(kind.zh, kind.hint_zh):
            yield f"{here}: the wordings do not name the same facts"
        if name not in used:
            yield f"{here}: nothing finds it"
    yield from _stray_kinds()


def _facts(*templates: str) -> set[str]:
    parts = (part for template in templates for part in string.Formatter().parse(template))
    return {name for _, name, _, _ in parts if name}


def _names_in_use() -> Iterator[str]:
    """Yield every name that is read anywhere in the source outside its declaration."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                yield node.id


def _stray_kinds() -> Iterator[str]:
    for path in sorted((ROOT / "src").rglob("*.py")):
        for line in stray_kinds(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(ROOT)}:{line}: declare the kind as a constant of the module"


def stray_kinds(source: str) -> Iterator[int]:
    """Yield the line of each kind in `source` that is no constant: the reference would miss it."""
    tree = ast.parse(source)
    constants = {id(_value(statement)) for statement in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _makes_a_kind(node) and id(node) not in constants:
            yield node.lineno


def _value(statement: ast.stmt) -> ast.expr | None:
    return statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None


def _makes_a_kind(call: ast.Call) -> bool:
    made = call.func
    return "Kind" in {getattr(made, "id", None), getattr(made, "attr", None)}


def main() -> int:
    """Print every fault and return 1 if there is one."""
    found = list(faults())
    for fault in found:
        print(fault)
    print(f"finding codes: {len(found) or 'no'} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
