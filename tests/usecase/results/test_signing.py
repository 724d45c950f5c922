"""Who holds the key stands for a result; nobody else can write in the signer's name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from quanheng.documents.tables.record import sealed, text_of
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import FindingsError
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.signing import sign
from quanheng.usecase.results.verify import verify

SCHEME: Final = """\
quanheng: 1
id: r
title: t
round: 2023
items: {x: {kind: rate}}
indicators: {k: {weight: 100, measure: x, rule: given}}
"""


@pytest.fixture
def result(tmp_path: Path) -> Path:
    book = tmp_path / "book"
    (book / "data").mkdir(parents=True)
    (book / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    (book / "units.csv").write_text("unit\nA\nB\n", encoding="utf-8")
    (book / "data/d.csv").write_text("unit,x\nA,80\nB,85\n", encoding="utf-8")
    return assess(book, workbook=False).folder


def keys(folder: Path, name: str, password: str | None = None) -> tuple[Path, Path]:
    """Write a private and a public key, and return their files."""
    key = Ed25519PrivateKey.generate()
    secret = NoEncryption() if password is None else BestAvailableEncryption(password.encode())
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, secret))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return private, public


def never() -> str:
    raise AssertionError


def codes(folder: Path, key: Path | None) -> list[str]:
    return [finding.code for finding in verify(folder, key=key)]


def test_a_signature_is_by_the_key_that_signed_and_by_no_other(result: Path, tmp_path: Path) -> None:
    private, public = keys(tmp_path, "office")
    _, stranger = keys(tmp_path, "stranger")

    assert codes(result, public) == ["QH630"]
    sign(result, private, password=never)

    assert codes(result, public) == []
    assert codes(result, stranger) == ["QH631"]
    assert codes(result, None) == ["QH632"]


def test_who_changes_a_fact_and_its_hash_cannot_sign_it(result: Path, tmp_path: Path) -> None:
    private, public = keys(tmp_path, "office")
    sign(result, private, password=never)
    file = result / "result.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(text_of(sealed({**record, "engine": "spark"})), encoding="utf-8")

    assert codes(result, public)[0] == "QH631"


@pytest.mark.parametrize(
    "signature", [{}, "x", {"algorithm": "Ed25519", "value": "?"}, {"algorithm": "none", "value": ""}, None]
)
def test_a_signature_that_is_none_is_no_fault(result: Path, tmp_path: Path, signature: object) -> None:
    _, public = keys(tmp_path, "office")
    file = result / "result.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(text_of({**record, "signature": signature}), encoding="utf-8")

    assert codes(result, public) == ["QH630" if signature is None else "QH631"]


def test_an_encrypted_key_asks_for_its_password(result: Path, tmp_path: Path) -> None:
    private, public = keys(tmp_path, "office", "秘密")

    with pytest.raises(UsageError, match="password"):
        sign(result, private, password=lambda: "other")
    sign(result, private, password=lambda: "秘密")

    assert codes(result, public) == []


def test_what_was_changed_is_not_signed(result: Path, tmp_path: Path) -> None:
    private, _ = keys(tmp_path, "office")
    (result / "scores.csv").write_text("A,100\n", encoding="utf-8")

    with pytest.raises(FindingsError):
        sign(result, private, password=never)


def test_a_file_that_is_no_such_key_is_refused(result: Path, tmp_path: Path) -> None:
    private, public = keys(tmp_path, "office")
    other = tmp_path / "ec.pem"
    secret = generate_private_key(SECP256R1())
    other.write_bytes(secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    for wrong in (public, other, tmp_path / "none.pem", tmp_path):
        with pytest.raises(UsageError):
            sign(result, wrong, password=never)
    for wrong in (private, other, tmp_path / "none.pem"):
        with pytest.raises(UsageError):
            verify(result, key=wrong)
