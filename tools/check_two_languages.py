"""Check that what is said in two languages is one value: `Text(en=…, zh=…)`, not a pair kept in another way.

Only a finding's `Kind` has a field for each language.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parent.parent
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_LETTERS: Final = re.compile("[A-Za-z]{2}")
_OF_ONE_LANGUAGE: Final = "_zh"
_LANGUAGES: Final = {"en", "zh"}
_OTHER_HEADINGS: Final = "others"
"""What a heading may also be called, in whatever language: none is the translation of another."""
_EXCEPT: Final = tuple(map(Path, ("src/quanheng/findings/finding.py", "src/quanheng/findings/text.py")))
"""Where the `Kind` of a finding and the `Text` are declared."""


def two_languages(text: str) -> Iterator[int]:
    """Yield the lines where two languages are kept, but not as a `Text`.

    Examples:
        >>> list(two_languages("word = Text(en='unit', zh='单位')"))
        []
        >>> list(two_languages("words = ('unit', '单位')"))
        [1]
        >>> list(two_languages("words = {'en': 'unit', 'zh': '单位'}"))
        [1]
        >>> list(two_languages("def title_zh(name): ..."))
        [1]
        >>> list(two_languages("said = f'第{n}位' if language == 'zh' else f'place {n}'"))
        [1]
    """
    tree = ast.parse(text)
    headings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == _OTHER_HEADINGS
    }
    for node in ast.walk(tree):
        match node:
            case ast.Tuple(elts=[one, other]) if id(node) not in headings and _is_pair(one, other):
                yield node.lineno
            case ast.Dict(keys=keys) if {_constant(key) for key in keys} == _LANGUAGES:
                yield node.lineno
            case ast.FunctionDef(name=name) | ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                if name.endswith(_OF_ONE_LANGUAGE):
                    yield node.lineno
            case ast.IfExp(test=test, body=one, orelse=other) if _asks_language(test):
                if _writes_chinese(one) or _writes_chinese(other):
                    yield node.lineno
            case ast.If(test=test, body=body, orelse=others) if _asks_language(test):
                if any(map(_writes_chinese, (*body, *others))):
                    yield node.lineno
            case ast.ClassDef(body=body) if {_field(part) for part in body} >= _LANGUAGES:
                yield node.lineno


def _is_pair(one: ast.expr, other: ast.expr) -> bool:
    """Return whether one text is in Chinese and the other is not."""
    first, second = _said(one), _said(other)
    if not (_HAN.search(first) or _HAN.search(second)):
        return False
    return any(_LETTERS.search(text) and not _HAN.search(text) for text in (first, second))


def _asks_language(test: ast.expr) -> bool:
    """Return whether `test` is `language == "zh"`, of a name or of an attribute."""
    match test:
        case ast.Compare(
            left=ast.Name(id=name) | ast.Attribute(attr=name), comparators=[ast.Constant(value=word)]
        ):
            return name.endswith("language") and word in _LANGUAGES
        case _:
            return False


def _writes_chinese(node: ast.AST) -> bool:
    """Return whether Chinese is written below `node`, other than inside a `Text(…)`."""
    match node:
        case ast.Call(func=ast.Name(id="Text")):
            return False
        case ast.Constant(value=str(text)):
            return bool(_HAN.search(text))
        case _:
            return any(map(_writes_chinese, ast.iter_child_nodes(node)))


def _said(node: ast.expr) -> str:
    """Return the text that a node writes, without what is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
        case _:
            return ""


def _field(part: ast.stmt) -> str:
    """Return the name of a plain text that a class keeps."""
    match part:
        case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id="str")):
            return name
        case _:
            return ""


def _constant(key: ast.expr | None) -> object:
    return key.value if isinstance(key, ast.Constant) else None


def main() -> int:
    """Print every line that keeps two languages otherwise and return 1 if there is one."""
    count = 0
    for path in sorted((_ROOT / "src").rglob("*.py")):
        place = path.relative_to(_ROOT)
        lines = set() if place in _EXCEPT else set(two_languages(path.read_text(encoding="utf-8")))
        for line in sorted(lines):
            print(f"{place}:{line}: two languages that are no Text(en=…, zh=…)")
        count += len(lines)
    print(f"two languages: {count or 'none'} kept otherwise than as a Text")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
