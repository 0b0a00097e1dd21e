"""What of a script or sheet goes to a tablet: all it does, and nothing that is for who reads it.

The names of a file's own variables are shortened by tdewolff's minifier; what modules say to each
other keeps its name. Templates of lit are texts to it and stay as they are.
"""

from collections.abc import Iterable, Iterator
from functools import cache

import minify  # type: ignore[import-untyped]

READY_MADE = "/vendor/"
SCRIPT, SHEET = ".js", ".css"


def slim(path: str, raw: bytes, *, readable: bool) -> bytes:
    """The file as it is served; `readable` leaves names and lines where the source has them."""
    if READY_MADE in path or not path.endswith((SCRIPT, SHEET)):
        return raw
    return _minified(raw) if path.endswith(SCRIPT) and not readable else _stripped(raw)


# The same in every worker and every test that makes an app: once for each process is enough.
@cache
def _minified(raw: bytes) -> bytes:
    small: str = minify.string("text/javascript", _stripped(raw).decode())
    return small.encode()


def _stripped(raw: bytes) -> bytes:
    """Without comments and indentation; line 40 stays line 40. Texts of several lines are HTML,
    which takes any white space for one."""
    return "\n".join(_without_comments(raw.decode().split("\n"))).encode()


def _without_comments(lines: Iterable[str]) -> Iterator[str]:
    inside = False
    for line in lines:
        text = line.strip()
        if inside or text.startswith("/*"):
            inside = not text.endswith("*/")
            yield ""
        else:
            yield "" if text.startswith("//") else line.lstrip()
