"""What the actions of people are called in the log."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text

ACTIONS: Final = {
    "people.active": Text(zh="停用或启用账号", en="stop an account or let it sign in again"),
    "people.add": Text(zh="新增账号", en="add an account"),
    "people.bind": Text(zh="绑定外部账号", en="bind an account kept elsewhere"),
    "people.unbind": Text(zh="解除外部账号", en="unbind an account kept elsewhere"),
    "people.change": Text(zh="修改账号", en="change an account"),
    "people.demonstration": Text(zh="建立演示人员", en="make the people of a demonstration"),
    "people.factor_added": Text(zh="启用两步验证", en="set up a second factor"),
    "people.factor_removed": Text(zh="停用两步验证", en="take a second factor away"),
    "people.factor_renewed": Text(zh="更换恢复码", en="make new recovery codes"),
    "people.first_link": Text(zh="生成首位管理员链接", en="make the first administrator's link"),
    "people.import": Text(zh="导入人员", en="take people in"),
    "people.link": Text(zh="生成一次性链接", en="make a one-time link"),
    "people.own_password": Text(zh="修改自己的密码", en="change the own password"),
    "people.password": Text(zh="凭链接设置密码", en="set a password by a link"),
    "sign_in": Text(zh="登录", en="sign in"),
    "sign_out": Text(zh="退出", en="sign out"),
}
