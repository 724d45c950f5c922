"""Whoever does nothing for long is told before the site signs them out, and stays by one key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from tests.accessibility import violations
from tests.web.people_of_all_roles import signed_in, somebody
from tests.web.serving import served

from quanheng.web.site.demonstration import PASSWORD

_FIELD: Final = "#id_oldpassword"
_SEEN: Final = "quanheng-seen"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a demonstration, in which 30 minutes are let pass."""
    with served(tmp_path_factory.mktemp("time") / "site", "--demo") as told:
        yield told["url"].rstrip("/")


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """Yield a page of somebody signed in, with a clock that the test moves."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="zh-CN")
    page = context.new_page()
    page.clock.install()
    page.goto(f"{site}/account/login/?next=/account/password/change/")
    page.fill("#id_login", "leader")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(f"{site}/account/password/change/")
    yield page
    context.close()


def _minutes(page: Page, minutes: float) -> None:
    page.clock.fast_forward(int(minutes * 60_000))


def test_it_is_told_two_minutes_before_and_one_key_is_enough(page: Page) -> None:
    bar = page.locator("#idle")
    page.locator(_FIELD).focus()
    _minutes(page, 26.9)
    assert not bar.is_visible()

    _minutes(page, 0.2)  # 29 are sure, as the site keeps the moment by the minute
    expect(bar).to_be_visible()
    assert "自动退出" in bar.locator("[role=alert]").inner_text()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    before = page.evaluate("document.activeElement.id")
    bar.locator("button").focus()
    with page.expect_response("**/stay/") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 204

    expect(bar).to_be_hidden()
    _minutes(page, 26.9)
    assert not bar.is_visible()
    assert before.startswith("id_")


def test_who_types_is_not_idle(page: Page) -> None:
    page.locator(_FIELD).fill("something")

    with page.expect_response("**/stay/"):
        _minutes(page, 27.1)

    assert not page.locator("#idle").is_visible()


def test_another_tab_counts(page: Page, site: str) -> None:
    _minutes(page, 20)
    other = page.context.new_page()
    other.clock.install(time=page.evaluate("Date.now()"))
    other.goto(f"{site}/")
    _minutes(page, 8)

    assert not page.locator("#idle").is_visible()


def test_it_is_told_that_the_time_is_over_and_where_to_sign_in(page: Page) -> None:
    page.locator(_FIELD).evaluate("one => { one.value = 'typed' }")
    _minutes(page, 29.1)

    assert "已退出登录" in page.inner_text("#idle [role=alert]")
    assert page.get_attribute("#idle a", "href") == "/account/login/?next=/account/password/change/"
    assert not page.locator("#idle button").is_visible()
    assert page.input_value(_FIELD) == "typed"


def test_asking_to_stay_counts_as_something_done(settings: Settings) -> None:
    settings.IDLE = dt.timedelta(minutes=30)
    client = signed_in(somebody("reporter"))
    client.get("/")
    session = client.session
    long_ago = timezone.now() - dt.timedelta(minutes=29)
    session[_SEEN] = long_ago.isoformat()
    session.save()

    assert client.post(reverse("stay")).status_code == 204

    assert dt.datetime.fromisoformat(client.session[_SEEN]) - long_ago > dt.timedelta(minutes=28)


def test_who_is_signed_out_does_not_stay() -> None:
    assert Client().post(reverse("stay")).headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize(("minutes", "seconds"), [(30, 1740), (1, 45), (2, 90)])
def test_pages_know_for_how_long_they_keep_somebody_signed_in(
    minutes: int, seconds: int, settings: Settings
) -> None:
    settings.IDLE = dt.timedelta(minutes=minutes)

    shown = signed_in(somebody("reporter")).get("/").content.decode()

    assert f'data-seconds="{seconds}"' in shown
