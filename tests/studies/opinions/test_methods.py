"""Every method by hand, with gaps, against pymcdm and scikit-criteria, and where it is not defined."""

from __future__ import annotations

import numpy as np
import pytest
from tests.studies.opinions.deciding import decision

from quanheng.studies.opinions.decision import Decision
from quanheng.studies.opinions.form import ALL_METHODS, OpinionsForm
from quanheng.studies.opinions.lifted import lifted
from quanheng.studies.opinions.methods import copeland
from quanheng.studies.opinions.methods.aras import Aras
from quanheng.studies.opinions.methods.catalogue import methods_asked
from quanheng.studies.opinions.methods.copeland import Copeland
from quanheng.studies.opinions.methods.copras import Copras
from quanheng.studies.opinions.methods.means import ArithmeticMean, GeometricMean, HarmonicMean
from quanheng.studies.opinions.methods.method import Method
from quanheng.studies.opinions.methods.product import Product
from quanheng.studies.opinions.methods.promethee import Promethee
from quanheng.studies.opinions.methods.topsis import TopsisMinMax, TopsisVector
from quanheng.studies.opinions.methods.vikor import Vikor

_GAP = float("nan")
THREE = decision([[1, 3], [2, 2], [3, 1]], ["more", "less"])
"""The third is best in both: most of the benefit, least of the cost."""


@pytest.mark.parametrize(
    ("method", "scores"),
    [
        (TopsisVector(), [0.0, 0.5, 1.0]),
        (TopsisMinMax(), [0.0, 0.5, 1.0]),
        (Vikor(), [1.0, 0.5, 0.0]),
        (Promethee(), [-1.0, 0.0, 1.0]),
        (Promethee(preference="linear"), [-0.75, 0.0, 0.75]),
        # (1/3)^½·(1/3)^½, (2/3)^½·(1/2)^½, 1
        (Product(), [1 / 3, (1 / 3) ** 0.5, 1.0]),
        # S⁺ = 1/12, 1/6, 1/4; S⁻ = 1/4, 1/6, 1/12, sum 1/2, sum of 1/S⁻ 22; Q = S⁺ + 1/(44·S⁻)
        (Copras(), [(1 / 12 + 4 / 44) / (1 / 4 + 12 / 44), (1 / 6 + 6 / 44) / (1 / 4 + 12 / 44), 1.0]),
        # the best row is 3/9 and 6/17, the second unit 2/9 and 3/17
        (Aras(), [1 / 3, 61 / 105, 1.0]),
        (Copeland(), [0.0, 50.0, 100.0]),
    ],
)
def test_a_method_by_hand(method: Method, scores: list[float]) -> None:
    assert method.scores(THREE).tolist() == pytest.approx(scores)


def test_means_are_of_points_by_hand() -> None:
    data = decision([[1, 1]], ["more", "more"], [0.25, 0.75], points=[[16.0, 81.0]])

    assert ArithmeticMean().scores(data).tolist() == pytest.approx([64.75])
    assert GeometricMean().scores(data).tolist() == pytest.approx([2 * 27])
    assert HarmonicMean().scores(data).tolist() == pytest.approx([1 / (0.25 / 16 + 0.75 / 81)])


@pytest.mark.parametrize("word", ALL_METHODS)
def test_who_is_better_in_everything_is_never_worse(word: str) -> None:
    """A cost is never a benefit: the first has more of the benefit and less of the cost than the second."""
    (method,) = methods_asked(OpinionsForm.model_validate({"methods": [word]}))
    data = decision(
        [[5.0, 1.0], [4.0, 2.0], [3.0, 5.0], [9.0, 9.0]],
        ["more", "less"],
        points=[[9, 9], [8, 8], [7, 5], [9, 1]],
    )

    first, second, third, _ = method.scores(data) * (1 if method.better == "more" else -1)

    assert first > second > third


@pytest.mark.parametrize("word", ALL_METHODS)
def test_a_gap_costs_one_unit_a_criterion_and_nobody_else_anything(word: str) -> None:
    """Its weight goes to what the unit has; pymcdm and scikit-criteria make all of such a column nothing."""
    (method,) = methods_asked(OpinionsForm.model_validate({"methods": [word]}))
    values = [[5.0, 1.0, 3.0], [4.0, _GAP, 2.0], [3.0, 5.0, 4.0], [1.0, 6.0, 5.0]]
    points = [[9.0, 9.0, 9.0], [8.0, _GAP, 8.0], [7.0, 5.0, 6.0], [1.0, 1.0, 5.0]]
    data = decision(values, ["more", "less", "less"], [0.2, 0.5, 0.3], points)

    scores = method.scores(data) * (1 if method.better == "more" else -1)

    assert np.isfinite(scores).all()
    assert scores[0] > scores[2] > scores[3]
    assert data.weights[1].tolist() == pytest.approx([0.4, 0.0, 0.6])


def test_copeland_meets_block_by_block_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(3).integers(0, 5, (17, 4)).astype(float)
    data = decision(values.tolist(), ["more", "less", "more", "more"], [0.4, 0.3, 0.2, 0.1])
    at_once = Copeland().scores(data)

    monkeypatch.setattr(copeland, "_AT_ONCE", 40)

    assert Copeland().scores(data).tolist() == at_once.tolist()


