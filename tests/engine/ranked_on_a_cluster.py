"""Started by `test_cluster.py`: score the firms of a folder on a cluster of two processes of this machine."""

from __future__ import annotations

import sys
from pathlib import Path

from pyspark.sql import SparkSession

from quanheng.scheme.files.read import load_scheme
from quanheng.usecase.public import score


def main() -> None:
    """Read Parquet, score, and write ranking and scores as Parquet, all of it on the executors."""
    folder = Path(sys.argv[1])
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1")
        .config("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    scheme, _ = load_scheme(folder / "scheme.yaml")
    if scheme is None:
        raise SystemExit("the scheme cannot be read")
    try:
        units = session.read.parquet(str(folder / "units.parquet"))
        figures = session.read.parquet(str(folder / "data"))
        result = score(units.join(figures, "unit"), scheme)
        result.write("ranking", folder / "ranking")
        result.write("scores", folder / "scores")
    finally:
        session.stop()


if __name__ == "__main__":
    main()
