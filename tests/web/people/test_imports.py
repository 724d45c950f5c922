"""People from a workbook: what is right is taken in whole, what is wrong is told with its cell."""

from __future__ import annotations

import io
from typing import cast

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.people_of_all_roles import NOW, actor, signed_in, somebody

from quanheng.findings.finding import FindingsError
from quanheng.web.audit.models import Entry
from quanheng.web.people.domain.accounts import particulars_of
from quanheng.web.people.domain.imports import check_import, import_people
from quanheng.web.people.models import Account, Responsibility, Unit
from quanheng.web.people.staff import read_staff

UNITS = [["单位", "名称"], ["T1", "镇一"], ["T2", "镇二"]]
PEOPLE = [
    ["登录名", "姓名", "角色", "单位", "电子邮箱"],
    ["chen", "陈某", "填报人、被考核单位", "镇一", "chen@example.org"],
    ["Li", "李某", "leader", "", ""],
]
WORK = [["登录名", "指标", "单位"], ["chen", "gdp、tax", "T1，镇二"], ["chen", "jobs", ""]]


def workbook(*sheets: list[list[str]]) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return written.getvalue()


def taken(*sheets: list[list[str]]) -> None:
    staff, findings = read_staff(workbook(*sheets), file="people.xlsx")
    assert findings == ()
    import_people(by=actor("administrator"), at=NOW, staff=staff, file="people.xlsx")


def told(*sheets: list[list[str]]) -> list[str]:
    """Return the findings as `code place`; nothing is taken in if one is an error."""
    staff, findings = read_staff(workbook(*sheets), file="p.xlsx")
    found = [f"{finding.code} {finding.where}" for finding in (*findings, *check_import(staff))]
    before = Account.objects.for_the_program().count()
    if any(finding.severity == "error" for finding in check_import(staff)):
        with pytest.raises(FindingsError):
            import_people(by=actor("administrator"), at=NOW, staff=staff, file="p.xlsx")
        assert Account.objects.for_the_program().count() == before
    return found


def test_units_people_and_responsibilities_are_taken_in() -> None:
    taken(UNITS, PEOPLE, WORK)

    chen = particulars_of(Account.objects.for_the_program().get(code="chen"))
    li = Account.objects.for_the_program().get(code="li")
    lines = Responsibility.objects.for_the_program().values_list("account__code", "item", "unit_id")
    assert (chen.name, chen.roles, chen.units) == ("陈某", frozenset({"reporter", "unit"}), frozenset({"T1"}))
    assert (li.roles, li.has_usable_password()) == (frozenset({"leader"}), False)
    assert sorted(map(str, lines)) == [
        "('chen', 'gdp', 'T1')",
        "('chen', 'gdp', 'T2')",
        "('chen', 'jobs', None)",
        "('chen', 'tax', 'T1')",
        "('chen', 'tax', 'T2')",
    ]


def test_the_same_workbook_twice_adds_nothing() -> None:
    taken(UNITS, PEOPLE, WORK)
    taken(UNITS, PEOPLE, WORK)

    counts = [model.objects.for_the_program().count() for model in (Unit, Account, Responsibility)]
    assert counts == [2, 2, 5]


def test_what_is_there_and_differs_is_not_changed() -> None:
    taken(UNITS, PEOPLE)

    changed = [PEOPLE[0], ["li", "李四", "leader", "", ""]]
    assert told(changed) == ["QH950 p.xlsx!Sheet1!A2"]
    assert told([UNITS[0], ["T1", "镇三"]]) == ["QH950 p.xlsx!Sheet1!A2"]
    assert Account.objects.for_the_program().get(code="li").name == "李某"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["Wang W", "王某", "leader", "", ""], "QH932 p.xlsx!Sheet2!A2"),
        (["wang", "", "leader", "", ""], "QH934 p.xlsx!Sheet2!A2"),
        (["wang", "王某", "boss", "", ""], "QH949 p.xlsx!Sheet2!C2"),
        (["wang", "王某", "administrator、office", "", ""], "QH936 p.xlsx!Sheet2!A2"),
        (["wang", "王某", "unit", "", ""], "QH937 p.xlsx!Sheet2!A2"),
        (["wang", "王某", "unit", "镇九", ""], "QH939 p.xlsx!Sheet2!D2"),
        (["wang", "王某", "leader", "T1", ""], "QH938 p.xlsx!Sheet2!A2"),
        (["wang", "王某", "leader", "", "no address"], "QH955 p.xlsx!Sheet2!A2"),
    ],
)
def test_what_is_wrong_with_a_person_is_told_with_its_cell(row: list[str], expected: str) -> None:
    assert expected in told(UNITS, [PEOPLE[0], row])


