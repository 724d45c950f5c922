"""A little server of OpenID Connect that tests play themselves, on loopback."""

from __future__ import annotations

import json
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

SUB: Final = "30012"
"""What the server says of everybody to be."""


class Elsewhere(BaseHTTPRequestHandler):
    """It says of everybody to be the one person it knows, and asks nothing."""

    scheme = "http"

    def do_GET(self) -> None:
        here = f"{self.scheme}://{self.headers['Host']}"
        asked = urlsplit(self.path)
        if asked.path == "/authorize":
            self._send_back(parse_qs(asked.query))
            return
        told = {
            "/.well-known/openid-configuration": {
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
                "userinfo_endpoint": f"{here}/userinfo",
            },
            "/userinfo": {"sub": SUB, "preferred_username": "reporter", "email": "li@example.org"},
        }
        self._answer(told[asked.path])

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer({"access_token": "invented", "token_type": "Bearer"})

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _send_back(self, asked: dict[str, list[str]]) -> None:
        told = urlencode({"code": "invented", "state": asked["state"][0]})
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri'][0]}?{told}")
        self.end_headers()

    def _answer(self, told: dict[str, str]) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _BySecret(Elsewhere):
    """The same, reached by https."""

    scheme = "https"


@contextmanager
def played_elsewhere(certificate: Path | None = None) -> Iterator[str]:
    """Play the server and yield its address; with the file of a certificate and its key, by https."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _BySecret if certificate else Elsewhere)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def certificate_in(folder: Path) -> Path:
    """Make a certificate of 127.0.0.1 and its key, in one file."""
    made = folder / "elsewhere.pem"
    names = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(made))
    command = ("openssl", "req", "-x509", *key, "-days", "2", *names, "-out", str(folder / "public.pem"))
    subprocess.run(command, check=True, capture_output=True)
    with made.open("ab") as both:
        both.write((folder / "public.pem").read_bytes())
    return made
