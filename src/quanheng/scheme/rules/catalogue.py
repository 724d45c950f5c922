"""All rules. From this list come the forms, the laws, the toolbox and the JSON Schema.

The union is closed: the table of each engine names it to its last member, and the type checker refuses one
that does not.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from quanheng.scheme.rules import (
    bands,
    deduct,
    given,
    ideal,
    laws,
    marks,
    met,
    pairs,
    percentile,
    place,
    ratio,
    scale,
    steps,
    target,
    zscore,
)
from quanheng.scheme.rules.bands import Bands
from quanheng.scheme.rules.deduct import Deduct
from quanheng.scheme.rules.entry import Entry, RuleLaw
from quanheng.scheme.rules.given import Given
from quanheng.scheme.rules.ideal import Ideal
from quanheng.scheme.rules.marks import ByMarks
from quanheng.scheme.rules.met import Met
from quanheng.scheme.rules.percentile import Percentile
from quanheng.scheme.rules.place import PlaceByStep, PlaceEvenly, PlaceTable
from quanheng.scheme.rules.ratio import Ratio
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.rules.steps import Steps
from quanheng.scheme.rules.target import Target
from quanheng.scheme.rules.zscore import ZScore

AnyRule: TypeAlias = (
    Scale
    | Target
    | Bands
    | Steps
    | PlaceEvenly
    | PlaceByStep
    | PlaceTable
    | Percentile
    | Ratio
    | ZScore
    | Deduct
    | Ideal
    | Met
    | ByMarks
    | Given
)

CATALOGUE: Final[tuple[Entry, ...]] = (
    Entry(values=(Scale,), written=scale.written, tool=scale.TOOL),
    Entry(values=(Target,), written=target.written, tool=target.TOOL),
    Entry(values=(Bands,), written=bands.written, tool=bands.TOOL),
    Entry(values=(Steps,), written=steps.written, tool=steps.TOOL),
    Entry(values=(PlaceEvenly, PlaceByStep, PlaceTable), written=place.written, tool=place.TOOL),
    Entry(values=(Percentile,), written=percentile.written, tool=percentile.TOOL),
    Entry(values=(Ratio,), written=ratio.written, tool=ratio.TOOL),
    Entry(values=(ZScore,), written=zscore.written, tool=zscore.TOOL),
    Entry(values=(Deduct,), written=deduct.written, tool=deduct.TOOL),
    Entry(values=(Ideal,), written=ideal.written, tool=ideal.TOOL),
    Entry(values=(Met,), written=met.written, tool=met.TOOL),
    Entry(values=(ByMarks,), written=marks.written, tool=marks.TOOL, word="marks"),
    Entry(values=(Given,), written=given.written, tool=given.TOOL),
)
"""The rules in the order in which a person reads them."""

LAWS: Final[tuple[RuleLaw, ...]] = (
    scale.check_anchor_order,
    pairs.check_thresholds_rise,
    pairs.check_points_follow_direction,
    scale.check_exponential_base,
    laws.check_ranges,
    target.check_slopes,
    place.check_places,
    laws.check_neutral,
    target.check_completion,
)
"""The laws of rules, in the order in which their findings are told."""
