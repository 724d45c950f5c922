"""Every kind of page of the site, point by point of docs/reference/barriers.md."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest
from playwright.sync_api import Browser
from tests.web.barriers.walk import Walk, walk
from tests.web.barriers.world import ELSEWHERE
from tests.web.site.test_routes import ROUTES

_NO_PAGES: Final = frozenset(
    {
        # What changes something, or hands out a file.
        *("change_looks", "stay", "link_person", "activate_person", "bind_person", "check_scheme"),
        *(
            "move_round",
            "change_due",
            "template",
            "upload_figures",
            "preview",
            "start_run",
            "move_by_results",
        ),
        *("withdraw_part", "run_workbook", "stop_job", "send_back", "ask", "add_evidence"),
        *("withdraw_evidence", "move_appeal", "correct_by_appeal", "add_appeal_evidence"),
        *("appeal_evidence", "evidence", "note", "answer", "correct_round", "make_publication"),
        *("plan_publication", "publish_now", "drop_publication", "made_file", "published_file", "export_log"),
        *("mfa_download_recovery_codes", "board_picture", "own_picture"),
        "mfa_authenticate",  # there only in the midst of signing in, and like `mfa_reauthenticate`
    }
)


@pytest.fixture(scope="module")
def walked(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Go over all pages once for all tests of this module."""
    return walk(browser, tmp_path_factory.mktemp("walked") / "site")


def test_the_walk_goes_over_every_kind_of_page(walked: Walk) -> None:
    open_to_nobody = {name for name, (whom, _) in ROUTES.items() if not whom}
    for_strangers = {"published_round", "published_version"}
    pages = set(ROUTES) - (open_to_nobody - for_strangers) - ELSEWHERE - _NO_PAGES

    assert sorted(pages - set(walked.seen)) == []


def test_pages_have_no_faults_by_the_rules_of_axe(walked: Walk) -> None:
    assert walked.found["axe"] == []


def test_browsers_complain_of_nothing(walked: Walk) -> None:
    assert walked.found["errors"] == []


def test_nothing_plays_moves_or_leaves_by_itself(walked: Walk) -> None:
    assert walked.found["media"] + walked.found["moving"] == []


def test_pictures_say_what_they_show(walked: Walk) -> None:
    assert walked.found["pictures"] == []


def test_no_letters_stand_in_pictures(walked: Walk) -> None:
    assert walked.found["letters in pictures"] == []


def test_tables_have_a_name_and_heads_that_say_of_what(walked: Walk) -> None:
    assert walked.found["tables"] == []


def test_what_is_seen_first_is_read_first(walked: Walk) -> None:
    assert walked.found["order"] == []


def test_words_do_not_point_by_colour_or_side(walked: Walk) -> None:
    assert walked.found["senses"] == []


def test_links_in_text_are_underlined(walked: Walk) -> None:
    assert walked.found["colour"] == []


def test_fields_about_oneself_say_their_purpose_to_the_browser(walked: Walk) -> None:
    assert walked.found["purpose"] == []


def test_fields_and_buttons_stand_out_three_to_one(walked: Walk) -> None:
    assert walked.found["edges"] == []


def test_letters_twice_as_large_are_not_cut_off(walked: Walk) -> None:
    assert walked.found["large letters"] == []


def test_pages_fit_into_320_pixels(walked: Walk) -> None:
    assert walked.found["narrow"] == []


def test_letters_with_more_room_are_not_cut_off(walked: Walk) -> None:
    assert walked.found["spaced"] == []


def test_nothing_appears_only_under_a_pointer(walked: Walk) -> None:
    assert walked.found["hovering"] == []


def test_everything_is_reached_by_tab(walked: Walk) -> None:
    assert walked.found["keyboard"] == []


def test_the_focus_goes_on_to_the_end_of_the_page(walked: Walk) -> None:
    assert walked.found["trap"] == []


def test_the_focus_follows_the_order_of_the_page(walked: Walk) -> None:
    assert walked.found["focus order"] == []


def test_the_focus_is_seen(walked: Walk) -> None:
    assert walked.found["focus seen"] == []


def test_the_focus_is_not_covered(walked: Walk) -> None:
    assert walked.found["focus covered"] == []


def test_no_single_key_does_anything(walked: Walk) -> None:
    assert walked.found["shortcuts"] == []


def test_the_first_thing_on_every_page_leads_to_the_content(walked: Walk) -> None:
    assert walked.found["skip"] == []


def test_every_page_has_a_title_of_its_own(walked: Walk) -> None:
    versions = {"published_version"}  # the newest version is the page of the round
    titles = Counter(title for name, title in walked.seen.items() if name not in versions)
    assert [title for title, count in titles.items() if count > 1] == []


def test_links_say_where_they_lead(walked: Walk) -> None:
    assert walked.found["links"] == []


def test_what_is_seen_is_what_is_said_of_links_and_buttons(walked: Walk) -> None:
    assert walked.found["spoken names"] == []


def test_nothing_has_to_be_dragged(walked: Walk) -> None:
    assert walked.found["dragging"] == []


def test_pages_and_the_other_language_say_their_language(walked: Walk) -> None:
    assert walked.found["language"] == []


def test_choosing_sends_nothing(walked: Walk) -> None:
    assert walked.found["choosing"] == []


def test_the_menu_and_help_stand_at_the_same_place_on_every_page(walked: Walk) -> None:
    for role, frames in walked.frames.items():
        assert [frame for frame in frames if frame != frames[0]] == [], role
        assert ["/help/" in [address for _, address in frame] for frame in frames[:1]] == [True], role


def test_the_start_page_leads_to_all_that_the_menu_does(walked: Walk) -> None:
    assert len(walked.home) == 6
    for role, addresses in walked.home.items():
        menu = {address for _, address in walked.frames[f"{role} en"][0]} - {"/help/", "/published/"}
        assert menu <= set(addresses), role


def test_no_name_of_a_part_stands_twice(walked: Walk) -> None:
    assert walked.found["ids"] == []
