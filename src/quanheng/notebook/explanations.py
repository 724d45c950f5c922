"""An explanation as a notebook shows it: what the score adds up from as a chart, and the steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from quanheng.engine.formulas.formula_text import number_text
from quanheng.engine.results.explanation.explanation import Explanation
from quanheng.engine.results.explanation.words import STEPS
from quanheng.findings.text import Language, Text
from quanheng.notebook.parts import Graph, Line, Part, Steps
from quanheng.notebook.room import MOST_ROWS, MOST_STEPS, more
from quanheng.studies.charts.chart import Chart
from quanheng.studies.charts.kinds import waterfall
from quanheng.studies.charts.labels import texts_of


def explanation_parts(explanation: Explanation, language: Language) -> Iterator[Part]:
    """Yield the chart of the amounts that add up, if there are several, and the steps below each other."""
    if 1 < len(explanation.parts) <= MOST_ROWS:
        yield Graph(_amounts(explanation))
    nodes, depth = _counts(explanation), len(_counts(explanation))
    while depth > 1 and sum(nodes[:depth]) > MOST_STEPS:
        depth -= 1
    yield Steps(_down_to(explanation, depth))
    left = sum(nodes[depth:])
    if left:
        yield Line(more(left, "result.explain(unit, node)").in_language(language))


def _counts(explanation: Explanation) -> list[int]:
    """Return how many nodes there are on each level, from this one down."""
    found, level = [], [explanation]
    while level:
        found.append(len(level))
        level = [child for each in level for child in each.children]
    return found


def _down_to(explanation: Explanation, depth: int) -> Explanation:
    children = [_down_to(child, depth - 1) for child in explanation.children] if depth > 1 else []
    return replace(explanation, children=tuple(children))


def _amounts(explanation: Explanation) -> Chart:
    name, score = explanation.unit_name, number_text(explanation.score)
    return Chart(
        name="parts",
        title=Text(en=f"{name}: what the score adds up from", zh=f"{name}：得分构成"),
        sentence=Text(en=f"The amounts add up to {score}.", zh=f"各项相加为 {score}。"),
        definition=waterfall(_steps(explanation), Text(en="score", zh="得分")),
    )


def _steps(explanation: Explanation) -> Sequence[dict[str, Any]]:
    """Return a step for each amount, from 0 to the score."""
    known = {child.node: child.name for child in explanation.children}
    names = texts_of(
        [
            STEPS[part.step] if part.step is not None else known.get(part.source, Text(en=part.source))
            for part in explanation.parts
        ],
        [part.source for part in explanation.parts],
    )
    level, steps = 0.0, []
    for name, part in zip(names, explanation.parts, strict=True):
        end = level + float(part.marks)
        steps.append(
            {
                "name": name,
                "start": level,
                "end": end,
                "top": max(level, end),
                "label": f"{part.marks.normalize():+f}",
                "whole": False,
            }
        )
        level = end
    total = Text(en="score", zh="得分")
    whole = {"name": total, "start": 0.0, "end": level, "top": level, "label": number_text(explanation.score)}
    return [*steps, {**whole, "whole": True}]