def _codes(method: Method, data: Decision) -> list[str]:
    return [finding.code for finding in method.refusals(data)]


def test_a_method_that_needs_values_above_0_says_which_are_not() -> None:
    data = decision([[0.0, 3.0], [2.0, 2.0]], ["more", "less"], points=[[0.0, 5.0], [5.0, -1.0]])

    assert _codes(Product(), data) == ["QH730"]
    assert _codes(GeometricMean(), data) == _codes(HarmonicMean(), data) == ["QH730"]
    (finding,) = Product().refusals(data)
    assert "needs values above 0, and 1 of 2 indicators have others: c0" in finding.text("en")
    assert "它要求数值大于0，而2个指标中有1个不是：c0" in finding.text("zh")


def test_zeros_are_legal_where_nothing_is_divided_by_them() -> None:
    benefit = decision([[0.0, 3.0], [2.0, 2.0]], ["more", "less"])
    cost = decision([[1.0, 0.0], [2.0, 2.0]], ["more", "less"])

    assert _codes(Copras(), benefit) == _codes(Aras(), benefit) == []
    assert _codes(Aras(), cost) == ["QH730"]
    assert _codes(Copras(), cost) == ["QH731"]
    assert _codes(Copras(), decision([[-1.0, 1.0], [2.0, 2.0]], ["more", "less"])) == ["QH730"]


def test_copeland_stays_out_of_a_large_group() -> None:
    data = decision([[float(at)] for at in range(5001)], ["more"])

    assert _codes(Copeland(), data) == ["QH732"]


def test_columns_with_0_and_less_are_lifted_to_1_to_100_and_keep_their_direction() -> None:
    data = decision(
        [[-2.0, 3.0], [8.0, 2.0], [_GAP, 1.0]], ["more", "less"], points=[[0, 5], [50, 5], [100, 5]]
    )

    lifted_up, count = lifted(data)

    assert count == 1
    assert lifted_up.values[:2].tolist() == [[1.0, 3.0], [100.0, 2.0]]
    assert np.isnan(lifted_up.values[2, 0])
    assert lifted_up.points.tolist() == [[1.0, 5.0], [50.5, 5.0], [100.0, 5.0]]
    assert _codes(Product(), lifted_up) == []


def _random(seed: int) -> tuple[Decision, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    values, weights = rng.uniform(1, 10, (9, 5)), rng.dirichlet(np.ones(5))
    types = np.array([1, -1, 1, -1, 1])
    data = decision(values.tolist(), ["more" if sign > 0 else "less" for sign in types], weights.tolist())
    return data, values, weights, types


@pytest.mark.parametrize("seed", range(5))
def test_scores_agree_with_pymcdm_where_the_conventions_match(seed: int) -> None:
    from pymcdm import normalizations  # noqa: PLC0415  an oracle
    from pymcdm.methods import ARAS, PROMETHEE_II, TOPSIS, VIKOR, WPM  # noqa: PLC0415  the same

    data, *given = _random(seed)

    vector = TOPSIS(normalizations.vector_normalization)(*given)
    assert TopsisVector().scores(data).tolist() == pytest.approx(vector.tolist())
    minmax = TOPSIS(normalizations.minmax_normalization)(*given)
    assert TopsisMinMax().scores(data).tolist() == pytest.approx(minmax.tolist())
    assert Vikor().scores(data).tolist() == pytest.approx(VIKOR()(*given).tolist())
    assert Aras().scores(data).tolist() == pytest.approx(ARAS()(*given).tolist())
    flows = PROMETHEE_II("usual")(*given)
    assert Promethee().scores(data).tolist() == pytest.approx(flows.tolist())
    product = WPM(normalizations.linear_normalization)(*given)
    assert Product().scores(data).tolist() == pytest.approx(product.tolist())


@pytest.mark.parametrize("seed", range(5))
def test_scores_agree_with_scikit_criteria_where_the_conventions_match(seed: int) -> None:
    from skcriteria import mkdm  # noqa: PLC0415  an oracle
    from skcriteria.agg.copras import COPRAS  # noqa: PLC0415  the same
    from skcriteria.agg.topsis import TOPSIS  # noqa: PLC0415  the same
    from skcriteria.agg.vikor import VIKOR  # noqa: PLC0415  the same
    from skcriteria.preprocessing.scalers import SumScaler, VectorScaler  # noqa: PLC0415  the same

    data, values, weights, types = _random(seed)
    matrix = mkdm(values, types.tolist(), weights=weights)

    shares = SumScaler("matrix").transform(matrix)
    utility = COPRAS().evaluate(shares).e_.score / 100.0
    assert Copras().scores(data).tolist() == pytest.approx(utility.tolist())
    with pytest.warns(UserWarning, match="can operate with minimization"):
        closeness = TOPSIS().evaluate(VectorScaler("matrix").transform(matrix)).e_.similarity
    assert TopsisVector().scores(data).tolist() == pytest.approx(closeness.tolist())
    q = VIKOR().evaluate(matrix).e_.q_k
    assert Vikor().scores(data).tolist() == pytest.approx(q.tolist())
