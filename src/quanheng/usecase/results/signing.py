"""A signature under a result: who holds the key stands for every file of it (Ed25519, RFC 8032).

The key is a file as `openssl genpkey -algorithm ed25519` writes it, in PEM; the public one verifies.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quanheng.data.writing.changing import preparing
from quanheng.data.writing.locks import Lock, holding
from quanheng.data.writing.writing import Writing
from quanheng.documents.tables.record import IDENTITY, SIGNATURE, said, text_of
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, Kind, Location, require_no_errors
from quanheng.usecase.results.unchanged import changed_files, identity_in
from quanheng.usecase.results.verify_published import is_published

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ALGORITHM: Final = "Ed25519"
_MOST_BYTES: Final = 10_000
"""No key file is longer."""


def sign(folder: Path, key: Path, *, password: Callable[[], str], writing: Writing | None = None) -> None:
    """Write into the result in `folder` a signature with the private `key`; an earlier one is replaced.

    `password` is asked for when the key is encrypted.

    Raises:
        FindingsError: a file of the result is not as it was written.
        UsageError: there is no result, it was published already, or `key` is no private key.
        LockedError: somebody else writes there.
    """
    writing = writing or Writing(command="quanheng sign")
    identity_in(folder)  # a folder without a result is left alone
    with holding(folder, writing) as lock:
        _sign(folder, key, password, lock, writing.command)


def _sign(folder: Path, key: Path, password: Callable[[], str], lock: Lock, command: str) -> None:
    record = identity_in(folder)
    if is_published(folder):
        raise UsageError(
            f"{folder} was published, and what was published stands: sign the result, then publish it",
            f"{folder} 已公布并封存：请先签名，再公布",
        )
    require_no_errors(changed_files(folder, record))
    signature = _private(key, password).sign(said(record))
    signed = {**record, SIGNATURE: {"algorithm": _ALGORITHM, "value": base64.b64encode(signature).decode()}}
    with preparing(folder) as change:
        (change.new / IDENTITY).write_text(text_of(signed), encoding="utf-8", newline="\n")
        change.commit(lock, command)


NOT_SIGNED: Final = Kind(
    code="QH630",
    severity="error",
    en="the result is not signed",
    zh="该结果没有签名",
    hint_en="ask who made it for the signed one ('quanheng sign')",
    hint_zh="请向生成者索取已签名的结果（quanheng sign）",
)
OTHER_SIGNATURE: Final = Kind(
    code="QH631",
    severity="error",
    en="the signature is not one of this result by this key",
    zh="签名不是用该密钥对该结果签署的",
    hint_en="the result or the signature was changed, or another key signed it",
    hint_zh="结果或签名被改动，或由另一密钥签署",
)
SIGNATURE_NOT_CHECKED: Final = Kind(
    code="QH632",
    severity="note",
    en="the result is signed; the signature was not checked",
    zh="该结果已签名，但未核对签名",
    hint_en="name the signer's public key with --key",
    hint_zh="请用 --key 指明签署者的公钥",
)


def check_signature(record: Mapping[str, Any], key: Path | None) -> Iterator[Finding]:
    """Yield what is wrong with the signature of `record` by the public `key`; without a key, that it has one.

    Raises:
        UsageError: `key` is no public key.
    """
    here = Location(file=IDENTITY)
    signature = record.get(SIGNATURE)
    if key is None:
        if signature is not None:
            yield SIGNATURE_NOT_CHECKED.at(here)
        return
    public = _public(key)
    if signature is None:
        yield NOT_SIGNED.at(here)
    elif not _signed_by(public, signature, said(record)):
        yield OTHER_SIGNATURE.at(here)


def _signed_by(public: Ed25519PublicKey, signature: object, text: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  an extra

    match signature:
        case {"algorithm": "Ed25519", "value": str(value), **others} if not others:
            try:
                public.verify(base64.b64decode(value, validate=True), text)
            except (InvalidSignature, binascii.Error):
                return False
            return True
        case _:
            return False


def _private(file: Path, password: Callable[[], str]) -> Ed25519PrivateKey:
    _require_cryptography()
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  an extra
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415  the same
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415  the same

    text = _key_text(file)
    try:
        key = load_pem_private_key(text, password=None)
    except TypeError:  # it is encrypted
        try:
            key = load_pem_private_key(text, password=password().encode())
        except ValueError:
            raise UsageError(f"the password of {file} is another one", f"{file} 的密码不正确") from None
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(
            f"{file} is no private key of Ed25519 in PEM (openssl genpkey -algorithm ed25519)",
            f"{file} 不是 PEM 格式的 Ed25519 私钥（openssl genpkey -algorithm ed25519）",
        )
    return key


def _public(file: Path) -> Ed25519PublicKey:
    _require_cryptography()
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  an extra
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415  the same
    from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415  the same

    try:
        key = load_pem_public_key(_key_text(file))
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError(
            f"{file} is no public key of Ed25519 in PEM (openssl pkey -pubout)",
            f"{file} 不是 PEM 格式的 Ed25519 公钥（openssl pkey -pubout）",
        )
    return key


def _key_text(file: Path) -> bytes:
    if not file.is_file() or file.stat().st_size > _MOST_BYTES:
        raise UsageError(f"{file} is no file of a key", f"{file} 不是密钥文件")
    return file.read_bytes()


def _require_cryptography() -> None:
    try:
        import cryptography  # noqa: F401, PLC0415  an extra
    except ImportError:
        raise UsageError(
            "signatures need the extra 'sign': pip install 'quanheng[sign]'",
            "签名需要安装扩展组件：pip install 'quanheng[sign]'",
        ) from None
