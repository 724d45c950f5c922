"""XML of strangers, read by a parser: one pass, no tree, no document types and so no entities."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias
from xml.parsers import expat

from quanheng.data.files.marks.marks import BrokenMarksError

if TYPE_CHECKING:
    from pyexpat import XMLParserType

Start: TypeAlias = Callable[[str, Mapping[str, str]], None]


def parser_of(start: Start, end: Callable[[str], None] | None = None) -> XMLParserType:
    """Return a parser that tells `start` each element with its attributes, and `end` where it ends."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    return parser


def parse(parser: XMLParserType, part: bytes) -> None:
    """Let `parser` read `part`.

    Raises:
        BrokenMarksError: it is no well-formed XML, or declares a document type.
    """
    try:
        parser.Parse(part, True)  # noqa: FBT003 - that this is all; the parser takes no keywords
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BrokenMarksError from error


def local(name: str) -> str:
    """Return the name of an element without a prefix: writers choose prefixes as they like.

    Examples:
        >>> local("x:row"), local("row")
        ('row', 'row')
    """
    return name if ":" not in name else name.rpartition(":")[2]


def number(text: str | None, otherwise: int) -> int:
    """Return the number an attribute says, or `otherwise` if there is none.

    Raises:
        BrokenMarksError: it says something else.
    """
    if text is None:
        return otherwise
    if not (text.isascii() and text.strip().isdigit() and len(text) < _LONGEST):
        raise BrokenMarksError
    return int(text)


_LONGEST = 10


def _refuse(*_: object) -> None:
    raise BrokenMarksError
