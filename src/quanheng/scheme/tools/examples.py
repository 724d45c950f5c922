"""Small books for the examples: one indicator to show a rule, a few children to show how they join."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from quanheng.findings.text import Text
from quanheng.scheme.tools.tool import Example

RATED = "rated"
"""The indicator of an example of one rule."""
_CHILDREN = ("first", "second", "third")
_HEAD = """\
quanheng: 1
id: example
title: {zh: 示例, en: Example}
round: 2023
"""


def rated(
    rule: str,
    values: Mapping[str, str],
    points: Mapping[str, float],
    *,
    shows: Text,
    targets: Mapping[str, str] | None = None,
    more: Sequence[str] = (),
) -> Example:
    """Return a book in which `rule` rates the item `x`, whose `values` are by unit, as `points`.

    `more` are further lines of the indicator, such as `direction: less`.
    """
    indicator = ("measure: x", "weight: 100", *more, f"rule: {rule}")
    lines = (f"    {line}" for line in indicator)
    files = {
        "scheme.yaml": "\n".join((f"{_HEAD}items:", "  x: {}", "indicators:", f"  {RATED}:", *lines, "")),
        "units.csv": units(values),
        "data/values.csv": table("unit,period,x", (f"{unit},2023,{value}" for unit, value in values.items())),
    }
    if targets is not None:
        rows = (f"{unit},{RATED},2023,{target}" for unit, target in targets.items())
        files["targets.csv"] = table("unit,indicator,period,target", rows)
    return Example(shows=shows, files=files, node=RATED, points=points)


def joined_files(
    values: Mapping[str, Sequence[str]],
    *,
    weights: Sequence[str] = (),
    root: Sequence[str] = (),
    child: Mapping[str, str] | None = None,
) -> Mapping[str, str]:
    """Return a book whose children `first`, `second`, … are given their points directly.

    `values` are the children's points by unit. `weights` are written if there are any; `root` are lines of
    the top level, such as `aggregate: geometric`; `child` are further parts of a child, by its name.
    """
    names = _CHILDREN[: len(next(iter(values.values())))]
    parts = {name: f"measure: {name}_points, rule: given" for name in names}
    for name, weight in zip(names, weights, strict=False):
        parts[name] = f"weight: {weight}, {parts[name]}"
    for name, more in (child or {}).items():
        parts[name] = f"{parts[name]}, {more}"
    items = (f"  {name}_points: {{}}" for name in names)
    indicators = (f"  {name}: {{{parts[name]}}}" for name in names)
    heading = ",".join(("unit", "period", *(f"{name}_points" for name in names)))
    rows = (",".join((unit, "2023", *row)) for unit, row in values.items())
    return {
        "scheme.yaml": "\n".join(
            (_HEAD + "\n".join((*root, "items:")), *items, "indicators:", *indicators, "")
        ),
        "units.csv": units(values),
        "data/values.csv": table(heading, rows),
    }


def units(codes: Iterable[str]) -> str:
    """Return the text of a `units.csv` with these units."""
    return table("unit,name", (f"{code},Unit {code}" for code in codes))


def table(heading: str, rows: Iterable[str]) -> str:
    """Return the text of a csv file."""
    return "\n".join((heading, *rows, ""))
