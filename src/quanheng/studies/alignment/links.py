"""Who answers for what: the map between two schemes, confirmed in a file or proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.nearest import did_you_mean
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Indicator, Scheme
from quanheng.studies.alignment.form import LinkForm
from quanheng.studies.alignment.similarity import Likeness, likeness_of

NOT_THERE: Final = Kind(
    code="QH790",
    severity="error",
    en="{where_in}: {what} '{name}' is not there{offer}",
    zh="{where_in}：没有{what}“{name}”{offer}",
    hint_en="write its code or name as it stands in the scheme",
    hint_zh="请按方案写代码或名称",
)
WRITTEN_WRONG: Final = Kind(
    code="QH791",
    severity="error",
    en="{where_in}: {why}",
    zh="{where_in}：{why}",
    hint_en="'quanheng schema --study alignment' says what may be written",
    hint_zh="可写的内容见 quanheng schema --study alignment",
)
UNCONFIRMED: Final = Kind(
    code="QH792",
    severity="note",
    en="{count} of {whole} indicators above are mapped by proposal, and nobody has confirmed it",
    zh="上级{whole}个指标中有{count}个的对应为程序建议，尚未确认",
    hint_en="copy the rows you agree with from 'links' into the map of a study file; 'lower: []' for none",
    hint_zh="请把认可的对应写入研究文件的对应表（map）；确认无承接的，下级写空（lower: []）",
)
_THE_SAME: Final = 1.0 - 1e-9


class Link(Value):
    """That `lower` answers for `upper`, or that nobody does (None), and how that is known."""

    upper: Indicator
    lower: Indicator | None
    confirmed: bool
    likeness: Likeness | None


@dataclass(slots=True, kw_only=True)
class Mapping:
    """The map while it is made."""

    above: Scheme
    ours: Scheme
    propose_from: float
    findings: list[Finding] = field(default_factory=list)

    def links(self, forms: Sequence[LinkForm]) -> tuple[Link, ...]:
        """Return a link for each pair, and one for each indicator above that nobody answers for.

        Raises:
            FindingsError: the map names what is not there.
        """
        confirmed = self._confirmed(forms)
        require_no_errors(self.findings)
        found = [
            link
            for upper in self.above.indicators
            for link in (confirmed[upper.code] if upper.code in confirmed else self._proposed(upper))
        ]
        open_ones = len(self.above.indicators) - len(confirmed)
        if open_ones:
            self.findings.append(UNCONFIRMED.at(count=open_ones, whole=len(self.above.indicators)))
        return tuple(found)

    def _confirmed(self, forms: Sequence[LinkForm]) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = {}
        for number, form in enumerate(forms, 1):
            where = f"map[{number}]"
            upper = self._named(form.upper, self.above, Text(en="indicator above", zh="上级指标"), where)
            what = Text(en="indicator of ours", zh="本级指标")
            lower = [self._named(name, self.ours, what, where) for name in form.lower]
            if upper is None:
                continue
            if upper.code in found:
                why = Text(en=f"'{upper.code}' is mapped twice", zh=f"“{upper.code}”写了两次")
                self.findings.append(WRITTEN_WRONG.at(where_in=where, why=why))
            known = [each for each in lower if each is not None]
            found[upper.code] = [
                Link(upper=upper, lower=each, confirmed=True, likeness=self._alike(upper, each))
                for each in known
            ] or [Link(upper=upper, lower=None, confirmed=True, likeness=None)]
        return found

    def _proposed(self, upper: Indicator) -> Iterator[Link]:
        alike = [(lower, self._alike(upper, lower)) for lower in self.ours.indicators]
        near = [(lower, like) for lower, like in alike if like.whole >= self.propose_from]
        near.sort(key=lambda pair: -pair[1].whole)
        same = [(lower, like) for lower, like in near if like.whole >= _THE_SAME]
        near = same or near  # beside its own likeness in items and name no other one is proposed
        for lower, like in near:
            yield Link(upper=upper, lower=lower, confirmed=False, likeness=like)
        if not near:
            yield Link(upper=upper, lower=None, confirmed=False, likeness=None)

    def _alike(self, upper: Indicator, lower: Indicator) -> Likeness:
        return likeness_of(upper, self.above, lower, self.ours)

    def _named(self, name: str, scheme: Scheme, what: Text, where: str) -> Indicator | None:
        for indicator in scheme.indicators:
            if name in (indicator.code, indicator.name.zh, indicator.name.en):
                return indicator
        known = [indicator.code for indicator in scheme.indicators]
        offer = did_you_mean(name, known)
        self.findings.append(NOT_THERE.at(where_in=where, what=what, name=name, offer=offer))
        return None
