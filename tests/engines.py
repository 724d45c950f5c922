"""The engines as tests use them: frames of Polars go in, frames of Polars come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from quanheng.engine.frame.engines import AnyFrame, Engine, EngineName


@dataclass(frozen=True, slots=True)
class EngineUnderTest:
    engine: Engine

    @property
    def name(self) -> EngineName:
        return self.engine.name

    def lift(self, frame: AnyFrame) -> nw.LazyFrame[Any]:
        return self.engine.lift(frame)

    def settle(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        return self.engine.settle(frame)

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        return self.engine.collect(frame).to_native()
