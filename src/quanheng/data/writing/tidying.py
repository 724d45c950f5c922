"""What a killed command left behind: an unfinished change is finished or taken back, the rest is removed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from quanheng.data.writing.places import folders_of
from quanheng.data.writing.workshops import abandoned, closed, has_journal
from quanheng.data.writing.writing import Writing
from quanheng.findings.text import Text

_ASIDE: Final = "unfinished-"
"""What the name of a folder begins with to which an unfinished change goes that a person has to look at."""


def tidy(place: Path, writing: Writing) -> None:
    """Finish what was begun at `place` and the book around it, and remove what no living process owns.

    Both are told.

    Raises:
        OSError: a change cannot be finished now, for a file is open elsewhere; the next command tries again.
    """
    removed = 0
    for folder in folders_of(place):
        for workshop in abandoned(folder):
            if has_journal(workshop):
                _settle(workshop, writing)
            else:
                removed += 1
            closed(workshop)
    if removed:
        writing.tell(
            Text(
                en=f"removed what {removed} broken-off command{'' if removed == 1 else 's'} had left behind",
                zh=f"已清理 {removed} 个中断的命令留下的临时文件",
            )
        )


def finish_begun(place: Path, writing: Writing) -> None:
    """Finish or take back what was begun at `place` and the book around it; nothing else is touched.

    That is for those who only read: what cannot be settled now is told and left to the next who writes.
    """
    for folder in folders_of(place):
        try:
            for workshop in abandoned(folder, only=has_journal):
                _settle(workshop, writing)
                closed(workshop)
        except OSError as error:
            writing.tell(
                Text(
                    en=f"{folder}: an earlier command was broken off, and what it had begun cannot be "
                    f"finished now ({error.strerror})",
                    zh=f"{folder}：此前的命令中断，其改动目前无法完成（{error.strerror}）",
                )
            )


def _settle(workshop: Path, writing: Writing) -> None:
    """Finish the change; if somebody changed one of the files since, take it back, or lay it aside."""
    from quanheng.data.writing.journal import journal_in  # noqa: PLC0415  few commands find one

    journal = journal_in(workshop)
    if journal is None:
        _lay_aside(workshop, Text(en="a command", zh="某个命令"), writing)
        return
    about = ", ".join(journal.names)
    changed = tuple(journal.changed_since())
    if journal.is_back:
        journal.take_back()
        writing.tell(
            Text(
                en=f"took back what '{journal.command}' had begun when it was broken off: {about}",
                zh=f"“{journal.command}”此前中断，现已撤回其改动：{about}",
            )
        )
    elif not changed:
        journal.finish()
        writing.tell(
            Text(
                en=f"finished what '{journal.command}' had begun when it was broken off: {about}",
                zh=f"“{journal.command}”此前中断，现已完成其改动：{about}",
            )
        )
    elif not any(journal.changed_after()):
        journal.take_back()
        why = ", ".join(changed)
        writing.tell(
            Text(
                en=f"took back what '{journal.command}' had begun when it was broken off, for {why} was "
                f"changed since: {about}",
                zh=f"“{journal.command}”此前中断，其后 {why} 已有改动，现已撤回其改动：{about}",
            )
        )
    else:
        _lay_aside(workshop, Text(en=f"'{journal.command}'", zh=f"“{journal.command}”"), writing)


def _lay_aside(workshop: Path, command: Text, writing: Writing) -> None:
    """Leave the old and the new files to a person, who alone can say which of them count."""
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=workshop.parent))
    workshop.rename(aside / "change")
    writing.tell(
        Text(
            en=f"{command.en} was broken off, and the files were changed since: compare them with the old "
            f"and the new ones in {aside}",
            zh=f"{command.zh}此前中断，其后相关文件又有改动：请与 {aside} 中的新旧文件核对",
        )
    )
