from __future__ import annotations

from hypothesis import given
from tests.scheme.strategies import documents

from quanheng.scheme.document.document import Document, hash_of
from quanheng.scheme.files.read import document_from, read_scheme
from quanheng.scheme.files.yaml_writing import write_scheme


@given(documents())
def test_what_is_written_reads_as_the_same_document(document: Document) -> None:
    again = read_scheme(write_scheme(document)).document

    assert again == document
    assert hash_of(again) == hash_of(document)


def test_writing_is_stable() -> None:
    document = document_from(
        {
            "quanheng": 1,
            "id": "a",
            "title": {"zh": "甲", "en": "A"},
            "round": "2023-H1",
            "groups": {"towns": "镇（街道）"},
            "items": {"gdp": {"measured_in": "%"}},
            "indicators": {
                "economy": {
                    "weight": {"towns": 100},
                    "children": {
                        "growth": {"measure": "gdp", "weight": 100, "rule": {"place": {"table": {7: 50}}}}
                    },
                }
            },
            "tiers": [{"name": "一", "top": "30%"}, {"name": "二", "top": 3}, {"name": "yes"}],
        }
    )

    text = write_scheme(document)

    assert text == (
        "quanheng: 1\n"
        "id: a\n"
        "title: {zh: 甲, en: A}\n"
        "round: 2023-H1\n"
        "groups:\n"
        "  towns: {name: 镇（街道）}\n"
        "items:\n"
        '  gdp: {measured_in: "%"}\n'
        "indicators:\n"
        "  economy:\n"
        "    weight: {towns: 100}\n"
        "    children:\n"
        "      growth: {weight: 100, measure: gdp, rule: {place: {table: {7: 50}}}}\n"
        "tiers:\n"
        "  - {name: 一, top: 30%}\n"
        "  - {name: 二, top: 3}\n"
        '  - {name: "yes"}\n'
    )
    assert write_scheme(read_scheme(text).document) == text
