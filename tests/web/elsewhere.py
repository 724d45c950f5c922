"""A server of OpenID Connect on loopback: the npm package `oidc-provider`, or a little one of our own."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.web.acting import PASSWORD, Person

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


PROVIDER: Final = Path(sys.prefix) / "oidc"
"""Where `make` puts the npm package, if npm reaches it."""


def is_installed() -> bool:
    """Return whether the npm package is there."""
    return (PROVIDER / "node_modules" / "oidc-provider").is_dir()


@contextmanager
def provided_elsewhere(certificate: Path, *, client: str, secret: str, back: str) -> Iterator[str]:
    """Serve the npm package for one client that is sent `back`, by https, and yield its address."""
    command = ["node", str(PROVIDER / "serve.mjs"), str(certificate), client, secret, back]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def says_who_it_is(person: Person) -> None:
    """Sign in at the npm package, where it asks: as whom, and whether the site may know."""
    if not person.page.url.startswith(person.site):
        page = person.page
        page.get_by_placeholder("Enter any login").fill(SUB)
        page.get_by_placeholder("and password").fill(PASSWORD)
        page.get_by_role("button", name="Sign-in").click()
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url(f"{person.site}/**")


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
