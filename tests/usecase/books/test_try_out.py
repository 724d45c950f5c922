"""Every example of the toolbox gives what was worked out by hand."""

from __future__ import annotations

import pytest

from quanheng.scheme.toolbox import TOOLS
from quanheng.scheme.tools.tool import Example
from quanheng.usecase.books.try_out import try_out

EXAMPLES = {
    f"{tool.name}-{at}": example for tool in TOOLS for at, example in enumerate(tool.examples, start=1)
}
WEIGHED = {name: example for name, example in EXAMPLES.items() if example.shares}
RANKED = {name: example for name, example in EXAMPLES.items() if example.node == "total"}


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_example_gives_the_points_worked_out_by_hand(example: Example) -> None:
    outcome = try_out(example)

    assert {finding.code for finding in outcome.findings} == set(example.findings)
    assert {each.unit: each.points for each in outcome.units} == pytest.approx(dict(example.points), abs=1e-9)


@pytest.mark.parametrize("example", WEIGHED.values(), ids=WEIGHED)
def test_example_gives_the_weights_worked_out_by_hand(example: Example) -> None:
    assert dict(try_out(example).shares) == pytest.approx(dict(example.shares), abs=1e-9)


@pytest.mark.parametrize("example", RANKED.values(), ids=RANKED)
def test_example_ranks_whom_it_says(example: Example) -> None:
    outcome = try_out(example)

    assert tuple(each.unit for each in outcome.units if each.place is None) == example.unranked
