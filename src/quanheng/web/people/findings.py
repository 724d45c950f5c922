"""What can be wrong with people, their roles and their ways in."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

BAD_CODE: Final = Kind(
    code="QH932",
    severity="error",
    en="{code!r} cannot be what somebody signs in with",
    zh="{code!r}不能用作登录名",
    hint_en="use up to 64 small letters, figures, '-', '_' and '.', the first a letter or a figure",
    hint_zh="登录名由小写字母、数字和“-”“_”“.”组成，以字母或数字开头，最多64个字符",
)
CODE_TAKEN: Final = Kind(
    code="QH933",
    severity="error",
    en="there is an account {code!r} already: {name}",
    zh="已有登录名为{code!r}的账号：{name}",
    hint_en="choose another code, or change that account",
    hint_zh="请换一个登录名，或直接修改该账号",
)
NO_NAME: Final = Kind(
    code="QH934",
    severity="error",
    en="the account {code!r} has no name",
    zh="账号{code!r}没有姓名",
    hint_en="give the person's name, up to 100 characters",
    hint_zh="请填写姓名，最多100个字",
)
NO_ROLE: Final = Kind(
    code="QH935",
    severity="error",
    en="the account {code!r} has no role",
    zh="账号{code!r}没有角色",
    hint_en="give at least one role",
    hint_zh="请至少选择一个角色",
)
ALONE: Final = Kind(
    code="QH936",
    severity="error",
    en="{role} of {code!r} goes with no other role",
    zh="账号{code!r}的“{role}”角色不能与其他角色并存",
    hint_en="make another account for the other roles: who makes accounts or reads the log does nothing else",
    hint_zh="请另建账号担任其他角色：管理账号、查阅日志的人不兼任其他工作",
)
NO_UNITS: Final = Kind(
    code="QH937",
    severity="error",
    en="the account {code!r} speaks for no unit",
    zh="账号{code!r}是被考核单位角色，但没有指定单位",
    hint_en="name its unit or units",
    hint_zh="请指定所属单位",
)
UNITS_FOR_NOTHING: Final = Kind(
    code="QH938",
    severity="error",
    en="the account {code!r} has units, but not the role of a unit",
    zh="账号{code!r}指定了单位，但没有被考核单位角色",
    hint_en="give it the role of a unit, or take the units away",
    hint_zh="请加上被考核单位角色，或去掉单位",
)
UNKNOWN_UNIT: Final = Kind(
    code="QH939",
    severity="error",
    en="there is no unit {unit!r}",
    zh="没有单位{unit!r}",
    hint_en="write the code of a unit that there is, or bring the unit in first",
    hint_zh="请填写已有单位的代码，或先导入该单位",
)
LAST_ADMINISTRATOR: Final = Kind(
    code="QH940",
    severity="error",
    en="{code!r} is the last account that makes accounts",
    zh="{code!r}是最后一个可用的管理员账号",
    hint_en="make another administrator first",
    hint_zh="请先设置另一个系统管理员",
)
LINK_OVER: Final = Kind(
    code="QH941",
    severity="error",
    en="the link has been used, or its time is over",
    zh="链接已使用过或已过期",
    hint_en="ask the administrator for a new one; the first administrator starts 'quanheng serve' again",
    hint_zh="请向系统管理员索取新链接；首位管理员请重新运行 quanheng serve",
)
WEAK_PASSWORD: Final = Kind(
    code="QH942",
    severity="error",
    en="the password cannot be used: {why}",
    zh="密码不符合要求：{why}",
    hint_en="choose another one",
    hint_zh="请另设密码",
)
CHANGED_MEANWHILE: Final = Kind(
    code="QH943",
    severity="error",
    en="the account {code!r} was changed meanwhile",
    zh="账号{code!r}在此期间已被他人修改",
    hint_en="look at it again; nothing of what you sent was kept",
    hint_zh="请重新查看；本次提交未保存",
)
NOT_YOURS: Final = Kind(
    code="QH944",
    severity="error",
    en="accounts are made and changed by the administrator",
    zh="账号由系统管理员创建和修改",
    hint_en="ask the administrator",
    hint_zh="请联系系统管理员",
)
