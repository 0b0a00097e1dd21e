"""The reverse proxies of the README, run from the very files it offers, on ports of their own."""

import ssl
import subprocess
import time
import urllib.error
import urllib.request
from http.client import HTTPResponse
from pathlib import Path

from .ports import free_port

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
EXAMPLE_NAME = "walk.example.org"
STARTED_WITHIN_SECONDS = 15


class Proxy:
    """One proxy in front of one server, with a certificate for localhost that it signed itself."""

    def __init__(self, name: str, folder: Path, server_port: int) -> None:
        self.port = free_port()
        self.folder = folder
        make_certificate(folder)
        command = {"nginx": self._nginx, "caddy": self._caddy}[name](server_port)
        with (folder / "proxy.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=folder, stdout=log, stderr=log,
                env={"HOME": str(folder), "PATH": "/usr/sbin:/usr/bin"},
            )  # fmt: skip
        self._wait()

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=15)

    def _nginx(self, server_port: int) -> list[str]:
        site = filled("nginx.conf", {
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "listen 80": f"listen 127.0.0.1:{free_port()}",
            f"/etc/ssl/{EXAMPLE_NAME}.pem": str(self.folder / "cert.pem"),
            f"/etc/ssl/private/{EXAMPLE_NAME}.key": str(self.folder / "key.pem"),
            EXAMPLE_NAME: "localhost",
            "127.0.0.1:8000": f"127.0.0.1:{server_port}",
        })  # fmt: skip
        (self.folder / "site.conf").write_text(site)
        temporary = "".join(
            f"{kind}_temp_path {self.folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        main = self.folder / "main.conf"
        main.write_text(
            f"daemon off; pid {self.folder}/pid; error_log stderr; events {{}}\n"
            f"http {{ access_log off; {temporary} include {self.folder}/site.conf; }}\n"
        )
        return ["nginx", "-e", "stderr", "-p", str(self.folder), "-c", str(main)]

    def _caddy(self, server_port: int) -> list[str]:
        tls = f"tls {self.folder}/cert.pem {self.folder}/key.pem\n\treverse_proxy"
        site = filled("Caddyfile", {
            f"{EXAMPLE_NAME} {{": f"https://localhost:{self.port} {{",
            "reverse_proxy": tls,
            "127.0.0.1:8000": f"127.0.0.1:{server_port}",
        })  # fmt: skip
        file = self.folder / "Caddyfile"
        file.write_text("{\n\tadmin off\n\tauto_https disable_redirects\n}\n" + site)
        return ["caddy", "run", "--adapter", "caddyfile", "--config", str(file)]

    def _wait(self) -> None:
        end = time.monotonic() + STARTED_WITHIN_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with fetch(f"{self.url}/healthz"):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError((self.folder / "proxy.log").read_text(errors="replace"))


def filled(example: str, places: dict[str, str]) -> str:
    """The example with this machine's names; a place that is not in it any more is a fault."""
    text = (EXAMPLES / example).read_text()
    for place, value in places.items():
        assert place in text, f"{example} no longer says {place!r}"
        text = text.replace(place, value)
    return text


def make_certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


def fetch(url: str) -> HTTPResponse:
    """The certificate is our own, and what is asked for is only whether somebody answers."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    answer: HTTPResponse = urllib.request.urlopen(url, timeout=3, context=context)
    return answer
