"""The certificate of a deletion: what kind, how many, when, by which rule, and not a word of it.

Rows are added and never changed; each holds the digest of the one before, so that none can be
taken out or altered without that being seen.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..models import DeletionCertificate

FIRST = "0" * 64


def certify(session: Session, space: str, said: Mapping[str, Any], now: int) -> None:
    """Add one to those of the space."""
    last = session.scalars(
        select(DeletionCertificate)
        .where(DeletionCertificate.space == space)
        .order_by(DeletionCertificate.number.desc())
        .limit(1)
    ).first()
    number, before = (last.number + 1, last.sha256) if last else (1, FIRST)
    text = json.dumps({"number": number, "space": space, "at": now, **said}, sort_keys=True)
    session.add(
        DeletionCertificate(
            space=space, number=number, at=now, said=text, before=before,
            sha256=digest_of(before, text),
        )
    )  # fmt: skip


def digest_of(before: str, said: str) -> str:
    return sha256(f"{before}\n{said}".encode()).hexdigest()


def certificates(session: Session, space: str) -> Sequence[DeletionCertificate]:
    """All of a space, the newest first."""
    mine = select(DeletionCertificate).where(DeletionCertificate.space == space)
    return session.scalars(mine.order_by(DeletionCertificate.number.desc())).all()


def is_whole(session: Session, space: str) -> bool:
    """Are they all there, each as it was written?"""
    before = FIRST
    for number, one in enumerate(reversed(certificates(session, space)), 1):
        if (one.number, one.before) != (number, before):
            return False
        if one.sha256 != digest_of(before, one.said):
            return False
        before = one.sha256
    return True


def count(session: Session, space: str) -> int:
    mine = select(func.count()).where(DeletionCertificate.space == space)
    return session.scalar(mine) or 0
