"""The mark of a row: by it a server knows its own rows when a tablet brings them back.

    <commit seq>.<tag>.<commit at>.<owner>.<HMAC, 32 hex digits>

The HMAC covers the space, the row and the digest of its body, so nobody without the key can make
a mark or put another body under one. The key is handed in and lives outside the database.
"""

import hmac
from dataclasses import dataclass, field
from uuid import UUID

from .canonical import canonical, digest
from .log import Stamp
from .record import Record

MAC_DIGITS = 32
LONGEST_MARK_CHARS = 300


@dataclass(frozen=True, slots=True)
class Proof:
    """What a mark says of its row: the commit that wrote it, when, and whose record it is."""

    commit: int
    tag: str
    at: int
    owner: str


@dataclass(frozen=True, slots=True)
class Marks:
    """Signs the rows of one space. Without a key it signs nothing and believes nothing."""

    space: str
    key: bytes = field(repr=False)

    def sign(self, record: Record, commit: Stamp) -> str:
        """The mark of a record as it stands, written in this commit; none for a removed one."""
        if not self.key or record.removed:
            return ""
        proof = Proof(commit.seq, commit.tag, commit.at, record.owner)
        body = record.digest or digest(record.body)
        mac = self._mac(record.id, record.kind, record.seq, body, proof)
        return f"{proof.commit}.{proof.tag}.{proof.at}.{proof.owner}.{mac}"

    def read(self, mark: str, id: str, kind: str, seq: int, digest: str) -> Proof | None:
        """What the mark says, if this server made it for this very row; else nothing."""
        proof, mac = _parse(mark)
        if proof is None or not self.key:
            return None
        expected = self._mac(id, kind, seq, digest, proof)
        return proof if hmac.compare_digest(expected.encode(), mac.encode()) else None

    def name(self, mark: str) -> str:
        """The cid under which its row comes back: nobody can make a change of that name before."""
        return str(UUID(bytes=hmac.digest(self.key, f"name {mark}".encode(), "sha256")[:16]))

    def _mac(self, id: str, kind: str, seq: int, digest: str, proof: Proof) -> str:
        row = [self.space, id, kind, seq, digest]
        said = canonical([*row, proof.commit, proof.tag, proof.at, proof.owner])
        return hmac.digest(self.key, said.encode(), "sha256").hex()[:MAC_DIGITS]


def _parse(mark: str) -> tuple[Proof | None, str]:
    # From both ends: the tag holds no dot, and what stands between is the owner's.
    begin, _, mac = mark.rpartition(".")
    parts = begin.split(".", 3)
    if len(parts) < 4 or not _is_number(parts[0]) or not _is_number(parts[2]):
        return None, ""
    commit, tag, at, owner = parts
    return Proof(int(commit), tag, int(at), owner), mac


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 16
