from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.people_of_all_roles import signed_in, somebody
from tests.web.rounds.world import SCHEME, kept_scheme

from quanheng.web.audit.models import Entry
from quanheng.web.library.models import Version
from quanheng.web.library.reading import read_text
from quanheng.web.library.settings import edited_by, rows_of

NOTED = SCHEME.replace("weight: 20, rule: percentile}", "weight: 20, rule: percentile}  # 每年一次")
GROUPED = """\
quanheng: 1
id: grouped
title: 分组
round: 2024
groups: {towns: 镇, parks: 园区}
items: {gdp: 产值, rate: 增速}
defaults: {rule: percentile}
indicators:
  economy:
    weight: {towns: 60, parks: 50}   # 各组不同
    children:
      output: {measure: gdp, weight: {towns: 60, parks: 50}}
  growth: {measure: rate, weight: {towns: 40, parks: 50}}
"""
EQUAL = """\
quanheng: 1
id: equal
title: {zh: 等权}
round: 2024
items: {gdp: 产值, rate: 增速}
defaults: {rule: percentile}
weights: equal
indicators:
  output: gdp
  growth: rate
"""


def fields(page: Any) -> dict[str, Any]:  # noqa: ANN401  the test client's answer, with its context
    """Return what the form of a page would send, as it stands."""
    context = page.context
    sent: dict[str, Any] = {"seen": str(context["seen"])}
    for line in context["lines"]:
        row = line["row"]
        sent |= {field.name: field.value for field in (row.zh, row.en, *row.weights)}
    sent["publish"] = [choice.part for choice in context["choices"] if choice.chosen]
    return sent


def office() -> Client:
    return signed_in(somebody("office"))


def edited(text: str, **filled: str) -> str:
    document = read_text(text).document
    assert document is not None
    told = {key.replace("_", "-"): [each] for key, each in filled.items()}
    publish = ["total", "place", "tier", "awards"]
    return edited_by(text, document, told | {"publish": publish}).text


def test_only_what_was_changed_is_written_and_comments_stay() -> None:
    first = kept_scheme(NOTED)
    client, address = office(), reverse("scheme_settings", args=[first.pk])

    page = client.get(address)
    changed = fields(page) | {"weight-1-0": "30", "weight-2-0": "50", "zh-3": "满意度", "en-0": "Another"}
    kept = client.post(address, changed | {"do": "keep", "publish": ["place", "total"]}, follow=True)

    expected = (
        NOTED.replace("An invented assessment", "Another")
        .replace("measure: gdp, weight: 40", "measure: gdp, weight: 30")
        .replace("measure: rate, weight: 40", "measure: rate, weight: 50")
        .replace("people: {measure", "people: {name: 满意度, measure")
    )
    assert kept.context["version"].text == expected + "publish: [total, place]\n"
    assert kept.context["version"].number == 2
    assert "节点“output”：weight 由 40 改为 30" in kept.content.decode()
    assert Version.objects.for_the_program().get(number=1).text == NOTED
    assert Entry.objects.for_the_program().filter(action="scheme.keep", about="invented 2").count() == 1


def test_weights_that_do_not_add_up_are_told_beside_their_node_and_not_kept() -> None:
    first = kept_scheme()
    client, address = office(), reverse("scheme_settings", args=[first.pk])
    filled = fields(client.get(address)) | {"weight-3-0": "10"}

    refused = client.post(address, filled | {"do": "keep"})
    live = client.post(address, filled, headers={"HX-Request": "true"})

    told = refused.context["lines"][0]["told"]
    assert [finding["message"] for finding in told] == ["“total”下各项权重（all）合计90，应为100"]
    assert all(not line["told"] for line in refused.context["lines"][1:])
    assert 'name="weight-3-0" value="10"' in refused.content.decode()
    assert '<div id="beside-0" hx-swap-oob="true"><p class="fault">“total”下各项权重' in live.content.decode()
    assert "<html" not in live.content.decode()
    assert Version.objects.for_the_program().count() == 1


