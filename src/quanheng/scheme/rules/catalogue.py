"""All rules: the closed union that the table of each engine names to its last member."""

from __future__ import annotations

from typing import TypeAlias

from quanheng.scheme.rules.bands import Bands
from quanheng.scheme.rules.deduct import Deduct
from quanheng.scheme.rules.given import Given
from quanheng.scheme.rules.ideal import Ideal
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
    | Given
)
