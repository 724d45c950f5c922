"""瀑布图: from a group's mean to a unit's score, in steps that add up as they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.charts.chart import Cells, Chart
from quanheng.studies.charts.kinds import waterfall as drawn_steps
from quanheng.studies.charts.labels import texts_of


class Step(Value):
    """A step: its code, its name, and by how much it moves the score; a `minor` one is not told of."""

    code: str
    name: Text
    amount: float
    minor: bool = False


class Ends(Value):
    """Where a waterfall begins and where it ends: the names and numbers of both."""

    start: Text
    begin: float
    stop: Text
    end: float


def waterfall(
    name: str, ends: Ends, steps: Sequence[Step], *, decimals: int, title: Text, who: Text
) -> Chart:
    """Return the steps from `ends.begin` to `ends.end`.

    All numbers are printed with `decimals`. Where what is printed would not add up, the difference is a step
    of its own, named as rounding: nothing else is changed.
    """
    shown = printed(ends, steps, decimals)
    rows = list(_bars(ends, shown, decimals))
    return Chart(
        name=name,
        title=title,
        sentence=_sentence(ends, shown, decimals, who),
        definition=drawn_steps(rows, Text(zh="得分", en="score")),
        cells=Cells(
            headings=(Text(zh="步骤", en="step"), Text(zh="分值", en="amount"), Text(zh="累计", en="level")),
            rows=tuple(_cells(ends, shown, decimals)),
        ),
    )


class Printed(Value):
    """A step as it is printed."""

    code: str
    name: Text
    amount: Decimal
    minor: bool


ROUNDING: Final = Text(zh="数字取舍", en="rounding of the figures shown")


def printed(ends: Ends, steps: Sequence[Step], decimals: int) -> tuple[Printed, ...]:
    """Return the steps with the decimals they are printed with, which add up from one end to the other.

    Examples:
        >>> ends = Ends(start=Text(en="mean"), begin=1.0, stop=Text(en="A"), end=2.0)
        >>> third = [Step(code=str(at), name=Text(en="s"), amount=1 / 3) for at in range(3)]
        >>> [str(step.amount) for step in printed(ends, third, 1)]
        ['0.3', '0.3', '0.3', '0.1']
    """
    found = [
        Printed(code=step.code, name=step.name, amount=at(step.amount, decimals), minor=step.minor)
        for step in steps
    ]
    whole = at(ends.end, decimals) - at(ends.begin, decimals)
    rest = whole - sum((step.amount for step in found), start=Decimal(0))
    if rest:
        found.append(Printed(code="", name=ROUNDING, amount=rest, minor=True))
    return tuple(step for step in found if step.amount)


def at(amount: float, decimals: int) -> Decimal:
    """Return an amount as it is printed with so many decimals, halves away from zero (rounding §1).

    Examples:
        >>> at(2.675, 2), at(-2.5, 0), at(-0.001, 2)
        (Decimal('2.68'), Decimal('-3'), Decimal('0.00'))
    """
    exact = Decimal(f"{amount:.9f}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return abs(exact) if exact == 0 else exact


def _bars(ends: Ends, steps: Sequence[Printed], decimals: int) -> Iterator[dict[str, Any]]:
    names = texts_of(
        [ends.start, *(step.name for step in steps), ends.stop],
        ["0", *(step.code or "…" for step in steps), "1"],
    )
    begin, end = at(ends.begin, decimals), at(ends.end, decimals)
    levels = [begin]
    for step in steps:
        levels.append(levels[-1] + step.amount)
    low, high = min(levels), max(levels)
    floor = float(min(Decimal(0), low) if low < 0 else max(Decimal(0), low - (high - low or high) / 4))
    yield _bar(names[0], floor, float(begin), f"{begin:f}", whole=True)
    for number, step in enumerate(steps):
        before, after = float(levels[number]), float(levels[number + 1])
        yield _bar(names[number + 1], before, after, f"{step.amount:+f}", whole=False)
    yield _bar(names[-1], floor, float(end), f"{end:f}", whole=True)


def _bar(name: Text, start: float, end: float, label: str, *, whole: bool) -> dict[str, Any]:
    return {"name": name, "start": start, "end": end, "top": max(start, end), "label": label, "whole": whole}


def _cells(ends: Ends, steps: Sequence[Printed], decimals: int) -> Iterator[tuple[Text, float | None, float]]:
    level = at(ends.begin, decimals)
    yield ends.start, None, float(level)
    for step in steps:
        level += step.amount
        yield step.name, float(step.amount), float(level)
    yield ends.stop, None, float(at(ends.end, decimals))


def _sentence(ends: Ends, steps: Sequence[Printed], decimals: int, who: Text) -> Text:
    gap = at(ends.end, decimals) - at(ends.begin, decimals)
    told = [_gap(gap)]
    named = [step for step in steps if not step.minor]
    most = max(named, key=lambda step: step.amount, default=None)
    least = min(named, key=lambda step: step.amount, default=None)
    if most is not None and most.amount > 0:
        name, figure = most.name, f"{most.amount:+f}"
        told.append(
            Text(
                zh=f"，拉高最多的是{name.in_language('zh')}（{figure}）",
                en=f"; {name.in_language('en')} adds most ({figure})",
            )
        )
    if least is not None and least.amount < 0:
        name, figure = least.name, f"{least.amount:+f}"
        told.append(
            Text(
                zh=f"，拉低最多的是{name.in_language('zh')}（{figure}）",
                en=f"; {name.in_language('en')} takes most ({figure})",
            )
        )
    above, *rest = told
    return Text(
        zh=f"{who.in_language('zh')}与{ends.start.in_language('zh')}相比{above.zh}"
        f"{''.join(each.zh for each in rest)}。",
        en=f"{who.in_language('en')} is {above.en} {ends.start.in_language('en')}"
        f"{''.join(each.en for each in rest)}.",
    )


def _gap(gap: Decimal) -> Text:
    if not gap:
        return Text(zh="相同", en="equal to")
    if gap > 0:
        return Text(zh=f"高{gap:f}分", en=f"{gap:f} above")
    return Text(zh=f"低{-gap:f}分", en=f"{-gap:f} below")
