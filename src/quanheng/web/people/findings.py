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
NO_SHEET: Final = Kind(
    code="QH948",
    severity="error",
    en="the sheet has none of the headings of people, units or who reports what",
    zh="该表没有人员、单位或填报分工的表头",
    hint_en="write 'code, name, roles', 'code, items' or 'unit, name' over the columns, or drop the sheet",
    hint_zh="请写明表头：人员表“登录名、姓名、角色”，分工表“登录名、指标”，单位表“单位、名称”；或删去该表",
)
UNKNOWN_ROLE: Final = Kind(
    code="QH949",
    severity="error",
    en="there is no role {word!r}{meant}",
    zh="没有角色{word!r}{meant}",
    hint_en="write administrator, office, reporter, unit, leader or auditor",
    hint_zh="角色有：系统管理员、考核办、填报人、被考核单位、领导、审计",
)
EXISTS_OTHERWISE: Final = Kind(
    code="QH950",
    severity="error",
    en="there is {code!r} already, and it differs: {differs}",
    zh="已有{code!r}，且与表中不一致：{differs}",
    hint_en="an import adds and never changes; change it on its page, or write it as it is",
    hint_zh="导入只新增、不修改；请在页面上修改，或按现有内容填写",
)
TWICE: Final = Kind(
    code="QH951",
    severity="error",
    en="{code!r} stands here and at {other}",
    zh="{code!r}在此处和{other}重复出现",
    hint_en="leave one of the two",
    hint_zh="请只保留一处",
)
SAME_NAME: Final = Kind(
    code="QH952",
    severity="warning",
    en="{name!r} is also the name of {other!r}",
    zh="{name!r}与{other!r}同名",
    hint_en="two people may have one name; see that it is not one person with two accounts",
    hint_zh="重名是允许的；请确认不是一人两个账号",
)
UNKNOWN_PERSON: Final = Kind(
    code="QH953",
    severity="error",
    en="there is no account {code!r} to report anything",
    zh="没有账号{code!r}，无法指定其填报",
    hint_en="add the person, in the workbook or on the page of people",
    hint_zh="请在工作簿或人员页面中新增该人员",
)
NO_REPORTER: Final = Kind(
    code="QH954",
    severity="error",
    en="{code!r} reports something but is no reporter",
    zh="账号{code!r}有填报分工，但没有填报人角色",
    hint_en="give the role of a reporter, or take the line out",
    hint_zh="请加上填报人角色，或删去该行",
)
NOT_READ: Final = Kind(
    code="QH955",
    severity="error",
    en="{what} of {code!r} is missing, too long or cannot be read",
    zh="{code!r}的{what}缺失、过长或无法识别",
    hint_en="write it in full, in the form that is usual",
    hint_zh="请按通常格式填写完整",
)
NAME_ACTS: Final = Kind(
    code="QH895",
    severity="error",
    en="{text!r} has a character that acts instead of being seen",
    zh="“{text}”中含有不显示、只起控制作用的字符",
    hint_en="write it anew; what stands in <…> above is the number of the character in Unicode",
    hint_zh="请重新输入；上面〈…〉所示为该字符的编号",
)
SEVERAL_UNITS: Final = Kind(
    code="QH896",
    severity="error",
    en="several units are called {unit!r}",
    zh="有多个单位名为“{unit}”",
    hint_en="write the code of the one that is meant",
    hint_zh="请填写所指单位的代码",
)
