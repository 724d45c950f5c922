from __future__ import annotations

from tests.scheme.written import codes_in, scheme, settled

from quanheng.findings.finding import Location
from quanheng.findings.text import Text
from quanheng.scheme.gaps.policies import Fill, FullPoints, Gaps, MissingIsZero, MissingRedistributed
from quanheng.scheme.gaps.treatment import AlwaysLog
from quanheng.scheme.rules.percentile import Percentile
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.tree.scheme import Dimension
from quanheng.scheme.weights.aggregation import Arithmetic, Geometric
from quanheng.scheme.weights.methods import Equal, Marks, Relative


def test_defaults_hold_where_an_indicator_says_nothing_else() -> None:
    made = scheme("""
        items: {a: }
        defaults: {rule: {scale: {base: 60}}, direction: less, gaps: {missing: zero}, treat: log, within: all}
        gaps: {at_least: 50%}
        indicators:
          one: {measure: a, weight: 40}
          two:
            {measure: a, weight: 60, rule: percentile, direction: more, gaps: {not_applicable: full},
             treat: none, within: group}
        """)

    one, two = made.indicators
    assert (one.rule, one.direction, one.treat, one.within) == (Scale(base=60.0), "less", AlwaysLog(), "all")
    assert one.gaps == Gaps(missing=MissingIsZero())
    assert (two.rule, two.direction, two.treat, two.within) == (Percentile(), "more", None, "group")
    assert two.gaps == Gaps(missing=MissingIsZero(), not_applicable=FullPoints())
    assert made.at_least == 0.5


def test_each_policy_is_taken_from_the_nearest_place_that_states_it() -> None:
    made = scheme("""
        items: {a: }
        defaults: {rule: percentile, gaps: {missing: zero, not_applicable: full}}
        gaps: {missing: redistribute}
        indicators:
          one: {measure: a, weight: 50}
          two: {measure: a, weight: 50, gaps: {missing: {fill: median, within: 片区, at: points}}}
        """)

    one, two = made.indicators
    assert one.gaps == Gaps(missing=MissingRedistributed(), not_applicable=FullPoints())
    assert two.gaps == Gaps(
        missing=Fill(statistic="median", within="片区", at="points"), not_applicable=FullPoints()
    )


def test_weights_stand_for_each_group_the_node_applies_to() -> None:
    made = scheme("""
        groups: {towns: 镇, parks: {name: 园区, marks: 150}, offices: }
        items: {a: }
        defaults: {rule: percentile}
        indicators:
          economy:
            weight: {towns: 60, parks: 150}
            children:
              both: {measure: a, weight: 20}
              towns_only: {measure: a, weight: {towns: 40}}
              parks_only: {measure: a, weight: 130, groups: parks}
          service:
            children:
              towns_too: {measure: a, weight: {towns: 40, offices: 99}}
              offices_only: {measure: a, weight: 1, groups: [offices]}
        """)

    weights = {node.code: dict(node.weights) for node in made.nodes}
    assert weights == {
        "total": {"towns": 100.0, "parks": 150.0, "offices": 100.0},
        "economy": {"towns": 60.0, "parks": 150.0},
        "both": {"towns": 20.0, "parks": 20.0},
        "towns_only": {"towns": 40.0},
        "parks_only": {"parks": 130.0},
        "service": {"towns": 40.0, "offices": 100.0},
        "towns_too": {"towns": 40.0, "offices": 99.0},
        "offices_only": {"offices": 1.0},
    }
    assert [group.name for group in made.groups] == [Text(zh="镇"), Text(zh="园区"), Text(en="offices")]


def test_scheme_without_groups_has_one() -> None:
    made = scheme(
        "marks: 1000\nitems: {a: }\nindicators: {one: {measure: a, weight: 1000, rule: percentile}}"
    )

    assert [(group.code, group.marks) for group in made.groups] == [("all", 1000.0)]
    assert made.indicators[0].weights == {"all": 1000.0}


