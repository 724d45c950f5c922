"""The same words on a cluster: two executors, each a process of its own, and a driver that sees no rows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pyspark
import pytest
from polars.testing import assert_frame_equal

from quanheng.engine.results.result import Result, Written
from quanheng.examples import path_of_example
from quanheng.findings.errors import EngineError
from quanheng.scheme.files.read import load_scheme
from quanheng.usecase.public import score

UNITS = 300


@pytest.fixture
def firms(tmp_path: Path) -> Path:
    """Return a folder with invented firms as Parquet, and the scheme they are graded by."""
    folder = tmp_path / "firms"
    generator = path_of_example("enterprises") / "generate.py"
    arguments = ["--units", str(UNITS), "--seed", "1", "--out", str(folder), "--parquet"]
    subprocess.run([sys.executable, str(generator), *arguments], check=True, capture_output=True)
    return folder


@pytest.fixture
def spark_home(tmp_path: Path) -> Path:
    """Return a Spark home of our own: the executors put their logs there, and not into the installed one."""
    home = tmp_path / "spark"
    home.mkdir()
    for entry in Path(pyspark.__file__).parent.iterdir():
        (home / entry.name).symlink_to(entry)
    return home


@pytest.mark.spark
def test_executors_read_score_and_write(firms: Path, spark_home: Path) -> None:
    here = {
        "SPARK_HOME": str(spark_home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": "localhost",
        "PYSPARK_PYTHON": sys.executable,
    }
    script = Path(__file__).with_name("ranked_on_a_cluster.py")
    done = subprocess.run(
        [sys.executable, str(script), str(firms)],
        check=False,
        capture_output=True,
        text=True,
        timeout=900,
        env={**os.environ, **here},
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert len(list((spark_home / "work").glob("app-*/*/stderr"))) == 2
    result = _scored(firms)
    for table, expected in (("ranking", result.ranking), ("scores", result.scores)):
        written = pl.read_parquet(firms / table / "*.parquet")
        assert_frame_equal(written, expected.to_native(), abs_tol=1e-9)


@pytest.mark.parametrize("table", ["ranking", "scores"])
def test_polars_writes_the_same_tables_as_a_file(firms: Path, tmp_path: Path, table: Written) -> None:
    result = _scored(firms)
    target = tmp_path / f"{table}.parquet"

    result.write(table, target)

    assert_frame_equal(pl.read_parquet(target), getattr(result, table).to_native())
    with pytest.raises(EngineError, match="is there already"):
        result.write(table, target)
    with pytest.raises(EngineError, match="cannot be written"):
        result.write(table, tmp_path / "nowhere" / "deep.parquet")


def _scored(firms: Path) -> Result:
    scheme, _ = load_scheme(firms / "scheme.yaml")
    assert scheme is not None
    units, figures = pl.scan_parquet(firms / "units.parquet"), pl.scan_parquet(firms / "data/*.parquet")
    return score(units.join(figures, on="unit"), scheme)
