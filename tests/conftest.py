"""What tests of several packages share: the engines, one Spark session and one browser for the whole run."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from pyspark.sql import SparkSession
from tests.engines import EngineUnderTest

from quanheng.engine.frame.engines import SparkEngine, polars_engine

# How long an example takes says something about the machine, not about the code. `make test` tries the same
# examples every time, so that a change is what makes it fail; `make search` looks for new ones.
settings.register_profile("quanheng", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)
settings.load_profile("quanheng")


@pytest.fixture(scope="session")
def spark_session() -> Iterator[SparkSession]:
    session = (
        SparkSession.builder.master("local[2]")
        .appName("quanheng tests")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        # small plans run once: compiling them thoroughly would take twice the time it saves
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        # to plan anew between stages takes half the time of a small plan; on the cluster it is on
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session", params=["polars", pytest.param("spark", marks=pytest.mark.spark)])
def engine(request: pytest.FixtureRequest) -> EngineUnderTest:
    if request.param == "polars":
        return EngineUnderTest(polars_engine())
    return EngineUnderTest(SparkEngine(request.getfixturevalue("spark_session")))


def pytest_unconfigure() -> None:
    """Let the summary be the last line: DuckDB's bindings tell of leaks of their own when Python ends."""
    if "duckdb" in sys.modules:
        atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which reaches no network; a process has room for one driver of browsers only."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        yield started
        started.close()
