"""The words that say what may have been meant, for hints in both languages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from heapq import nlargest

from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text

_SHOWN = 12
_COMPARED = 50


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that looks most like `word`, or None if none is near.

    Examples:
        >>> nearest("gdp_grwth", ["gdp", "gdp_growth"])
        'gdp_growth'
        >>> nearest("zzz", ["gdp"]) is None
        True
    """
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """Return the offer of the nearest of `known`, to hang onto what is wrong; nothing if none is near.

    Examples:
        >>> did_you_mean("gdp_grwth", ["gdp", "gdp_growth"]).en
        "; did you mean 'gdp_growth'?"
        >>> did_you_mean("zzz", ["gdp"]).en
        ''
    """
    near = nearest(word, known)
    return Text() if near is None else Text(en=f"; did you mean {near!r}?", zh=f"；是否指“{near}”？")


def no_such(what: Text, name: str, known: Iterable[str]) -> UsageError:
    """Return the error that there is no `what` of this name, with the nearest of those `known`.

    Examples:
        >>> no_such(Text(en="unit", zh="单位"), "Nortbank", ["Northbank"]).text("en")
        "there is no unit 'Nortbank'; did you mean 'Northbank'?"
    """
    offer = did_you_mean(name, known)
    return UsageError(f"there is no {what.en} {name!r}{offer.en}", f"没有{what.zh}“{name}”{offer.zh}")


def suggestion(word: str, known: Iterable[str]) -> dict[str, Text]:
    """Return the fact `suggest` of a hint: the nearest of `known`, or what there is.

    Examples:
        >>> suggestion("gdp_grwth", ["gdp", "gdp_growth"])["suggest"].en
        "did you mean 'gdp_growth'?"
        >>> suggestion("zzz", ["gdp", "area"])["suggest"].en
        'known here: area, gdp'
    """
    names = sorted(set(known))
    match = nearest(word, _likeliest(word, names))
    if match is not None:
        return {"suggest": Text(en=f"did you mean '{match}'?", zh=f"是否应为“{match}”？")}
    if not names:
        return {"suggest": Text(en="none is declared; remove it", zh="此处没有可用的名称，请删去")}
    more = len(names) - _SHOWN
    shown = names[:_SHOWN]
    known_here = Text(
        en="known here: " + ", ".join(shown) + (f" and {more} more" if more > 0 else ""),
        zh="此处可用：" + "、".join(shown) + (f"等{len(names)}个" if more > 0 else ""),
    )
    return {"suggest": known_here}


def _likeliest(word: str, names: list[str]) -> list[str]:
    """Return the names that begin and end most like `word`: to compare thousands takes too long."""
    if len(names) <= _COMPARED:
        return names
    backwards = word[::-1]
    return nlargest(_COMPARED, names, key=lambda name: _alike(word, name) + _alike(backwards, name[::-1]))


def _alike(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
