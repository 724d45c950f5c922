"""Run every case, or those whose name contains the first argument."""

from __future__ import annotations

import multiprocessing
import sys

from benchmarks.run import load_cases, run_case


def main() -> None:
    """Run each case in a process of its own: what one leaves in memory would make the next ones slower."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    afresh = multiprocessing.get_context("spawn")
    for number, case in enumerate(load_cases()):
        if wanted in case.name:
            process = afresh.Process(target=run_case, args=(number,))
            process.start()
            process.join()
            if process.exitcode:
                sys.exit(process.exitcode)


if __name__ == "__main__":
    main()
