"""`quanheng sign`: sign a result, so that others can check who stands for it."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.show import Screen
from quanheng.findings.text import Text


def sign(
    result: Annotated[
        Path, Text(en="a folder that 'quanheng score' wrote", zh="quanheng score 生成的结果文件夹")
    ],
    *,
    key: Annotated[
        Path,
        Text(
            en="the private key to sign with (Ed25519, PEM)",
            zh="用于签名的私钥（Ed25519，PEM）",
        ),
    ],
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Write a signature over every file of `result` into its result.json."""
    from quanheng.usecase.results.signing import sign as sign_result  # noqa: PLC0415  help needs no engine

    ask = screen.choose(Text(en="password of the key: ", zh="密钥密码："))
    sign_result(result, key, password=lambda: getpass.getpass(ask), writing=screen.writing("quanheng sign"))
    screen.say(Text(en=f"{result} is signed", zh=f"{result} 已签名"))
    screen.record({"signed": str(result)})
    return 0
