"""Places, ties and tiers (places §1 to §3, adjustments §4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from tests.exact.naive.adjusting import vetoed_units
from tests.exact.naive.books import ROOT, Book, Form, Seat
from tests.exact.naive.formulas import Outcome, decided, measured
from tests.exact.naive.numerals import Absent, half_up, number

Key: TypeAlias = tuple[str, str]
NINE = 9


@dataclass
class Standing:
    """Places by (unit, node), tiers and vetoes by unit."""

    places: dict[Key, int] = field(default_factory=dict)
    tiers: dict[str, str] = field(default_factory=dict)
    vetoed: set[str] = field(default_factory=set)
    awarded: set[Key] = field(default_factory=set)
    """Award and unit."""


def stand(
    book: Book, nodes: Sequence[str], scores: Mapping[Key, Fraction], barred: Collection[str]
) -> Standing:
    """Return the place of each unit at each node, and its tier; the barred are listed but not ranked."""
    nine = {key: half_up(score, NINE) for key, score in scores.items()}
    standing = Standing(vetoed=vetoed_units(book))
    for units in book.groups().values():
        for node in nodes:
            if node != ROOT:
                ranks: dict[str, tuple[Fraction, ...]] = {}
                for unit in units:
                    if (unit, node) in nine:
                        ranks[unit] = (_sign(book) * nine[unit, node],)
                standing.places.update({(unit, node): place for unit, place in _places(ranks).items()})
    for units in _rankings(book):
        ranked = [unit for unit in units if (unit, ROOT) in nine and unit not in barred]
        ranks = {unit: _rank(book, unit, nine) for unit in ranked}
        standing.places.update({(unit, ROOT): place for unit, place in _places(ranks).items()})
        for unit in units:
            tier = _tier(book, unit, nine, standing)
            if tier is not None:
                standing.tiers[unit] = tier
        for award in book.scheme.get("awards", []):
            apart = _is_by_group(award.get("last", award.get("take")))
            for own in book.groups().values() if apart else [units]:
                among = [unit for unit in ranked if unit in own]
                standing.awarded |= {
                    (award["name"], unit) for unit in _awarded(book, award, among, nine, standing)
                }
    return standing


def _rankings(book: Book) -> list[list[str]]:
    """Return the units of each ranking: of each group, or all."""
    groups = [[*units] for units in book.groups().values()]
    return [[unit for units in groups for unit in units]] if book.scheme.get("ranking") == "all" else groups


def _counted(book: Book, unit: str, quotas: object, standing: Standing) -> tuple[int, int, int]:
    """Return the place that `quotas` count, among how many, and how many stand behind it."""
    inside = _is_by_group(quotas) or book.scheme.get("ranking") != "all"
    pool = book.groups()[book.group(unit)] if inside else book.units
    places = [standing.places[other, ROOT] for other in pool if (other, ROOT) in standing.places]
    place = standing.places[unit, ROOT]
    ahead, behind = sum(other < place for other in places), sum(other > place for other in places)
    return 1 + ahead, len(places), behind


def _rank(book: Book, unit: str, nine: Mapping[Key, Fraction]) -> tuple[Fraction, ...]:
    """Return the total and the tie-breakers; who has no score there comes after those who have one."""
    breakers = _of_group(book, unit, book.scheme.get("ties", {}).get("break_by", []), [])
    breakers = [breakers] if isinstance(breakers, str) else breakers
    rank = [_sign(book) * nine[unit, ROOT]]
    for node in breakers:
        rank += [Fraction((unit, node) in nine), _sign(book) * nine.get((unit, node), Fraction(0))]
    return tuple(rank)


def _sign(book: Book) -> int:
    return -1 if book.scheme.get("lowest_first") else 1


def _places(ranks: Mapping[str, tuple[Fraction, ...]]) -> dict[str, int]:
    return {unit: 1 + sum(other > rank for other in ranks.values()) for unit, rank in ranks.items()}


def _tier(book: Book, unit: str, nine: Mapping[Key, Fraction], standing: Standing) -> str | None:
    tiers = [tier for tier in book.scheme.get("tiers", []) if _stands(book, unit, tier)]
    if unit in standing.vetoed:
        veto: Form = book.scheme.get("adjustments", {}).get("veto") or {}
        if "tier" in veto:
            return str(veto["tier"])
        return str(tiers[-1]["name"]) if tiers else None
    if (unit, ROOT) not in standing.places:
        return None
    judged = [tier for tier in reversed(tiers) if "last" in tier]
    for tier in [*judged, *(tier for tier in tiers if "last" not in tier)]:
        if _enters(book, unit, tier, nine, standing):
            return _lowered(book, unit, tier, tiers, nine, standing)
    return None


def _lowered(
    book: Book,
    unit: str,
    earned: Form,
    tiers: Sequence[Form],
    nine: Mapping[Key, Fraction],
    standing: Standing,
) -> str:
    """Return the name of the tier a unit ends in, which has earned one."""
    seat = _seat(book, unit, nine, standing)
    names = [str(tier["name"]) for tier in tiers]
    number = names.index(earned["name"])
    holding = [each for each in book.scheme.get("lower", []) if decided(str(each["when"]), seat) is True]
    number += sum(each.get("by", 1) for each in holding if "to" not in each)
    number = max([number, *(names.index(each["to"]) for each in holding if each.get("to") in names)])
    return str(names[min(number, len(names) - 1)])


def _stands(book: Book, unit: str, tier: Form) -> bool:
    """Return whether a tier, or an award, is there for the unit's group."""
    stated = [tier[key] for key in ("top", "last", "at_least", "at_most", "take") if key in tier]
    named = [*filter(_is_by_group, stated), *([tier["groups"]] if "groups" in tier else [])]
    return all(book.group(unit) in part for part in named)