@pytest.mark.parametrize(("typed", "code"), [("很多", "QH"), ("-1", "QH"), ("", "QH202")])
def test_what_is_no_weight_is_told_beside_its_field_with_what_was_typed(typed: str, code: str) -> None:
    first = kept_scheme()
    client, address = office(), reverse("scheme_settings", args=[first.pk])

    page = client.post(address, fields(client.get(address)) | {"weight-2-0": typed, "do": "keep"})

    assert any(finding["code"].startswith(code) for finding in page.context["lines"][2]["told"])
    assert not page.context["lines"][1]["told"]
    assert page.context["lines"][2]["row"].weights[0].value == typed
    assert Version.objects.for_the_program().count() == 1


def test_of_two_who_change_a_scheme_the_second_is_told_and_sees_the_difference() -> None:
    first = kept_scheme()
    client, address = office(), reverse("scheme_settings", args=[first.pk])
    mine = fields(client.get(address)) | {"zh-1": "产出", "do": "keep"}
    theirs = kept_scheme(SCHEME.replace("满意度", "满意率"), seen=1)

    refused = client.post(address, mine)
    again = client.post(address, mine | {"seen": str(refused.context["seen"])}, follow=True)

    assert [finding["code"] for finding in refused.context["refused"]] == ["QH962"]
    assert "数据项“survey”：name 由 满意率 改为 满意度" in refused.content.decode()
    assert reverse("scheme_settings", args=[theirs.pk]) in refused.content.decode()
    assert (again.context["version"].number, "产出" in again.context["version"].text) == (3, True)


def test_a_form_that_changes_nothing_keeps_nothing() -> None:
    first = kept_scheme(NOTED)
    client, address = office(), reverse("scheme_settings", args=[first.pk])

    page = client.post(address, fields(client.get(address)) | {"do": "keep"})

    assert [finding["code"] for finding in page.context["refused"]] == ["QH961"]


def test_publishing_nothing_is_refused_by_the_scheme_itself() -> None:
    first = kept_scheme()
    client, address = office(), reverse("scheme_settings", args=[first.pk])
    filled = fields(client.get(address))
    filled["publish"] = []

    page = client.post(address, filled | {"do": "keep"})

    assert "publish" in page.content.decode()
    assert Version.objects.for_the_program().count() == 1


def test_weights_by_group_are_fields_of_their_own() -> None:
    assert edited(GROUPED, weight_3_1="45.50", weight_1_0="６０") == GROUPED.replace(
        "rate, weight: {towns: 40, parks: 50", "rate, weight: {towns: 40, parks: 45.5"
    )


def test_what_is_no_number_for_people_is_none_here() -> None:
    assert edited(GROUPED, weight_3_1="4_5") == GROUPED.replace(
        "rate, weight: {towns: 40, parks: 50", 'rate, weight: {towns: 40, parks: "4_5"'
    )


def test_weights_by_group_stand_beside_the_names_of_the_groups() -> None:
    document, scheme = read_text(GROUPED).document, read_text(GROUPED).scheme
    assert document is not None

    economy = rows_of(document, scheme)[1]
    assert [(field.called.zh, field.value) for field in economy.weights if field.called] == [
        ("镇", "60"),
        ("园区", "50"),
    ]


def test_names_in_one_language_or_both() -> None:
    assert edited(GROUPED, en_0="Groups") == GROUPED.replace("title: 分组", "title: {zh: 分组, en: Groups}")
    assert edited(EQUAL, zh_0="均权") == EQUAL.replace("{zh: 等权}", "均权")
    assert edited(EQUAL, zh_0="", en_0="Equal") == EQUAL.replace("{zh: 等权}", "{en: Equal}")
    assert edited(SCHEME, zh_0="新名", en_0="") == SCHEME.replace(
        "{zh: 虚构考核, en: An invented assessment}", "新名"
    )


def test_a_node_of_which_only_the_formula_is_written_is_written_out() -> None:
    document, scheme = read_text(EQUAL).document, read_text(EQUAL).scheme
    assert document is not None

    assert edited(EQUAL, zh_1="产出") == EQUAL.replace("output: gdp", "output: {measure: gdp, name: 产出}")
    assert [(row.code, row.depth, row.weights) for row in rows_of(document, scheme)] == [
        ("total", 0, ()),
        ("output", 1, ()),
        ("growth", 1, ()),
    ]


def test_a_version_that_is_not_there_has_no_form() -> None:
    assert office().get(reverse("scheme_settings", args=[999])).status_code == 404
