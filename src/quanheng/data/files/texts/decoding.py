"""Bytes to text: UTF-8, UTF-16, GB18030, Big5 or Windows-1252, and never one of them by accident.

UTF-8 and UTF-16 prove themselves. GB18030 and Windows-1252 accept nearly any bytes, so that `Côte` becomes
`C魌e`: which of them it is, is told by what the text would look like. Where two or none look like writing,
the reader is shown both and nothing is taken.
"""

from __future__ import annotations

import codecs
import unicodedata
from itertools import islice
from typing import Final

from quanheng.data.files.texts.neighbours import neighbour_of
from quanheng.data.telling.names import shown
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.patterns import linear
from quanheng.findings.text import Text
from quanheng.findings.value import Value

_SAMPLE: Final = 4 * 1024 * 1024
"""Bytes at the beginning and at the end that are looked at to tell a file of two encodings."""
_RUNS: Final = 5_000
"""Runs of letters beyond ASCII that are looked at to tell Chinese from Western writing."""
_UTF_16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

_MANY_BYTES: Final = linear(
    rb"[\xe1-\xef][\x80-\xbf]{2}|\xc3[\x80-\xbf]", why="characters of one class, each looked at once"
)
"""A letter of several bytes in UTF-8: Chinese, or Western with an accent."""
_PROOF: Final = 3
"""So many such letters in front of the first wrong byte, and the text was UTF-8 up to there."""
_CHINESE: Final = linear(r"[\u2e80-\u9fff\uff00-\uffef]", why="characters of one class, each looked at once")
_HIGH: Final = linear(rb"[\x80-\xff]+", why="characters of one class, each looked at once")
_BEYOND_ASCII: Final = linear(r"[^\x00-\x7f]+", why="characters of one class, each looked at once")

_LETTERS: Final = frozenset("ŠšŽžŒœŸ") | {chr(code) for code in range(0xC0, 0x100)} - {"×", "÷"}
_QUOTES: Final = "‘’“”«»…–—\u00a0"
_SIGNS: Final = frozenset(_QUOTES + "€‚„•™‹›¡£¥§©ª®°±²³´µ·¹º¼½¾¿×")
_LONGEST_RUN: Final = 3
_LONGEST_LETTERS: Final = 2
_FEW_STRANGE: Final = 0.5
_FEW: Final = 0.02
"""The share of odd spots that a Western text may have."""
_LEVEL_1: Final = range(0xA1, 0xD8)
"""First bytes of the signs and the 3,755 usual characters of GB 2312."""
_RARE: Final = range(0xD8, 0xF8)
_NO_LETTERS: Final = frozenset({"Cn", "Co", "Cc"})
_HIGH_HALF: Final = 0xA1
_ALONE: Final = linear(
    r"(?<![A-Za-z])[\u0180-\u036f\u0460-\u05cf\u0700-\u07ff]+(?![A-Za-z])",
    why="characters of one class, each looked at once",
)
"""What a word of two or four bytes in GB18030 looks like that happens to be sound UTF-8: 缺失 is ȱʧ."""
_BEYOND_TWO_BYTES: Final = linear(r"[\u0800-\U0010ffff]", why="characters of one class, each looked at once")


class Decoded(Value):
    """A text, and the name of its encoding."""

    text: str
    encoding: str


NOT_TEXT: Final = Kind(
    code="QH308",
    severity="error",
    en="this is no csv text: {reason}",
    zh="不是 csv 文本：{reason}",
    hint_en="save it again as 'CSV UTF-8'",
    hint_zh="请另存为“CSV UTF-8”",
)
TWO_ENCODINGS: Final = Kind(
    code="QH343",
    severity="error",
    en="the encoding is unclear: in GB18030 it says {chinese!r}, in {encoding} {other!r}",
    zh="编码不明：按 GB18030 读作“{chinese}”，按 {encoding} 读作“{other}”",
    hint_en="save it again as 'CSV UTF-8'",
    hint_zh="请另存为“CSV UTF-8”",
)

_NEITHER: Final = Text(
    en="it is neither UTF-8 nor UTF-16, GB18030, Big5 or Windows-1252",
    zh="编码不是 UTF-8、UTF-16、GB18030、Big5 或 Windows-1252",
)


def decode(content: bytes, where: Location) -> Decoded | Finding:
    """Return the text of `content`, or the finding that says why it is none."""
    for mark, encoding in _UTF_16.items():
        if content.startswith(mark):
            text = _strictly(content[len(mark) :], encoding)
            return NOT_TEXT.at(where, reason=_NEITHER) if text is None else _of_utf_16(text, content, where)
    if b"\0" in content:
        return _unmarked_utf_16(content, where)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _was_utf_8(content, error.start):
            return NOT_TEXT.at(where, reason=_half(content, error.start))
        return _by_its_looks(content, where)
    if not text.isascii() and _ALONE.search(text) and not _BEYOND_TWO_BYTES.search(text):
        chinese = _strictly(content, "gb18030")
        if chinese is not None and _looks_chinese(chinese, _FEW_STRANGE):
            return _unclear(where, chinese, "UTF-8", text)
    return Decoded(text=text, encoding="UTF-8")


def _of_utf_16(text: str, content: bytes, where: Location) -> Decoded | Finding:
    return _zero(content, where) if "\0" in text else Decoded(text=text, encoding="UTF-16")