def _is_by_group(part: object) -> bool:
    return isinstance(part, Mapping) and "share" not in part


def _of_group(book: Book, unit: str, stated: Any, otherwise: Any = None) -> Any:  # noqa: ANN401  # a scheme's
    """Return what is stated for the unit's group."""
    return stated.get(book.group(unit), otherwise) if _is_by_group(stated) else stated


def _awarded(
    book: Book, award: Form, ranked: Sequence[str], nine: Mapping[Key, Fraction], standing: Standing
) -> list[str]:
    """Return who of a group's ranked units gets an award: filter first, then take the first of those left."""
    values: dict[str, Fraction] = {}
    for unit in ranked:
        seat = _seat(book, unit, nine, standing)
        value = measured(str(award["by"]), seat) if "by" in award else -Fraction(standing.places[unit, ROOT])
        can = award.get("veto") == "allowed" or unit not in standing.vetoed
        can = can and ("where" not in award or decided(str(award["where"]), seat) is True)
        can = can and _stands(book, unit, award)
        if can and ("from" not in award or book.group(unit) in award["from"]) and isinstance(value, Fraction):
            values[unit] = half_up(value, NINE) * (-1 if "last" in award else 1)
    size = award.get("last", award.get("take"))
    quotas = {
        unit: len(values) if size is None else _quota(_of_group(book, unit, size), len(ranked))
        for unit in values
    }
    return [
        unit
        for unit, value in values.items()
        if sum(other > value for other in values.values()) < quotas[unit]
    ]


def _enters(book: Book, unit: str, tier: Form, nine: Mapping[Key, Fraction], standing: Standing) -> bool:
    if "top" in tier:
        place, ranked, _ = _counted(book, unit, tier["top"], standing)
        if place > _quota(_of_group(book, unit, tier["top"]), ranked):
            return False
    most = _of_group(book, unit, tier.get("at_most"))
    if most is not None and nine[unit, ROOT] > half_up(number(most), NINE):
        return False
    least = _of_group(book, unit, tier.get("at_least"))
    if least is not None and nine[unit, ROOT] < half_up(number(least), NINE):
        return False
    if "last" in tier:
        place, ranked, behind = _counted(book, unit, tier["last"], standing)
        if place == 1 or behind >= _quota(_of_group(book, unit, tier["last"]), ranked):
            return False
    seat = _seat(book, unit, nine, standing)
    if "where" in tier and decided(str(tier["where"]), seat) is not True:
        return False
    return "unless" not in tier or decided(str(tier["unless"]), seat) is not True


def _seat(book: Book, unit: str, nine: Mapping[Key, Fraction], standing: Standing) -> Seat:
    """Return where the conditions of tiers and awards are worked out."""
    words: dict[str, Outcome] = {
        "score": nine[unit, ROOT],
        "place": Fraction(standing.places[unit, ROOT]),
        "group": book.group(unit),
        "veto": unit in standing.vetoed,
        "vetoed": unit in standing.vetoed,
        "tier": standing.tiers.get(unit, Absent.MISSING),
    }
    nodes = {node: nine.get((unit, node), Absent.MISSING) for node in _codes(book.scheme["indicators"])}
    return Seat(book, unit, words={**nodes, **words})


def _codes(indicators: Form) -> list[str]:
    found = []
    for code, form in indicators.items():
        found += [code, *_codes(form.get("children", {}))]
    return found


def _quota(top: str | float | Form, ranked: int) -> int:
    """Return a count as it is, a share of n as floor(share * n + 0.5), at least 1 (places §3)."""
    if isinstance(top, Mapping):
        wanted = number(top["share"]) * ranked
        how = {
            "half": (wanted + Fraction(1, 2)).__floor__(),
            "down": wanted.__floor__(),
            "up": wanted.__ceil__(),
        }
        return max(1, how[top.get("round", "half")])
    if isinstance(top, str) and top.endswith("%"):
        return max(1, (number(top) * ranked + Fraction(1, 2)).__floor__())
    return int(top)
