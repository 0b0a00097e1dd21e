"""A tablet as the protocol describes it, in Python: rows, an outbox, and what the answers mean."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from walkapp.sync.change import Change
from walkapp.sync.merge import apply_change

Body = dict[str, Any]
Post = Callable[[str, dict[str, Any]], dict[str, Any]]


class Lost(Exception):
    """The request or its answer never arrived."""


@dataclass
class Row:
    seq: int
    body: Body


@dataclass
class Device:
    """`post` is the network: it raises Lost, or returns the server's answer."""

    person: str
    skew: int = 0
    rows: dict[str, Row] = field(default_factory=dict)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    unechoed: dict[str, list[str]] = field(default_factory=dict)  # record -> own cids
    merged: dict[str, int] = field(default_factory=dict)  # cid -> seq to wait for
    known: str | None = None
    cursor: str | None = None
    walking: str | None = None  # why everything has to be compared

    def shown(self, id: str) -> Body | None:
        """What the person sees: the server's row with the own waiting changes over it."""
        row = self.rows.get(id)
        body = row.body if row else None
        for sent in self.outbox:
            if sent["id"] == id:
                body = apply_change(body, as_change(sent))
        return body

    def write_new(self, cid: str, id: str, at: int, body: Body) -> None:
        self._wait({"cid": cid, "kind": "card", "id": id, "at": at + self.skew, "new": body})

    def write_set(self, cid: str, id: str, at: int, values: Body) -> None:
        row = self.rows.get(id)
        change = {"cid": cid, "kind": "card", "id": id, "at": at + self.skew, "set": values}
        self._wait(
            change | {"base": row.seq if row else 0, "seen": list(self.unechoed.get(id, ()))}
        )

    def sync(self, post: Post, batch: int, limit: int) -> None:
        """Send what waits and fetch what is new until neither is left; may be Lost at any step."""
        if self.walking:
            self._walk(post, limit)
        while not self.walking:
            sending = self.outbox[:batch]
            answer = self._post(post, changes=copy.deepcopy(sending), limit=limit)
            self._apply_results(answer["results"], sending)
            if "reset" in answer:
                self._start_over(answer)
                return self.sync(post, batch, limit)
            self._apply_feed(answer)
            if not answer["more"] and not self.outbox:
                return None
        return None

    def _wait(self, change: dict[str, Any]) -> None:
        self.outbox.append(change)
        self.unechoed.setdefault(change["id"], []).append(change["cid"])

    def _post(self, post: Post, **request: Any) -> dict[str, Any]:
        return post(self.person, {"known": self.known, "cursor": self.cursor} | request)

    def _apply_results(self, results: dict[str, Any], sending: list[dict[str, Any]]) -> None:
        for change in sending:
            result = results.get(change["cid"])
            if result is None:
                continue
            self.outbox.remove(change)
            if result["verdict"] == "ok":
                self.sent.append(change)
                self._promote(change, result["seq"])
            elif result["verdict"] == "merged":
                self.sent.append(change)
                self.merged[change["cid"]] = result["seq"]
            else:
                self.refused[change["cid"]] = result["problem"]["code"]
                self._echo(change["id"], {change["cid"]})

    def _promote(self, change: dict[str, Any], seq: int) -> None:
        """An acknowledgement beyond the cursor says: the row is now what you hold."""
        id, row = change["id"], self.rows.get(change["id"])
        self._echo(id, {change["cid"]})
        # An older one says nothing new: promoting it would bring back rows that are gone.
        if self.cursor is not None and seq <= int(self.cursor.partition(".")[0]):
            return
        body = apply_change(row.body if row else None, as_change(change))
        if body is None:
            self.rows.pop(id, None)
        else:
            self.rows[id] = Row(seq, body)
        base = row.seq if row else 0
        for waiting in self.outbox:
            # It stays the same change: only what was known has grown.
            if waiting["id"] == id and waiting.get("base") == base:
                waiting["base"] = seq

    def _apply_feed(self, answer: dict[str, Any]) -> None:
        for seq, id, _kind, body in answer["rows"]:
            self._put(id, seq, body)
        for id in answer["gone"]:
            self.rows.pop(id, None)
        self.cursor, self.known = answer["cursor"], answer["at"]

    def _put(self, id: str, seq: int, body: Body | None) -> None:
        if body is None:
            self.rows.pop(id, None)
        else:
            self.rows[id] = Row(seq, body)
        arrived = {cid for cid in self.unechoed.get(id, ()) if self.merged.get(cid, seq + 1) <= seq}
        self._echo(id, arrived)

    def _echo(self, id: str, cids: set[str]) -> None:
        self.unechoed[id] = [cid for cid in self.unechoed.get(id, ()) if cid not in cids]

    def _start_over(self, answer: dict[str, Any]) -> None:
        self.walking, self.known = answer["reset"], answer["at"]
        if self.walking == "history":
            self._send_again()

    def _send_again(self) -> None:
        """The server lost commits: whatever was ever sent goes before what still waits."""
        self.outbox = [copy.deepcopy(change) for change in (*self.sent, *self.outbox)]
        self.sent, self.merged, self.unechoed = [], {}, {}
        for change in self.outbox:
            own = self.unechoed.setdefault(change["id"], [])
            if "set" in change:
                change["base"], change["seen"] = 0, list(own)[-64:]
            own.append(change["cid"])

    def _walk(self, post: Post, limit: int) -> None:
        """Compare everything: drop what is not listed, fetch what differs."""
        listed: dict[str, int] = {}
        self.cursor, more = None, True
        cursor = None
        while more:
            answer = self._post(post, cursor=cursor, thin=True, limit=limit)
            if "reset" in answer:
                return self._start_over(answer)
            # The newest thing heard of, also on the way: rows of a history may be lost with it.
            self.known = answer["at"]
            listed |= {id: seq for seq, id in answer["rows"]}
            listed = {id: seq for id, seq in listed.items() if id not in answer["gone"]}
            cursor, more = answer["cursor"], answer["more"]
        return self._fetch(post, limit, listed, cursor)

    def _fetch(self, post: Post, limit: int, listed: dict[str, int], cursor: Any) -> None:
        lost = self.walking == "history"
        held = {id: row.seq for id, row in self.rows.items()}
        want = [id for id, seq in listed.items() if lost or held.get(id) != seq]
        rows: list[Any] = []
        for start in range(0, len(want), limit):
            some = want[start : start + limit]
            answer = self._post(post, cursor=cursor, want=some, limit=1)
            if "reset" in answer:
                return self._start_over(answer)
            self.known = answer["at"]
            rows += [row for row in answer["rows"] if row[1] in some]
        self.rows = {id: row for id, row in self.rows.items() if id in listed}
        for seq, id, _kind, body in rows:
            self._put(id, seq, body)
        self.cursor, self.walking = cursor, None
        return None


def as_change(sent: dict[str, Any]) -> Change:
    return Change(**{**sent, "seen": tuple(sent.get("seen", ()))})
