"""A tablet as the protocol describes it, in Python: rows, an outbox, and what the answers mean."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from walkapp.sync.change import Change
from walkapp.sync.merge import apply_change

from .trail import Trail

Body = dict[str, Any]
Post = Callable[["Device", dict[str, Any]], dict[str, Any]]

OFFERS_AT_ONCE = 7


class Lost(Exception):
    """The request or its answer never arrived."""


@dataclass
class Row:
    """`vouched` is the row as the server last sent it, with its mark; own changes go beyond it."""

    seq: int
    body: Body
    vouched: list[Any] | None = field(default=None, compare=False)


@dataclass
class Device:
    """`post` is the network: it raises Lost, or returns the server's answer.

    One that speaks schema 1 gets no marks and brings no rows back.
    """

    person: str
    skew: int = 0
    schema: int = 2
    rows: dict[str, Row] = field(default_factory=dict)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    sent: list[tuple[int, dict[str, Any]]] = field(default_factory=list)  # (seq, change)
    refused: dict[str, str] = field(default_factory=dict)
    unechoed: dict[str, list[str]] = field(default_factory=dict)  # record -> own cids
    merged: dict[str, int] = field(default_factory=dict)  # cid -> seq to wait for
    known: str | None = None
    trail: Trail = field(default_factory=Trail)
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
        change = {"cid": cid, "kind": "card", "id": id, "at": at + self.skew, "set": values}
        self._wait(change | self._view(id))

    def _view(self, id: str) -> dict[str, Any]:
        """What its person had before them: what came under an own change nobody was shown."""
        row, own = self.rows.get(id), self.unechoed.get(id, [])
        over = [one for one in self._made() if one["cid"] in own]
        bases = [one.get("base", 0) for one in over]
        seen = [cid for one in over for cid in one.get("seen", ())] + own
        return {"base": min([row.seq if row else 0, *bases]), "seen": list(dict.fromkeys(seen))}

    def _made(self) -> Iterator[dict[str, Any]]:
        yield from (change for _, change in self.sent)
        yield from self.outbox

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
        return post(self, {"known": self.known, "cursor": self.cursor} | request)

    def _apply_results(self, results: dict[str, Any], sending: list[dict[str, Any]]) -> None:
        for change in sending:
            result = results.get(change["cid"])
            if result is None:
                continue
            self.outbox.remove(change)
            if result["verdict"] == "ok":
                self.sent.append((result["seq"], change))
                self._promote(change, result["seq"])
            elif result["verdict"] == "merged":
                self.sent.append((result["seq"], change))
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
            self.rows[id] = Row(seq, body, row.vouched if row else None)
        base = row.seq if row else 0
        for waiting in self.outbox:
            # It stays the same change: only what was known has grown.
            if waiting["id"] == id and waiting.get("base") == base:
                waiting["base"] = seq

    def _apply_feed(self, answer: dict[str, Any]) -> None:
        for row in answer["rows"]:
            self._put(row)
        for id in answer["gone"]:
            self.rows.pop(id, None)
        self.cursor = answer["cursor"]
        self._hear(answer["at"])

    def _hear(self, at: str) -> None:
        self.known = at
        # The trail says how far the rows held here and the server agree: as long as rows of a lost
        # history are among them, it speaks of that one.
        if self.walking != "history":
            self.trail.hear(at)

    def _put(self, row: list[Any]) -> None:
        seq, id, _kind, body, *mark = row
        if body is None:
            self.rows.pop(id, None)
        else:
            self.rows[id] = Row(seq, body, row if mark else None)
        arrived = {cid for cid in self.unechoed.get(id, ()) if self.merged.get(cid, seq + 1) <= seq}
        self._echo(id, arrived)

    def _echo(self, id: str, cids: set[str]) -> None:
        self.unechoed[id] = [cid for cid in self.unechoed.get(id, ()) if cid not in cids]

    def _start_over(self, answer: dict[str, Any]) -> None:
        # A lost history stays lost until all of it was offered, whatever else comes.
        self.walking = self.walking if self.walking == "history" else answer["reset"]
        self.known = answer["at"]

    def _walk(self, post: Post, limit: int) -> None:
        """Compare everything: drop what is not listed, fetch what differs."""
        if self.walking == "history" and not self._offer_back(post):
            return None
        listed: dict[str, int] = {}
        cursor, more, began = None, True, ""
        while more:
            answer = self._post(post, cursor=cursor, thin=True, limit=limit)
            if "reset" in answer:
                return self._start_over(answer)
            # What is removed behind the walk is listed nowhere: the feed tells it from here on.
            began = began or answer["at"].partition(".")[0]
            # The newest thing heard of, also on the way: rows of a history may be lost with it.
            self._hear(answer["at"])
            listed |= {id: seq for seq, id in answer["rows"]}
            listed = {id: seq for id, seq in listed.items() if id not in answer["gone"]}
            cursor, more = answer["cursor"], answer["more"]
        return self._fetch(post, limit, listed, f"{began}.{str(cursor).partition('.')[2]}")

    def _offer_back(self, post: Post) -> bool:
        """The server lost commits: give back what it sent, and queue what it once took."""
        if self.schema == 1:
            self._send_again(0)
            return True
        trail = self.trail.marks()
        answer = self._post(post, cursor=None, trail=trail, thin=True, limit=1)
        if "reset" in answer:
            self._start_over(answer)
            return False
        self._hear(answer["at"])
        self._send_again(answer["common"])
        for offers in list(self._offers(answer["common"])):
            answer = self._post(post, cursor=None, trail=trail, thin=True, limit=1, offers=offers)
            if "reset" in answer:
                self._start_over(answer)
                return False
            assert set(answer["offers"].values()) <= {"taken", "known"}, answer["offers"]
            self._hear(answer["at"])
        return True

    def _offers(self, common: int) -> Iterator[list[Any]]:
        rows = [row.vouched for row in self.rows.values() if row.vouched]
        ours = [row for row in rows if row[0] > common]
        for start in range(0, len(ours), OFFERS_AT_ONCE):
            yield ours[start : start + OFFERS_AT_ONCE]

    def _send_again(self, common: int) -> None:
        """Whatever was ever sent and is not in the common history goes before what still waits."""
        lost = [change for seq, change in self.sent if seq > common]
        self.outbox = [copy.deepcopy(change) for change in (*lost, *self.outbox)]
        self.sent = [(seq, change) for seq, change in self.sent if seq <= common]
        self.merged, self.unechoed = {}, {}
        for change in self.outbox:
            own = self.unechoed.setdefault(change["id"], [])
            if "set" in change:
                change["base"], change["seen"] = min(change["base"], common), list(own)[-64:]
            own.append(change["cid"])
        for row in self.rows.values():
            row.seq = min(row.seq, common)

    def _fetch(self, post: Post, limit: int, listed: dict[str, int], cursor: Any) -> None:
        lost = self.walking == "history"
        held = {id: row.seq for id, row in self.rows.items()}
        want = [id for id, seq in listed.items() if lost or held.get(id) != seq]
        rows: list[Any] = []
        while want:
            some = want[:limit]
            answer = self._post(post, cursor=cursor, want=some, limit=1)
            if "reset" in answer:
                return self._start_over(answer)
            self._hear(answer["at"])
            came = [row for row in answer["rows"] if row[1] in some]
            rows += came
            # What did not fit is asked for again; when none comes, none may be seen any more.
            told = {row[1] for row in came} or set(some)
            want = [id for id in want if id not in told]
        self.rows = {id: row for id, row in self.rows.items() if id in listed}
        for row in rows:
            self._put(row)
        self.cursor, self.walking = cursor, None
        self._hear(str(self.known))
        return None


def as_change(sent: dict[str, Any]) -> Change:
    return Change(**{**sent, "seen": tuple(sent.get("seen", ()))})
