"""The period that a title, the name of a sheet or of a file tells: `2023年1-5月各镇主要指标`, `gdp_2022`.

Years that are not the table's own are not taken for it: those of a plan or a base, of a comparison, of a
document's number, of the day on which a form was filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from quanheng.findings.patterns import bounded
from quanheng.findings.value import Value
from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.periods.spellings import SIGNS, Spelled, spelled
from quanheng.periods.widths import to_half_width

_LONGEST: Final = 200
"""So many characters of a line are looked at."""
_YEARS: Final = range(1900, 2200)


class Mention(Value):
    """A period that a text mentions, and the words that do.

    `sure` is false for four digits among other words, as in `gdp_2022`, which may be a year or not. `whole`
    tells that the words mean the whole year and no part of it: `全年`.
    """

    words: str
    spelled: Spelled
    sure: bool = True
    whole: bool = False


_SPAN: Final = "(?:[-—–~]{1,2}|至|到)"
_Y: Final = "(?:19|20|21)[0-9]{2}"
_MADE: Final = (
    "填报|填表|制表|上报|报送|打印|编制|编印|印发|发布|公布|更新|下载|导出|生成|审核|签发|修订|修改"
)
_NOT_ITS_OWN: Final = bounded(
    "|".join(
        (
            # the day or month on which it was made
            f"(?:{_MADE})(?:日期|时间|日|年月|于)?[:\\s]*{_Y}[年./-][0-9]{{1,2}}(?:[月./-][0-9]{{1,2}}日?|月)?",
            f"{_Y}年[0-9]{{1,2}}月[0-9]{{0,2}}日?(?:{_MADE})",
            # the number of a document
            f"[\\[〔(]{_Y}[\\]〕)](?=第?[0-9]+号)",
            # a stretch of years
            f"{_Y}年?(?:{_SPAN}|/){_Y}(?:年度?)?",
            f"{_Y}(?:年度?)?{_SPAN}{_Y}(?:年度?)?",
            f"{_Y}[/-][0-9]{{2}}年度",
            # a base, prices, what is compared with
            f"(?:以|按|按照){_Y}年?(?=为|作|可比|不变|价)",
            f"{_Y}年?(?=[为作]?基|[为作]?参照|不变价|可比价|价格|版|修订|第[0-9一二三四五六七]次|\\s*=\\s*100)",
            f"(?:较|比|对比|相比|与|同比|去年|上年){_Y}年(?:[0-9]{{1,2}}月)?",
            f"(?i:base|constant|prices?|ppp|edition|version|revised|since|versus|vs|than|from|until|to)\\W{{1,3}}{_Y}",
            f"{_Y}\\W{{0,3}}(?i:base|constant|prices?|ppp|edition|version|dollars|us\\$|int)",
        )
    ),
    most=500,
)
_YEARS_TO_YEARS: Final = bounded(f"{_Y}年?(?:{_SPAN}|/){_Y}(?:年度?)?", most=500)
_PART: Final = (
    f"(?:(?:前(?:[一二两三123])个?季度|前[0-9]{{1,2}}个?月|[0-9]{{1,2}}月?份?{_SPAN}[0-9]{{1,2}}月"
    f"|[上下]半年|第?[1-4一二三四](?:{_SPAN}[1-4一二三四])?季度|全年|[0-9]{{1,2}}月)(?:份|末|底)?(?![0-9]*[日号]))"
)
_NUMERAL_MONTH: Final = "[一二三四五六七八九十]{1,2}月(?:份|末|底)?"
_CODED: Final = "(?:[QqHh][1-4]|[1-4][QqHh])"
_ENGLISH_MONTH: Final = (
    "(?i:january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_MENTIONED: Final = bounded(
    "|".join(
        (
            f"(?P<ends>(?<![0-9]){_Y}[年./-][0-9]{{1,2}}月?{_SPAN}{_Y}[年./-][0-9]{{1,2}}月?)",
            f"(?P<day>(?<![0-9]){_Y}(?:年[0-9]{{1,2}}月|-[0-9]{{1,2}}-|/[0-9]{{1,2}}/|[.][0-9]{{1,2}}[.])[0-9]{{1,2}}日?)",
            f"(?P<part>(?<![0-9]){_Y}年?度?[-_ ]?(?:{_PART}|{_NUMERAL_MONTH}))",
            f"(?P<coded>(?<![0-9]){_Y}年?[-_ ]?{_CODED}(?![A-Za-z0-9]))",
            f"(?P<coded_first>(?<![A-Za-z0-9]){_CODED}[-_ ]?{_Y}(?![0-9]))",
            f"(?P<english>(?<![0-9]){_Y}[-_., ]{{0,2}}{_ENGLISH_MONTH}(?![A-Za-z]))",
            f"(?P<english_first>(?<![A-Za-z]){_ENGLISH_MONTH}[-_., ]{{0,2}}{_Y}(?![0-9]))",
            f"(?P<digits>(?<![0-9.])(?<![0-9]-){_Y}(?:[-./][0-9]{{1,2}}|(?:0[1-9]|1[0-2]))(?![0-9.%-]))",
            f"(?P<year>(?<![0-9]){_Y}年(?:度|末|底)?)",
            f"(?P<alone>(?<![0-9]){_PART})",
            f"(?P<bare>(?<![0-9.,]){_Y}(?![0-9.,%\u4e00-\u9fff]))",
        )
    ),
    most=500,
)
_AROUND_CHINESE: Final = bounded(r"(?<=[^\x00-\x7f])\s+|(?<!\s)\s++(?=[^\x00-\x7f])", most=500)


def mentions_in(text: str) -> tuple[Mention, ...]:
    """Return the periods that `text` mentions as its own, each once.

    Examples:
        >>> [found.words for found in mentions_in("2023年1月税收完成情况（以2020年为基期）")]
        ['2023年1月']
        >>> [(found.words, found.sure) for found in mentions_in("gdp_2022")]
        [('2022', False)]
    """
    tidy = _AROUND_CHINESE.sub("", to_half_width(text[:_LONGEST]).strip())
    whole = spelled(tidy)
    if whole is not None and (whole.year is None or whole.year in _YEARS):
        return (Mention(words=tidy, spelled=whole, whole="全年" in tidy),)
    if SIGNS.isdisjoint(tidy):
        return ()
    found = {mention.spelled: mention for mention in _each(_NOT_ITS_OWN.sub(" | ", tidy))}
    return tuple(found.values())


def told_by(text: str) -> Mention | None:
    """Return the one period that `text` tells as its own; None if it tells none, or several.

    A year and a part of a year, `2023年度情况表（1-6月）`, are one period.

    Examples:
        >>> told_by("2023年度情况表（1-5月）").spelled
        Spelled(year=2023, first_month=5, length_months=1, since_january=True)
        >>> told_by("2022年、2023年对照") is None
        True
    """
    found = mentions_in(text)
    if any(mention.sure for mention in found):
        found = tuple(mention for mention in found if mention.sure)
    years = {mention.spelled.year for mention in found} - {None}
    if len(years) > 1:
        return None
    year = next(iter(years), None)
    parts = [mention for mention in found if not _is_year(mention)]
    if not parts:
        return found[0] if found else None
    together = {_of_year(mention.spelled, year): mention for mention in parts}
    if len(together) > 1:
        return None
    ((meant, mention),) = together.items()
    return replace(mention, spelled=meant)


def without_periods(text: str) -> str:
    """Return `text` without the periods that it mentions, stretches of years and what joins them.

    Examples:
        >>> [without_periods(text) for text in ("v_2022-2023", "2023年5月产值", "东港镇")]
        ['v', '产值', '东港镇']
    """
    bare = _YEARS_TO_YEARS.sub("", _AROUND_CHINESE.sub("", to_half_width(text[:_LONGEST]).strip()))
    for mention in mentions_in(bare):
        bare = bare.replace(mention.words, "")
    return bare.strip("_-. ()[]")


def _each(text: str) -> Iterator[Mention]:
    for match in _MENTIONED.finditer(text):
        words = match[0]
        match match.lastgroup:
            case "day":
                # a day alone is no period: it says when something was, not of when the figures are
                continue
            case "bare":
                yield Mention(words=words, spelled=Spelled(year=int(words)), sure=False)
            case _:
                meant = spelled(words.replace("_", "").replace(" ", ""))
                if meant is not None and (meant.year is None or meant.year in _YEARS):
                    yield Mention(words=words, spelled=meant, whole="全年" in words)


def _is_year(mention: Mention) -> bool:
    return mention.spelled.length_months == MONTHS_A_YEAR and not mention.spelled.since_january


def _of_year(meant: Spelled, year: int | None) -> Spelled:
    return replace(meant, year=meant.year or year)
