"""The numbers that are drawn: a scrambled Sobol sequence as Saltelli arranges it.

Two matrices A and B of n rows, and for each factor i the matrix A with the columns of i taken from B. Of a
factor with many columns, such as all weights, the columns go together (a group of inputs).

Saltelli, A. et al. (2010). Variance based sensitivity analysis of model output. Computer Physics
Communications 181, 259-270.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quanheng.findings.value import Value


class Design(Value):
    """Numbers in [0, 1), `(rows, columns)`: A, then B, then one mixed matrix for each of the `factors`.

    `base` is the number n of rows of each matrix, a power of two.
    """

    base: int
    factors: tuple[slice, ...]
    numbers: NDArray[np.float64]

    @property
    def sample(self) -> slice:
        """The rows that are a plain sample: A and B."""
        return slice(0, 2 * self.base)

    def mixed(self, factor: int) -> slice:
        """Return the rows of A in which the columns of a factor are those of B."""
        start = (2 + factor) * self.base
        return slice(start, start + self.base)


def design_of(widths: Sequence[int], runs: int, seed: int, *, mixed: bool = True) -> Design:
    """Return a design for factors of so many columns each, with at least `runs` rows in A and B together.

    Examples:
        >>> design = design_of([1, 2], runs=100, seed=1)
        >>> design.base, design.numbers.shape
        (64, (256, 3))
    """
    from scipy.stats import qmc

    base = 1 << max(1, (runs - 1) // 2).bit_length()
    columns = sum(widths)
    ends = itertools.pairwise(itertools.accumulate(widths, initial=0))
    factors = tuple(slice(start, end) for start, end in ends)
    engine = qmc.Sobol(2 * columns, scramble=True, rng=np.random.default_rng(seed))
    drawn = engine.random(base)
    first, second = drawn[:, :columns], drawn[:, columns:]
    parts = [first, second]
    for factor in factors if mixed else ():
        part = first.copy()
        part[:, factor] = second[:, factor]
        parts.append(part)
    return Design(base=base, factors=factors, numbers=np.concatenate(parts))
