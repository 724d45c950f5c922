"""The page of help: for each role what to do, in which order, and what it means if something is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.people import Role
from quanheng.web.base.access import ANYBODY, open_to
from quanheng.web.base.actor import account_of


class Guide(Value):
    """What somebody does here, in short; the documents have a page for each."""

    title: Text
    sees: Text
    steps: tuple[Text, ...]


PUBLIC: Final = Guide(
    title=Text(zh="公众", en="The public"),
    sees=Text(
        zh="不用登录即可查看已发布的结果，每次考核一个页面，含更正的各版本。",
        en="Published results are open without an account: a page for each round, with all its versions.",
    ),
    steps=(
        Text(
            zh="点开一次考核，查看结果页或下载数据。",
            en="Open a round; look at its result page, or take its data.",
        ),
        Text(
            zh="核对哈希值，确认下载的文件与发布的一致。",
            en="Compare the hash of a file with the one shown: the file is the one that was published.",
        ),
        Text(
            zh="结果有更正时会出新版本，并写明原因；旧版本保留不变。",
            en="What was wrong is put right in a new version that says why; earlier ones stay as they are.",
        ),
    ),
)
OF_ROLES: Final[Mapping[Role, Guide]] = {
    "administrator": Guide(
        title=Text(zh="系统管理员", en="Administrator"),
        sees=Text(
            zh="您管理账号，看不到任何指标数据，也不兼任其他角色。",
            en="You keep the accounts. You see no figures, and have no other role.",
        ),
        steps=(
            Text(
                zh="先设置两步验证，保存好恢复码。",
                en="Set up the second factor first, and keep the recovery codes.",
            ),
            Text(
                zh="在“人员”中逐个添加账号，或导入工作簿（先“仅检查”）。",
                en="Add accounts under People, one by one or by a workbook, which is checked only at first.",
            ),
            Text(
                zh="把一次性链接交给本人；三天内有效，只能用一次。",
                en="Hand each one-time link to its person: it works once, within three days.",
            ),
            Text(
                zh="有人忘记密码时，在其账号页生成新链接；离岗时停用账号。",
                en="Make a new link for who forgot the password; switch off the account of who leaves.",
            ),
        ),
    ),
    "office": Guide(
        title=Text(zh="考核办", en="Office"),
        sees=Text(
            zh="您组织一次考核的全过程；首页列出现在要做的事。",
            en="You take each round from the scheme to what is published; the start page says what is next.",
        ),
        steps=(
            Text(
                zh="在“方案”中上传方案，查看检查结果，保存为版本。",
                en="Hand in the scheme, read the findings, keep a version.",
            ),
            Text(zh="新建考核期，指派填报任务，开放填报。", en="Make a round, assign every figure, open it."),
            Text(
                zh="审核：通过、退回或提问；存疑的逐项勾选。",
                en="Check figures: accept, return, ask; those in doubt are ticked one by one.",
            ),
            Text(
                zh="截止后计分，公示结果供核对，处理申诉。",
                en="Close reporting, run the score, show provisional results, decide appeals.",
            ),
            Text(
                zh="定为最终结果，生成发布内容，定时发布；发布后有误，另出新版本。",
                en="Make the results final and publish them; what is wrong is put right in a new version.",
            ),
        ),
    ),
    "reporter": Guide(
        title=Text(zh="填报人", en="Reporter"),
        sees=Text(
            zh="您只看到分配给自己的数据项和单位。",
            en="You see the items and units that are assigned to you, and no others.",
        ),
        steps=(
            Text(
                zh="在“填报”中先看提问和退回的，再看即将截止的。",
                en="To report: questions and what was returned stand first, then what is due next.",
            ),
            Text(
                zh="在表中填写、从表格软件粘贴，或用模板上传；可随时保存。",
                en="Type, paste from a spreadsheet, or hand in the template; save at any time.",
            ),
            Text(
                zh="标有“存疑”的再核对一次；属实的在备注中写明原因，可附证明材料。",
                en="Look again at what is in doubt; if it is right, say why in the note, and add evidence.",
            ),
            Text(
                zh="“保存并提交全部”后由考核办审核；截止前可以撤回。",
                en="Submit all; the office checks it. Until the deadline it can be withdrawn.",
            ),
        ),
    ),
    "unit": Guide(
        title=Text(zh="被考核单位", en="Unit"),
        sees=Text(
            zh="您只看到本单位的数据、得分、位次及由来，看不到其他单位的。",
            en="You see the figures, scores and places of your own unit, with why, and nothing of others.",
        ),
        steps=(
            Text(
                zh="从首页“现在要做的”打开，逐项确认指标值；有疑问的告诉考核办。",
                en="Follow what is to be done now: confirm each figure, or say that it looks wrong.",
            ),
            Text(
                zh="核对期间查看得分由来，从总分一直到每个数据。",
                en="While results are provisional, read why the score is what it is, down to each figure.",
            ),
            Text(
                zh="有异议的在核对截止前提出申诉，附证明材料。",
                en="Appeal before the window ends, with grounds and evidence.",
            ),
        ),
    ),
    "leader": Guide(
        title=Text(zh="领导", en="Leader"),
        sees=Text(
            zh="结果公示后，您看到全部单位的排名、得分、变化和进度状态。",
            en="Once results are provisional you see all units: places, scores, what moved, lights.",
        ),
        steps=(
            Text(
                zh="在“结果”中打开“看板”；点单位名称看得分由来。",
                en="Open the Board under Results; the name of a unit leads to why it has its score.",
            ),
            Text(
                zh="在“如果……会怎样”中换一种权重或数据试算；不保存，也不是结果。",
                en="What if tries other weights or figures. It is a trial and no result: nothing is kept.",
            ),
            Text(zh="在“申诉”中查看已作出的决定。", en="Appeals that were decided stand under Appeals."),
        ),
    ),
    "auditor": Guide(
        title=Text(zh="审计", en="Auditor"),
        sees=Text(
            zh="您只读日志：谁、何时、从哪里、做了什么、被拒绝了什么。",
            en="You read the log and nothing else: who did what, when, from where, and what was refused.",
        ),
        steps=(
            Text(zh="先设置两步验证。", en="Set up the second factor first."),
            Text(
                zh="在“日志”中按人员、动作、日期查找，需要时导出。",
                en="Search the log by person, action and date; export what you need.",
            ),
            Text(
                zh="定期用 quanheng audit verify 和另存的封印核验日志是否完整。",
                en="Now and then run quanheng audit verify with seals kept elsewhere: it finds changes.",
            ),
        ),
    ),
}
REFUSED: Final = (
    Text(
        zh="提示会写明问题、位置和怎么做，并附代码（如 QH901）；改好后再提交，已填写的内容不会丢失。",
        en="What is wrong is told with its place, what to do, and a code such as QH901. Put it right and send"
        " it again: what you typed stays.",
    ),
    Text(
        zh="“没有这个页面”也可能表示该页面不对您的角色开放。",
        en="'There is no such page' may also mean that it is not open to your role.",
    ),
    Text(
        zh="15分钟内连错5次密码，账号锁定15分钟；忘记密码请管理员给一次性链接。",
        en="Five wrong passwords within 15 minutes lock the account for that time. Who forgot it asks the"
        " administrator for a one-time link.",
    ),
    Text(
        zh="他人先改了同一数据时，页面同时显示两个值，由您选择保留哪一个。",
        en="Where somebody else changed the same figure first, both values are shown, and you choose.",
    ),
    Text(
        zh="长时间没有操作会自动退出；退出前两分钟有提示，可选择继续。",
        en="Who does nothing for long is signed out; two minutes before, the page offers to stay.",
    ),
)


@open_to(ANYBODY)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the guides of the roles that a person has; of the public to everybody else."""
    account = account_of(request)
    guides = [OF_ROLES[role] for role in sorted(account.roles)] if account else []
    shown = {"guides": [*guides, PUBLIC], "refused": REFUSED, "contact": settings.CONTACT}
    return render(request, "site/help.html", shown)
