"""School Wi-Fi: a relay between browser and server that can be cut, in every browser alike.

`navigator.onLine` stays true all the while, as it does behind a router whose uplink is dead.
"""

import contextlib
import socket
import threading

from .ports import free_port

CHUNK = 65536
LOCAL = "127.0.0.1"
PORTAL_PAGE = b"<!doctype html><title>Welcome</title><p>Sign in to the school's Wi-Fi</p>"
PORTAL_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nCache-Control: max-age=3600\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(PORTAL_PAGE), PORTAL_PAGE)
)


class Link:
    """Copies bytes both ways between its own port and the server's."""

    def __init__(self, server_port: int) -> None:
        self.server_port = server_port
        self.port = free_port()
        self.answers_are_lost = False
        self.lost = 0
        self.is_portal = False
        self.portal_answers = 0
        self.cut_after: int | None = None
        self.held = threading.Event()
        self.held.set()
        self.listener: socket.socket | None = None
        self.open_sockets: set[socket.socket] = set()
        self.threads: list[threading.Thread] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def up(self) -> None:
        """Listen (again) on the same port."""
        self.listener = socket.create_server((LOCAL, self.port), reuse_port=False)
        self.run(self.accept, self.listener)

    def down(self) -> None:
        """Stop listening and cut every open connection."""
        if self.listener is not None:
            hang_up(self.listener)
            self.listener = None
        with self.lock:
            sockets, self.open_sockets = self.open_sockets, set()
        for each in sockets:
            hang_up(each)
        for thread in self.threads:
            thread.join(timeout=5)
        self.threads.clear()

    def lose_answers(self, lost: bool = True) -> None:
        """Requests reach the server and are worked on; the tablet never hears of it."""
        self.answers_are_lost = lost

    def portal(self, on: bool = True) -> None:
        """Whatever is asked gets the page of the Wi-Fi's own sign-in, with a status of 200."""
        self.is_portal = on

    def hold(self, on: bool = True) -> None:
        """Connections are taken and requests read, and no answer ever comes."""
        self.held.clear() if on else self.held.set()

    def cut_answers(self, after: int | None) -> None:
        """Every answer breaks off after so many bytes; None lets them through whole again."""
        self.cut_after = after

    def accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                tablet, _ = listener.accept()
                self.run(self.serve, tablet)

    def serve(self, tablet: socket.socket) -> None:
        if self.is_portal:
            self.answer_as_portal(tablet)
            return
        try:
            server = socket.create_connection((LOCAL, self.server_port), timeout=5)
        except OSError:
            hang_up(tablet)
            return
        server.settimeout(None)
        with self.lock:
            self.open_sockets |= {tablet, server}
        self.run(self.copy, tablet, server, False)
        self.copy(server, tablet, True)

    def answer_as_portal(self, tablet: socket.socket) -> None:
        with contextlib.suppress(OSError):
            tablet.settimeout(2)
            tablet.recv(CHUNK)
            tablet.sendall(PORTAL_ANSWER)
            self.portal_answers += 1
        hang_up(tablet)

    def copy(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        left = self.cut_after if is_answer else None
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK):
                if is_answer and self.answers_are_lost:
                    self.lost += 1
                    break
                if is_answer:
                    self.held.wait()
                target.sendall(data if left is None else data[:left])
                left = None if left is None else left - len(data)
                if left is not None and left <= 0:
                    self.lost += 1
                    break
        hang_up(source)
        hang_up(target)
        with self.lock:
            self.open_sockets -= {source, target}

    def run(self, work, *args) -> None:  # type: ignore[no-untyped-def]
        thread = threading.Thread(target=work, args=args, daemon=True)
        with self.lock:
            self.threads.append(thread)
        thread.start()


def hang_up(each: socket.socket) -> None:
    with contextlib.suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
    each.close()