def test_a_code_that_stands_twice_is_refused_and_a_name_is_told() -> None:
    one = ["wang", "王某", "leader", "", ""]

    assert told([PEOPLE[0], one, one]) == ["QH951 p.xlsx!Sheet1!A3"]
    assert told([PEOPLE[0], one, ["wang2", *one[1:]]]) == ["QH952 p.xlsx!Sheet1!A2", "QH952 p.xlsx!Sheet1!A3"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["nobody", "gdp", ""], "QH953"),
        (["li", "gdp", ""], "QH954"),
        (["chen", "", "T1"], "QH955"),
        (["chen", "gdp", "T9"], "QH939"),
    ],
)
def test_what_is_wrong_with_a_responsibility_is_told(row: list[str], expected: str) -> None:
    assert [code.split()[0] for code in told(UNITS, PEOPLE, [WORK[0], row])] == [expected]


def test_a_name_of_two_units_names_none() -> None:
    twins = [UNITS[0], ["T1", "镇一"], ["T2", "镇一"]]

    assert "QH896 p.xlsx!Sheet2!D2" in told(twins, PEOPLE)


def test_a_sheet_of_something_else_is_told() -> None:
    assert told([["月份", "数值"], ["1", "2"]]) == ["QH948 p.xlsx!Sheet1"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"code,name,roles\n"])
def test_a_file_that_is_no_workbook_is_told_on_the_page_and_changes_nothing(content: bytes) -> None:
    client = signed_in(somebody("administrator"))
    file = SimpleUploadedFile("people.xlsx", content)

    page = client.post(reverse("import_people"), {"workbook": file, "do": "import"})

    assert page.status_code == 200
    assert "taken" not in page.context
    assert Account.objects.for_the_program().count() == 1


def test_the_page_checks_first_and_then_takes_in_with_links() -> None:
    client = signed_in(somebody("administrator", code="admin"))

    def send(do: str, what: str) -> object:
        file = SimpleUploadedFile("人员.xlsx", workbook(UNITS, PEOPLE, WORK))
        return client.post(reverse("import_people"), {"workbook": file, "do": do}).context[what]

    assert send("check", "checked") == {"units": 2, "people": 2, "responsibilities": 3}
    assert Account.objects.for_the_program().count() == 1

    links = cast(list[dict[str, str]], send("import", "links"))
    assert [row["code"] for row in links] == ["chen", "li"]
    assert client.get(links[0]["link"]).status_code == 200
    entry = Entry.objects.for_the_program().latest("id")
    assert (entry.action, entry.about) == ("people.import", "人员.xlsx")


def test_only_an_administrator_takes_people_in() -> None:
    staff, _ = read_staff(workbook(UNITS, PEOPLE), file="p.xlsx")

    with pytest.raises(FindingsError):
        import_people(by=actor("office"), at=NOW, staff=staff, file="p.xlsx")
    assert not Account.objects.for_the_program().exists()


def test_names_that_act_are_refused_and_what_came_along_unseen_is_left_out() -> None:
    found = told(
        [["单位", "名称"], ["T1", "镇\u202e一"], ["T2", "镇\u200b\n二"], ["@T3", "镇三"]],
        [PEOPLE[0], ["chen", "陈\u202e某", "填报人", "", ""]],
    )
    taken([["单位", "名称"], ["T2", "镇\u200b\n二"]])

    assert found == ["QH453 p.xlsx!Sheet1!A4", "QH640 p.xlsx!Sheet1!B2", "QH895 p.xlsx!Sheet2!A2"]
    assert Unit.objects.for_the_program().get(code="T2").name == "镇 二"


def test_what_is_only_told_is_told_where_people_are_taken_in_without_a_look_before() -> None:
    client = signed_in(somebody("administrator"))
    twins = [PEOPLE[0], ["chen", "陈某", "填报人", "", ""], ["chen2", "陈某", "填报人", "", ""]]
    file = SimpleUploadedFile("people.xlsx", workbook(twins))

    page = client.post(reverse("import_people"), {"workbook": file, "do": "import"}).content.decode()

    assert "已导入：单位0个、人员2人" in page
    assert "与“chen2”同名" in page
