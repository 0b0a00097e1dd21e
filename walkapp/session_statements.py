"""What `sessions` asks at every request, each statement made once."""

from typing import cast

from sqlalchemy import Table, bindparam, func, or_, select, update

from .models import Account, Device, Session
from .ready import Ready

ACCOUNT, DEVICE, SESSION = (cast(Table, model.__table__) for model in (Account, Device, Session))
SAID = tuple(
    DEVICE.c[n] for n in ("database", "highest", "unsent", "files", "reported_at", "nonce")
)
NONCE = bindparam("nonce", type_=DEVICE.c.nonce.type)
THIS_DEVICE = (DEVICE.c.account == bindparam("account"), DEVICE.c.id == bindparam("id"))

FIND = Ready(
    select(
        SESSION.c.token_hash, SESSION.c.account, SESSION.c.device, SESSION.c.last_seen_at,
        SESSION.c.expires_at, SESSION.c.ended_at, ACCOUNT.c.email, ACCOUNT.c.demo,
        ACCOUNT.c.disabled_at, *SAID,
    )
    .join_from(SESSION, ACCOUNT, ACCOUNT.c.id == SESSION.c.account)
    .outerjoin(DEVICE, (DEVICE.c.account == SESSION.c.account) & (DEVICE.c.id == SESSION.c.device))
    .where(SESSION.c.token_hash == bindparam("token_hash"))
)  # fmt: skip
TOLD = Ready(select(*SAID).where(*THIS_DEVICE))
TOUCH = Ready(
    update(SESSION)
    .where(SESSION.c.token_hash == bindparam("token_hash"))
    .values(last_seen_at=bindparam("last_seen_at"), device=bindparam("device"))
)
NAME = Ready(select(DEVICE.c.name).where(*THIS_DEVICE))
# What is not said now stays as it was said before; what a copy of the tablet says is not its own.
NOTE = Ready(
    update(DEVICE)
    .where(
        *THIS_DEVICE,
        or_(
            DEVICE.c.nonce.is_(None),
            NONCE.is_(None),
            DEVICE.c.nonce == NONCE,
            DEVICE.c.nonce == bindparam("was", type_=NONCE.type),
        ),
    )
    .values(
        {"last_seen_at": bindparam("last_seen_at")}
        | {
            column.name: func.coalesce(bindparam(column.name, type_=column.type), column)
            for column in (DEVICE.c.name, *SAID)
        }
    )
)
