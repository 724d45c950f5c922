"""A comparison in plain sentences, the most important first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quanheng.findings.text import Text
from quanheng.studies.compare.tables import Found

_NAMED: Final = 3
Row = Mapping[str, Any]


def sentences_of(
    found: Found, moves: Sequence[Row], causes: Sequence[Row], told: Sequence[str], sides: tuple[Text, Text]
) -> Iterator[Text]:
    """Yield what a comparison found: who moved, by what, and of the units `told` each alone."""
    both = [row for row in moves if row["change"] is not None]
    yield _who_moved(both, sides, found)
    yield from _by_what(causes, both, found)
    yield from _not_by(found)
    for row in moves:
        if row["unit"] in told:
            yield _of_unit(row, [each for each in causes if each["unit"] == row["unit"]], found)


def _who_moved(both: Sequence[Row], sides: tuple[Text, Text], found: Found) -> Text:
    before, after = sides
    moved = sum(1 for row in both if row["places_gained"])
    scored = sum(1 for row in both if row["change"])
    if not both:
        return Text(
            en=f"{before.en} and {after.en} have no unit with a total on both sides.",
            zh=f"{before.zh}与{after.zh}没有两方都有得分的单位。",
        )
    if not moved and not scored:
        return Text(
            en=f"From {before.en} to {after.en} none of {len(both)} units moved.",
            zh=f"从{before.zh}到{after.zh}，{len(both)}个单位均无变动。",
        )
    mean = sum(abs(row["change"]) for row in both) / len(both)
    size = number(mean, found)
    return Text(
        en=f"From {before.en} to {after.en} {moved} of {len(both)} units changed their place, and {scored} "
        f"their total, by {size} on average.",
        zh=f"从{before.zh}到{after.zh}，{len(both)}个单位中{moved}个位次有变，{scored}个得分有变，平均变动{size}分。",
    )


def _by_what(causes: Sequence[Row], both: Sequence[Row], found: Found) -> Iterator[Text]:
    sizes: dict[str, float] = {}
    for row in causes:
        sizes[row["cause"]] = sizes.get(row["cause"], 0.0) + abs(row["change"])
    ordered = sorted((cause for cause, size in sizes.items() if size), key=lambda cause: -sizes[cause])
    if not ordered:
        return
    named = [(found.names[cause], number(sizes[cause] / len(both), found)) for cause in ordered]
    en = ", ".join(f"{name.en} ({size})" for name, size in named)
    zh = "，".join(f"{name.zh}（{size}）" for name, size in named)
    yield Text(
        en=f"What moved the totals, in marks a unit on average, up or down: {en}.",
        zh=f"得分变动的原因（每单位平均，升降合计）：{zh}。",
    )


def _not_by(found: Found) -> Iterator[Text]:
    same = [
        found.names[cause] for cause in found.divided.same if cause != "peers" or found.divided.merged is None
    ]
    if same:
        en, zh = ", ".join(name.en for name in same), "、".join(name.zh for name in same)
        yield Text(en=f"The same on both sides, so no cause: {en}.", zh=f"两方相同、不构成原因的：{zh}。")


def _of_unit(row: Row, causes: Sequence[Row], found: Found) -> Text:
    name = row["name"] or row["unit"]
    if row["change"] is None:
        return Text(en=f"{name} has a total on one side only.", zh=f"{name}只在一方有得分。")
    parts = list(_parts(causes, found))
    en = ", ".join(f"{part.en} ({size.en})" for part, size in parts) or "nothing"
    zh = "，".join(f"{part.zh}（{size.zh}）" for part, size in parts) or "无"
    was, now = row["place_before"], row["place_after"]
    place = Text(en="", zh="")
    if was is not None and now is not None:
        still = was == now
        place = Text(
            en=f", still at place {now}" if still else f", from place {was} to {now}",
            zh=f"，仍居第{now}位" if still else f"，由第{was}位{'升' if now < was else '降'}至第{now}位",
        )
    scores = f"{number(row['score_before'], found)} → {number(row['score_after'], found)}"
    change = signed(row["change"], found)
    return Text(
        en=f"{name}: {scores} ({change}){place.en}: {en}.",
        zh=f"{name}：{scores}（{change}）{place.zh}：{zh}。",
    )


def _parts(causes: Sequence[Row], found: Found) -> Iterator[tuple[Text, Text]]:
    """Yield each cause of a unit with what it brought, the most first: marks, or else places."""
    marks = [each for each in causes if each["change"]]
    for each in sorted(marks, key=lambda each: -abs(each["change"])):
        size = signed(each["change"], found)
        yield found.names[each["cause"]], Text(en=size, zh=size)
    places = [each for each in causes if each["places"]] if not marks else []
    for each in sorted(places, key=lambda each: -abs(each["places"])):
        size = f"{each['places']:+g}"
        yield found.names[each["cause"]], Text(en=f"{size} places", zh=f"{size}位")


def most_moved(moves: Sequence[Row]) -> list[str]:
    """Return the units that moved most: by places, then by marks."""
    both = [row for row in moves if row["change"] is not None and (row["change"] or row["places_gained"])]
    ordered = sorted(both, key=lambda row: (-abs(row["places_gained"] or 0), -abs(row["change"])))
    return [row["unit"] for row in ordered[:_NAMED]]


def number(value: float, found: Found) -> str:
    """Return a score as it is told: with all its decimals but those that are 0, so that parts add up."""
    text = f"{value:z.{found.decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(value: float, found: Found) -> str:
    """Return the same with its sign."""
    text = number(value, found)
    return text if text.startswith("-") or text == "0" else f"+{text}"
