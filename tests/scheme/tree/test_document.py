from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from tests.scheme.strategies import documents

from quanheng.findings.finding import FindingsError
from quanheng.scheme.document.document import Document, hash_of, nodes_of
from quanheng.scheme.files.read import document_from

_HEAD: dict[str, Any] = {"quanheng": 1, "id": "a", "title": "t", "round": 2023}


def document(**keys: Any) -> Document:  # noqa: ANN401  # plain values
    return document_from({**_HEAD, "indicators": {"one": {"measure": "a"}}, **keys})


def node(keys: Any) -> Document:  # noqa: ANN401  # plain values
    return document(indicators={"one": keys})


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (node("a / b"), node({"measure": "a / b"})),
        (node({"measure": 5}), node({"measure": "5"})),
        (node({"measure": "a", "coefficient": 1.20}), node({"measure": "a", "coefficient": "1.2"})),
        (node({"measure": "a", "rule": "percentile"}), node({"measure": "a", "rule": {"percentile": {}}})),
        (node({"measure": "a", "rule": {"place": None}}), node({"measure": "a", "rule": {"place": {}}})),
        (
            node({"measure": "a", "rule": {"steps": [[1, 2]]}}),
            node({"measure": "a", "rule": {"steps": {"table": [[1, 2]]}}}),
        ),
        (
            node({"measure": "a", "rule": {"place": {"table": {7: 50, "1–3": 90}}}}),
            node({"measure": "a", "rule": {"place": {"table": {"7": 50, "1-3": 90}}}}),
        ),
        (node({"measure": "a", "groups": "towns"}), node({"measure": "a", "groups": ["towns"]})),
        (node({"measure": "a", "note": None}), node({"measure": "a"})),
        (document(items={"a": None}), document(items={"a": {}})),
        (document(items={"a": "甲"}), document(items={"a": {"name": "甲"}})),
        (document(groups={"g": {"zh": "甲"}}), document(groups={"g": {"name": {"zh": "甲"}}})),
        (document(tiers=[{"name": "甲", "top": 0.3}]), document(tiers=[{"name": "甲", "top": "30%"}])),
        (document(tiers=[{"name": "甲", "top": 1.0}]), document(tiers=[{"name": "甲", "top": "100 %"}])),
        (document(gaps={"at_least": 0.333}), document(gaps={"at_least": "３３.３％"})),
        (document(weights={"bod": None}), document(weights={"bod": {}})),
        (document(round="2023"), document(round=2023)),
        (node({"measure": "a", "weight": -0.0}), node({"measure": "a", "weight": 0})),
        (document(gaps={"at_least": -0.0}), document(gaps={"at_least": 0})),
        (document(ties={"break_by": "one"}), document(ties={"break_by": ["one"]})),
    ],
)
def test_short_forms_mean_the_long_ones(short: Document, long: Document) -> None:
    assert short == long
    assert hash_of(short) == hash_of(long)


def test_count_is_no_share() -> None:
    assert document(tiers=[{"name": "甲", "top": 1}]) != document(tiers=[{"name": "甲", "top": 1.0}])


def test_hash_is_the_same_on_every_machine() -> None:
    canonical = '{"id":"a","indicators":[["one",{"measure":"a"}]],"quanheng":1,"round":"2023","title":"t"}'

    assert hash_of(document()) == hashlib.sha256(canonical.encode()).hexdigest()


def test_order_counts_where_it_is_the_order_of_the_result() -> None:
    one, two = {"measure": "a"}, {"measure": "b"}

    assert hash_of(document(indicators={"a": one, "b": two})) != hash_of(
        document(indicators={"b": two, "a": one})
    )
    assert hash_of(node({"measure": "a", "weight": {"g": 1, "h": 2}})) == hash_of(
        node({"weight": {"h": 2, "g": 1}, "measure": "a"})
    )


def test_nodes_are_told_with_their_paths() -> None:
    found = list(nodes_of(node({"children": {"two": "a", "three": {"children": {"four": "b"}}}})))

    assert [(path, code) for path, code, _ in found] == [
        (("indicators", "one"), "one"),
        (("indicators", "one", "children", "two"), "two"),
        (("indicators", "one", "children", "three"), "three"),
        (("indicators", "one", "children", "three", "children", "four"), "four"),
    ]


@given(documents())
def test_document_as_json_is_the_same_document(made: Document) -> None:
    plain = made.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    assert document_from(plain) == made


@pytest.mark.parametrize("version", [2, "1", 1.5, True, None])
def test_other_versions_are_refused(version: object) -> None:
    with pytest.raises(FindingsError) as caught:
        document(quanheng=version)

    assert caught.value.findings[0].code in {"QH121", "QH127"}
