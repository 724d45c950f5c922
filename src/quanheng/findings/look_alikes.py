"""Texts that look the same and are not: a Cyrillic letter a and a Latin one.

The table is our own and small: letters of Cyrillic, Greek and Armenian that most fonts draw as a Latin one,
Katakana and radicals that they draw as a Chinese character. The whole list of Unicode (UTS 39) has 6,000
lines for 150 scripts, and takes 0, O and 1, l for each other, which in codes are a matter of every day.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_DOUBLES: Final = {
    "'": "\u2019\u2018\u02bc\u2032\uff07",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d",
    "3": "\u0417",
    "A": "\u0410\u0391",
    "B": "\u0412\u0392",
    "C": "\u0421",
    "E": "\u0415\u0395",
    "G": "\u050c",
    "H": "\u041d\u0397",
    "I": "\u0406\u0399",
    "J": "\u0408",
    "K": "\u041a\u039a",
    "M": "\u041c\u039c",
    "N": "\u039d",
    "O": "\u041e\u039f\u0555",
    "P": "\u0420\u03a1",
    "S": "\u0405",
    "T": "\u0422\u03a4",
    "U": "\u054d",
    "V": "\u0474",
    "X": "\u0425\u03a7",
    "Y": "\u04ae\u0423\u03a5",
    "Z": "\u0396",
    "a": "\u0430\u03b1",
    "c": "\u0441",
    "d": "\u0501",
    "e": "\u0435",
    "g": "\u0581",
    "h": "\u04bb\u04ba\u0570",
    "i": "\u0456\u03b9",
    "j": "\u0458",
    "k": "\u03ba",
    "n": "\u0578",
    "o": "\u043e\u03bf\u0585",
    "p": "\u0440\u03c1",
    "q": "\u051b\u0566",
    "s": "\u0455",
    "u": "\u03c5\u057d",
    "v": "\u0475\u03bd",
    "w": "\u051d",
    "x": "\u0445",
    "y": "\u0443",
    "\u00b7": "\u2022\u2219\u22c5\u30fb\u2027",
    "\u25cb": "\u3007",
    "一": "\u30fc",
    "七": "\u30bb",
    "二": "\u30cb",
    "亻": "\u2e85",
    "八": "\u30cf",
    "刂": "\u2e89",
    "力": "\u30ab",
    "千": "\u30c1",
    "卜": "\u30c8",
    "口": "\u30ed",
    "夕": "\u30bf",
    "工": "\u30a8",
    "心": "\u2e97",
    "才": "\u30aa",
    "氵": "\u2ea1",
    "艹": "\u2ebe",
    "辶": "\u2ecc",
    "阝": "\u2ecf",
}
"""What is drawn as each of these characters and is another one."""
SAME: Final = {double: letter for letter, doubles in _DOUBLES.items() for double in doubles}
"""What is drawn as something else, one character for one."""
UNSEEN: Final = r"[\p{Cf}\x{fe00}-\x{fe0f}\x{e0100}-\x{e01ef}]"
"""What is not drawn at all, as a regular expression of Polars."""


def looks(text: str) -> str:
    r"""Return what `text` looks like: equal for two texts that cannot be told apart by eye.

    Examples:
        >>> looks("\u04301") == looks("a1"), looks("\uff211") == looks("A1"), looks("a1") == looks("A1")
        (True, True, False)
    """
    plain = unicodedata.normalize("NFKC", text)
    return "".join(SAME.get(letter, letter) for letter in plain if not _is_unseen(letter))


def odd_letters(text: str) -> str:
    r"""Return the letters of `text` that look like others, with their numbers; nothing if there are none.

    Examples:
        >>> odd_letters("\u04301a").endswith("U+0430"), odd_letters("a1")
        (True, '')
    """
    odd = [letter for letter in dict.fromkeys(text) if not letter.isascii() and looks(letter) != letter]
    return ", ".join(f"{letter} U+{ord(letter):04X}" for letter in odd)


def _is_unseen(letter: str) -> bool:
    return (
        unicodedata.category(letter) == "Cf"
        or "\ufe00" <= letter <= "\ufe0f"
        or "\U000e0100" <= letter <= "\U000e01ef"
    )
