"""What moved a unit between two rounds, in sentences of both languages whose amounts add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final, TypeAlias

import narwhals as nw

from quanheng.engine.formulas.formula_text import number_text
from quanheng.engine.frame import columns as c
from quanheng.findings.text import Language, Text
from quanheng.insight.moves.moves import Moves
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.grades.grades import ADJUSTMENTS

_NAMED: Final = 3
"""How many causes of each direction a sentence names; the others stand together, so that all adds up."""
_DIGITS: Final = 9
_DIGITS_OF_A_MEASURE: Final = 6
_WORDS: Final[Mapping[str, Text]] = {
    **ADJUSTMENTS,
    "fold": Text(zh="折入季季评", en="reviews folded in"),
    "aggregation": Text(zh="合成方法", en="effect of the aggregation"),
    "rounding": Text(zh="取整", en="rounding"),
    "published": Text(zh="公布后的改动", en="changed since it was published"),
}

Row: TypeAlias = Mapping[str, Any]
Names: TypeAlias = Mapping[tuple[str, str], str]


def cause_names(moves: Moves, language: Language) -> dict[tuple[str, str], str]:
    """Return what each cause is called, by kind and node: an indicator's name, or marks and their node."""
    names = {node.code: node.name.in_language(language) or node.code for node in moves.scheme.nodes}
    pairs = moves.causes.select("cause", "node").unique().rows()
    return {(cause, node): _called(cause, node, names[node], language) for cause, node in pairs}


def sentence(moves: Moves, unit: str) -> Text:
    """Return what moved `unit`: its total, the change, its place, and the causes, greatest first.

    Raises:
        KeyError: there is no such unit in the later round.
    """
    here = nw.col(c.UNIT) == unit
    return sentences(replace(moves, totals=moves.totals.filter(here), causes=moves.causes.filter(here)))[unit]


def sentences(moves: Moves) -> dict[str, Text]:
    """Return what moved each unit, in the order of the later round's ranking."""
    causes: dict[str, list[Row]] = {}
    for row in moves.causes.iter_rows(named=True):
        causes.setdefault(row[c.UNIT], []).append(row)
    zh, en = cause_names(moves, "zh"), cause_names(moves, "en")
    return {
        total[c.UNIT]: Text(
            zh=_in_chinese(moves, total, causes.get(total[c.UNIT], []), zh),
            en=_in_english(moves, total, causes.get(total[c.UNIT], []), en),
        )
        for total in moves.totals.iter_rows(named=True)
    }


def signed(amount: Decimal) -> str:
    """Return an amount of marks with its sign.

    Examples:
        >>> signed(Decimal("1.30")), signed(Decimal("-0.5"))
        ('+1.3', '-0.5')
    """
    return f"{'+' if amount >= 0 else '-'}{abs(amount).normalize():f}"


def exact(amount: float) -> Decimal:
    """Return an amount of marks as the decimal number it stands for."""
    return Decimal(f"{amount:z.{_DIGITS}f}")


def _called(cause: str, node: str, name: str, language: Language) -> str:
    if cause == "indicator":
        return name
    word = _WORDS[cause].in_language(language)
    return word if node == ROOT else f"{word}{_in_brackets(name).in_language(language)}"


def _in_brackets(text: str) -> Text:
    return Text(zh=f"（{text}）", en=f" ({text})")


def _in_chinese(moves: Moves, total: Row, causes: Sequence[Row], names: Names) -> str:
    name = total["name"] or total["unit"]
    if total["score_after"] is None:
        return f"{name}：{moves.after}没有得分。"
    score = number_text(total["score_after"])
    if total["change"] is None:
        return f"{name}：{moves.after}得{score}分，{moves.before}没有得分。"
    change = exact(total["change"])
    turn = (
        f"比{moves.before}{'多' if change > 0 else '少'}{abs(change).normalize():f}分"
        if change
        else (f"与{moves.before}持平")
    )
    text = f"{name}：{moves.after}得{score}分，{turn}{_place_in_chinese(total)}。"
    for word, rows in (("增分", _raised(causes)), ("减分", _lowered(causes))):
        if rows:
            text += f"{word}：{'；'.join(_terms(rows, names, 'zh'))}。"
    return text


def _in_english(moves: Moves, total: Row, causes: Sequence[Row], names: Names) -> str:
    name = total["name"] or total["unit"]
    if total["score_after"] is None:
        return f"{name}: no total in {moves.after}."
    score = number_text(total["score_after"])
    if total["change"] is None:
        return f"{name}: {score} in {moves.after}, no total in {moves.before}."
    change = exact(total["change"])
    size = f"{abs(change).normalize():f}"
    turn = f"{size} {'more' if change > 0 else 'less'} than" if change else "the same as"
    text = f"{name}: {score} in {moves.after}, {turn} in {moves.before}{_place_in_english(total)}."
    for word, rows in (("Up", _raised(causes)), ("Down", _lowered(causes))):
        if rows:
            text += f" {word}: {'; '.join(_terms(rows, names, 'en'))}."
    return text


def _raised(causes: Sequence[Row]) -> list[Row]:
    return sorted((row for row in causes if row["change"] > 0), key=lambda row: -float(row["change"]))


def _lowered(causes: Sequence[Row]) -> list[Row]:
    return sorted((row for row in causes if row["change"] < 0), key=lambda row: float(row["change"]))


def _terms(rows: Sequence[Row], names: Names, language: Language) -> list[str]:
    terms = [_term(row, names, language) for row in rows[:_NAMED]]
    others = rows[_NAMED:]
    if others:
        together = sum((exact(row["change"]) for row in others), Decimal(0))
        rest = Text(zh=f"其他{len(others)}项", en=f"{len(others)} others")
        terms.append(f"{rest.in_language(language)} {signed(together)}")
    return terms


def _term(row: Row, names: Names, language: Language) -> str:
    text = f"{names[row['cause'], row['node']]} {signed(exact(row['change']))}"
    was, now = row["measure_before"], row["measure_after"]
    if was is None or now is None or was == now:
        return text
    told = f"{was:z.{_DIGITS_OF_A_MEASURE}g} → {now:z.{_DIGITS_OF_A_MEASURE}g}"
    return f"{text}{_in_brackets(told).in_language(language)}"


def _place_in_chinese(total: Row) -> str:
    was, now = total["place_before"], total["place_after"]
    if was is None or now is None:
        return ""
    if was == now:
        return f"，仍居第{now}位"
    return f"，由第{was}位{'升' if now < was else '降'}至第{now}位"


def _place_in_english(total: Row) -> str:
    was, now = total["place_before"], total["place_after"]
    if was is None or now is None:
        return ""
    return f"; still place {now}" if was == now else f"; from place {was} to {now}"