def test_top_settles_aggregation_and_method_of_nodes_that_say_nothing() -> None:
    made = scheme("""
        items: {a: }
        defaults: {rule: {scale: {base: 1}}}
        aggregate: geometric
        weights: equal
        indicators:
          one: {measure: a}
          two: {children: {three: a, four: a}}
          five: {aggregate: arithmetic, weights: relative, children: {six: {measure: a, weight: 2}}}
        """)

    found = {node.code: (node.aggregate, node.method) for node in made.dimensions}
    assert found == {
        "total": (Geometric(), Equal()),
        "two": (Geometric(), Equal()),
        "five": (Arithmetic(), Relative()),
    }
    assert all(node.weights == {"all": 1.0} for node in made.nodes if node.code not in {"total", "six"})


def test_methods_with_parameters_at_the_top_hold_for_the_root_alone() -> None:
    made = scheme("""
        items: {a: }
        defaults: {rule: percentile}
        weights: {ahp: {matrix: [[1, 3], [1/3, 1]]}}
        indicators:
          one: {measure: a}
          two: {children: {three: {measure: a, weight: 30}, four: {measure: a, weight: 70}}}
        """)

    two = made.node("two")
    assert isinstance(two, Dimension)
    assert two.method == Marks()
    assert two.weights == {"all": 100.0}


def test_nodes_know_their_place() -> None:
    found = settled("""
        items: {a: }
        indicators:
          one:
            name: {zh: 一, en: One}
            note: 说明
            measure: a
            coefficient: 1.2
            weight: 100
            rule: percentile
        """)

    one = found.scheme.indicators[0]
    assert one.where == Location(file="s.yaml", line=7)
    assert (one.name, one.note) == (Text(zh="一", en="One"), Text(zh="说明"))
    assert one.measure.where.line == 10
    assert one.coefficient is not None
    assert (one.coefficient.text, one.coefficient.where.line) == ("1.2", 11)
    assert found.node_at("one", "rule").line == 13
    assert found.at("items", "a").line == 5


def test_weight_of_zero_is_shown_beside_the_total() -> None:
    made = scheme("""
        items: {a: }
        defaults: {rule: percentile}
        indicators: {one: {measure: a, weight: 100}, satisfaction: {measure: a, weight: 0}}
        """)

    assert made.indicators[1].weights == {"all": 0.0}


def test_what_a_node_cannot_be_is_found() -> None:
    found = codes_in("""
        groups: {towns: }
        items: {a: }
        indicators:
          empty: {weight: 10}
          hollow: {weight: 10, children: {}}
          both: {weight: 10, measure: a, children: {below: {measure: a, weight: 10, rule: percentile}}}
          leaf: {weight: 10, measure: a, rule: percentile, aggregate: min, weights: equal}
          inner: {weight: 10, treat: log, children: {low: {measure: a, weight: 10, rule: percentile}}}
          ruled: {weight: 10, measure: a}
          unweighed: {measure: a, rule: percentile}
          relative: {weights: relative, children: {deep: {measure: a, weight: 1, rule: percentile}}}
          leaf_2: {weight: {towns: 10, twons: 1}, measure: a, rule: percentile}
          total: {weight: 10, measure: a, rule: percentile}
          again: {weight: 10, children: {leaf: {measure: a, weight: 10, rule: percentile}}}
        """)

    assert found[:-1] == [
        ("QH135", 8),
        ("QH135", 9),
        ("QH133", 10),
        ("QH133", 11),
        ("QH133", 11),
        ("QH133", 12),
        ("QH230", 13),
        ("QH202", 14),
        ("QH202", 15),
        ("QH203", 16),
        ("QH132", 17),
        ("QH211", 18),
    ]


def test_groups_that_do_not_fit_are_found() -> None:
    found = codes_in("""
        groups: {towns: , parks: }
        items: {a: }
        defaults: {rule: percentile}
        indicators:
          outer:
            weight: {towns: 100}
            children:
              one: {measure: a, weight: {towns: 50, parks: 50}}
              two: {measure: a, weight: {towns: 50}, groups: [towns, parks]}
          rest: {measure: a, weight: {parks: 100}}
        """)

    assert found == [("QH204", 12), ("QH204", 13), ("QH205", 13)]
