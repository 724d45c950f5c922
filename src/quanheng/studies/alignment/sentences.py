"""What an alignment found, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from quanheng.findings.text import Text
from quanheng.scheme.tree.scheme import Indicator
from quanheng.studies.alignment.effort import Outlook
from quanheng.studies.alignment.links import Link
from quanheng.studies.alignment.tables import called
from quanheng.studies.alignment.weights import Pull

_NAMED: Final = 3
_NOTHING: Final = Text(
    en="No unit that falls short of a target would add anything above by reaching it.",
    zh="没有哪个单位补上目标差距能使上级得分增加。",
)


def of_unanswered(links: Sequence[Link], whole: int) -> Text:
    """Return which indicators above nobody answers for."""
    nobody = [link.upper for link in links if link.lower is None]
    if not nobody:
        return Text(
            en=f"All {whole} indicators above have one of ours that answers for them.",
            zh=f"上级{whole}个指标均有本级指标承接。",
        )
    listed = _listed(nobody)
    return Text(
        en=f"{len(nobody)} of {whole} indicators above have nobody here who answers for them: {listed.en}.",
        zh=f"上级{whole}个指标中有{len(nobody)}个无人承接：{listed.zh}。",
    )


def of_proposals(links: Sequence[Link]) -> tuple[Text, ...]:
    """Return that nothing of the map is confirmed, where that is so."""
    if any(link.confirmed for link in links):
        return ()
    return (
        Text(
            en="Nothing of this map is confirmed: it is proposed from items and names.",
            zh="以上对应均未确认：由数据项和名称建议而来。",
        ),
    )


def of_weights(pulls: Sequence[Pull], names: Mapping[str, Indicator]) -> Text:
    """Return where weights pull apart most."""
    known = [pull for pull in pulls if pull.difference is not None and pull.lower]
    if not known:
        return Text(en="There are no weights that could be compared.", zh="没有可对照的权重。")
    most = max(known, key=lambda pull: abs(pull.difference or 0.0))
    if not most.difference:
        return Text(en="Weights above and here are the same.", zh="上级与本级的权重一致。")
    name = called(names[most.upper])
    above, ours = f"{100 * (most.above or 0.0):.1f}%", f"{100 * (most.ours or 0.0):.1f}%"
    return Text(
        en=f"Weights pull apart most at '{name.en}': {above} of the total above, {ours} in group "
        f"{most.group!r}.",
        zh=f"权重相差最大的是“{name.zh}”：上级占{above}，本级“{most.group}”组占{ours}。",
    )


def of_idle(idle: Sequence[tuple[str, Indicator]], shares: Mapping[str, Mapping[str, float | None]]) -> Text:
    """Return how much of our weight serves nothing above."""
    if not idle:
        return Text(en="All of ours serve something above.", zh="本级指标均承接上级。")
    parts = []
    for group in dict.fromkeys(group for group, _ in idle):
        whole = sum(shares[group].get(own.code) or 0.0 for of, own in idle if of == group)
        parts.append((group, f"{100 * whole:.1f}%"))
    return Text(
        en=f"Weight that serves nothing above: {', '.join(f'{part} in {group!r}' for group, part in parts)}.",
        zh=f"不承接上级的权重：{'，'.join(f'“{group}”组{part}' for group, part in parts)}。",
    )


def of_outlook(outlook: Outlook, names: Mapping[str, str], items: Mapping[str, Text]) -> tuple[Text, Text]:
    """Return how the district would score above, and whose effort is worth most."""
    places = Text()
    if outlook.place_now is not None:
        places = Text(
            en=f", place {outlook.place_now} → {outlook.place_then}",
            zh=f"，位次{outlook.place_now} → {outlook.place_then}",
        )
    share = Text()
    if outlook.share is not None and outlook.share < 1.0 - 1e-9:
        part = f"{100 * outlook.share:.1f}%"
        share = Text(en=f" ({part} of the weight above can be scored)", zh=f"（上级权重中可计分的占{part}）")
    score = f"{outlook.now:.6g} → {outlook.then:.6g}"
    best = [effort for effort in outlook.efforts if effort.gain > 0.0][:_NAMED]
    if not best and outlook.now == outlook.then:
        return (
            Text(
                en=f"As figures stand, the district scores {outlook.now:.6g} above{places.en}{share.en}.",
                zh=f"按现有数据，本地区上级得分{outlook.now:.6g}{places.zh}{share.zh}。",
            ),
            _NOTHING,
        )
    whole = Text(
        en=f"If all units hit their targets, the district scores {score} above{places.en}{share.en}.",
        zh=f"各单位均完成目标时，本地区上级得分{score}{places.zh}{share.zh}。",
    )
    if not best:
        return whole, _NOTHING
    listed = [
        (
            names[effort.unit],
            items[effort.item],
            f"{effort.before:.6g} → {effort.after:.6g}",
            f"{effort.gain:+.4g}",
        )
        for effort in best
    ]
    en = "; ".join(f"{unit}: {item.en or item.zh} {move} ({gain})" for unit, item, move, gain in listed)
    zh = "；".join(f"{unit}的{item.zh or item.en}{move}（{gain}）" for unit, item, move, gain in listed)
    return whole, Text(en=f"Worth most above: {en}.", zh=f"对上级最值的是：{zh}。")


def _listed(indicators: Sequence[Indicator]) -> Text:
    named = [called(indicator) for indicator in indicators]
    return Text(en=", ".join(name.en for name in named), zh="、".join(name.zh for name in named))