def _unmarked_utf_16(content: bytes, where: Location) -> Decoded | Finding:
    """Return the text if exactly one order of bytes makes readable lines of it, else the finding."""
    texts = [text for encoding in _UTF_16.values() if (text := _strictly(content, encoding)) is not None]
    readable = [text for text in texts if "\n" in text.replace("\r", "\n") and _is_readable(text[:_SAMPLE])]
    return Decoded(text=readable[0], encoding="UTF-16") if len(readable) == 1 else _zero(content, where)


def _is_readable(text: str) -> bool:
    return all(letter.isprintable() or letter in "\t\r\n\u3000\u00a0" for letter in text)


def _zero(content: bytes, where: Location) -> Finding:
    line = _line(content, content.index(b"\0"))
    reason = Text(en=f"a byte 0 stands in line {line}", zh=f"第 {line} 行含有字节 0")
    return NOT_TEXT.at(where, reason=reason)


def _was_utf_8(content: bytes, wrong: int) -> bool:
    """Return whether the text is UTF-8 but for some bytes, as a file cut off or glued together is."""
    if content.startswith(codecs.BOM_UTF8) or len(_MANY_BYTES.findall(content[:wrong])) >= _PROOF:
        return True
    sample = content[:_SAMPLE] + content[-_SAMPLE:] if len(content) > 2 * _SAMPLE else content
    text = sample.decode("utf-8", errors="replace")
    return len(_CHINESE.findall(text)) > text.count("\ufffd")


def _half(content: bytes, wrong: int) -> Text:
    line = _line(content, wrong)
    return Text(
        en=f"most of it is UTF-8, but line {line} is not",
        zh=f"大部分是 UTF-8，但第 {line} 行不是",
    )


def _line(content: bytes, at: int) -> int:
    before = content[:at]
    return 1 + (before.count(b"\n") or before.count(b"\r"))


def _by_its_looks(content: bytes, where: Location) -> Decoded | Finding:
    """Return the text in the one of GB18030, Big5 and Windows-1252 in which it looks like writing."""
    chinese, western = _strictly(content, "gb18030"), _strictly(content, "cp1252")
    looks_western = western is not None and _looks_western(content)
    strange = _FEW_STRANGE if looks_western else 1.0
    looks_chinese = chinese is not None and _looks_chinese(chinese, strange)
    neighbour = neighbour_of(content, _RUNS)
    if neighbour is not None and neighbour.sure and not looks_western:
        return Decoded(text=neighbour.text, encoding=neighbour.encoding)
    if neighbour is not None and chinese is not None and (looks_chinese or not looks_western):
        return _unclear(where, chinese, neighbour.encoding, neighbour.text)
    if chinese is not None and looks_chinese and not looks_western:
        return Decoded(text=chinese, encoding="GB18030")
    if western is not None and looks_western and not looks_chinese:
        return Decoded(text=western, encoding="Windows-1252")
    if chinese is None or western is None:
        return NOT_TEXT.at(where, reason=_NEITHER)
    return _unclear(where, chinese, "Windows-1252", western)


def _unclear(where: Location, chinese: str, encoding: str, other: str) -> Finding:
    facts = {"encoding": encoding, "chinese": _first_odd(chinese), "other": _first_odd(other)}
    return TWO_ENCODINGS.at(where, **facts)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _looks_chinese(text: str, most_strange: float) -> bool:
    """Return whether most letters beyond ASCII are usual Chinese ones, and few are out of GB 2312.

    `most_strange` is how many of those there may be for each usual one.
    """
    usual = rare = strange = 0
    for run in islice(_BEYOND_ASCII.finditer(text), _RUNS):
        for letter in run[0]:
            kind = unicodedata.category(letter)
            first, second = letter.encode("gbk", errors="replace").ljust(2, b"?")[:2]
            if kind in _NO_LETTERS:
                return False
            if kind[0] != "L" or (first in _LEVEL_1 and second >= _HIGH_HALF):
                usual += 1
            elif first in _RARE and second >= _HIGH_HALF:
                rare += 1
            else:
                strange += 1
    return usual >= rare + strange and strange <= most_strange * usual


def _looks_western(content: bytes) -> bool:
    """Return whether the letters beyond ASCII stand singly among ASCII letters, as accented ones do."""
    runs = odd = 0
    for run in islice(_HIGH.finditer(content), _RUNS):
        before, after = content[max(0, run.start() - 1) : run.start()], content[run.end() : run.end() + 1]
        runs += 1
        odd += not _is_western(run[0].decode("cp1252"), before.isalpha(), after.isalpha())
    return odd <= _FEW * runs


def _is_western(run: str, letter_before: bool, letter_after: bool) -> bool:  # noqa: FBT001 - two plain facts
    if len(run) == 1 and run not in _LETTERS:
        return run in _SIGNS and (run in _QUOTES or not (letter_before and letter_after))
    body = run.strip(_QUOTES)
    in_word = letter_before or letter_after or len(body) == 1
    is_short = len(run) <= _LONGEST_RUN and 0 < len(body) <= _LONGEST_LETTERS
    return is_short and in_word and set(body) <= _LETTERS


def _first_odd(text: str) -> str:
    """Return the first line that has letters beyond ASCII."""
    found = _BEYOND_ASCII.search(text)
    at = found.start() if found else 0
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    line = text[max(start, at - 20) : at + 60].splitlines()
    return shown(line[0] if line else "")
