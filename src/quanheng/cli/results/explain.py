"""`quanheng explain`: show every step behind a score."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Round, Unit
from quanheng.cli.show import Screen
from quanheng.engine.results.explanation.explanation import (
    AnchorUsed,
    Explanation,
    Figure,
    Folding,
    Marking,
    Part,
    Rating,
    Rounded,
    Standing,
)
from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.weights.aggregation import Joining


def explain(
    book: BookPath,
    unit: Unit,
    node: Annotated[
        str,
        Parameter(show_default=False),
        Text(
            en="a dimension or an indicator, by code or name; without it, the total",
            zh="维度或指标的代码或名称；默认为总分",
        ),
    ] = ROOT,
    *,
    round: Round = None,  # noqa: A002  the word of the language
    as_of: AsOf = None,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print the tree of steps from the score of `unit` down to source cells."""
    from quanheng.usecase.results.explain import explain as explain_score  # noqa: PLC0415  help needs no engine

    with screen.working(Text(en="scoring", zh="正在计分")):
        explanation = explain_score(book, unit, node, round=round, as_of=as_of)
    screen.text(explanation.text(screen.language))
    screen.record(_plain(explanation))
    return 0


def _plain(value: Any) -> Any:  # noqa: ANN401  whatever an explanation holds
    """Return a part of an explanation for a program: values as the scheme and the trace write them."""
    match value:
        case tuple():
            return [_plain(part) for part in value]
        case Rounded(stage, decimals):
            return f"{stage}: {decimals}"
        case AnchorUsed(role=role, item=item):
            named = role if item is None else f"{role} {item}"
            of_rounds = {"rounds": value.rounds} if value.rounds else {}
            return {"role": named, "value": value.value, "whose": value.whose, **of_rounds}
        case Part(source=source, marks=marks):
            return {"source": source, "marks": marks}
        case Joining():
            return value.name
        case Rating():
            return _rating(value)
        case Text() | Explanation() | Figure() | Marking() | Folding() | Standing():
            return {each.name: _plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
        case _:
            return value


def _rating(rating: Rating) -> dict[str, Any]:
    said: dict[str, dict[str, Any]] = {
        "rule": {"rule": rating.rule.in_words("en"), "rule_zh": rating.rule.in_words("zh")},
        "gap": {"policy": rating.policy},
    }
    names = [each.name for each in dataclasses.fields(rating)]
    parts = (said.get(name) or {name: _plain(getattr(rating, name))} for name in names)
    return {key: part for each in parts for key, part in each.items()}
