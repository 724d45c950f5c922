"""The dimensions whose children are weighed anew, and the judgements about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, Location, require_no_errors
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.fields.lines import Locations
from quanheng.scheme.fields.margin import Margin
from quanheng.scheme.laws.weights import check_reciprocal
from quanheng.scheme.tree.scheme import Dimension, Scheme
from quanheng.scheme.weights.form import ComputedForm
from quanheng.scheme.weights.methods import Ahp
from quanheng.scheme.weights.settle import method_of
from quanheng.studies.variants.edits import counting_in, node_called
from quanheng.studies.weights.form import WeightsForm


class Judged(Value):
    """The children of a dimension compared in pairs, by the study file (`is_given`) or by the scheme."""

    dimension: Dimension
    method: Ahp
    is_given: bool


def chosen_nodes(scheme: Scheme, settings: WeightsForm) -> tuple[Dimension, ...]:
    """Return the dimensions whose children are weighed anew, in the order of the scheme.

    Raises:
        UsageError: a node that is named is not there or no dimension, or in none of them there is anything to
            weigh.
    """
    named = {_dimension_called(scheme, code).code for code in settings.nodes}
    everywhere = not named and not settings.levels
    chosen = [
        each
        for each in scheme.dimensions
        if everywhere or each.code in named or scheme.level_of(each.code) in settings.levels
    ]
    weighing = tuple(each for each in chosen if any(len(counted(each, group)) > 1 for group in each.groups))
    if not weighing:
        raise UsageError(
            "nowhere two children count, so that there is nothing to weigh: name other nodes or levels",
            "所选节点都没有两个以上计分的下级，无从赋权：请另选 nodes 或 levels",
        )
    return weighing


def counted(dimension: Dimension, group: str) -> tuple[str, ...]:
    """Return the codes of the children that count in a group."""
    return tuple(child.code for child in dimension.children if group in counting_in(child, dimension))


def judged_nodes(scheme: Scheme, settings: WeightsForm) -> tuple[Judged, ...]:
    """Return the dimensions there are judgements about: those of the study file, then those of the scheme.

    Raises:
        FindingsError: a matrix does not name each child once, has another size, or is not reciprocal.
        UsageError: a node that is named is not there, or is no dimension.
    """
    given = [_given(_dimension_called(scheme, code), settings) for code in settings.judgements]
    known = {each.dimension.code for each in given}
    own = [
        Judged(dimension=each, method=each.method, is_given=False)
        for each in scheme.dimensions
        if isinstance(each.method, Ahp) and each.code not in known
    ]
    return (*given, *own)


def _given(dimension: Dimension, settings: WeightsForm) -> Judged:
    form = next(
        form
        for code, form in settings.judgements.items()
        if code in (dimension.code, dimension.name.zh, dimension.name.en)
    )
    children = tuple(child.code for child in dimension.children if counting_in(child, dimension))
    margin = Margin(Locations())
    path = ("judgements", dimension.code)
    method = method_of(ComputedForm(ahp=form), children, path, margin)
    require_no_errors(margin.findings)
    assert isinstance(method, Ahp)  # noqa: S101  the form of it was given
    require_no_errors(_reciprocal(method))
    return Judged(dimension=dimension, method=method, is_given=True)


def _reciprocal(method: Ahp) -> Iterator[Finding]:
    yield from check_reciprocal(method.matrix, Location())


def judged_weights(method: Ahp, dimension: Dimension) -> Mapping[str, Mapping[str, float]]:
    """Return the weight of each child by group; one that does not count weighs 0."""
    from quanheng.engine.stages.weights.ahp import ahp_weights  # noqa: PLC0415  numpy, where it is used

    found: dict[str, dict[str, float]] = {child.code: {} for child in dimension.children}
    for group in dimension.groups:
        inside = counted(dimension, group)
        weights = dict(zip(inside, ahp_weights(method, inside).weights, strict=True)) if inside else {}
        for child in dimension.children:
            if group in child.groups:
                found[child.code][group] = weights.get(child.code, 0.0)
    return found


def _dimension_called(scheme: Scheme, code: str) -> Dimension:
    node = scheme.root if code == ROOT else node_called(scheme, code)
    if not isinstance(node, Dimension):
        raise UsageError(
            f"{code!r} is an indicator: it has no children to weigh", f"“{code}”是指标，没有下级可以赋权"
        )
    return node
