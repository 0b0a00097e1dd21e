"""What slows a guesser down without locking anybody out.

Failures are counted for one address with one e-mail, and for one address. Never for an e-mail
alone: anybody could then keep a principal out of her own account.
"""

from hashlib import sha256

from sqlalchemy.orm import Session

from .models import Throttle

PAIR_FREE_TRIES = 5
# A whole school can stand behind one address.
ADDRESS_FREE_TRIES = 50
LONGEST_WAIT_SECONDS = 15 * 60
FORGOTTEN_AFTER_MS = 24 * 3_600_000


def take_a_try(session: Session, address: str, email: str, now: int) -> int:
    """Count one try. If it comes too early nothing is counted: the answer is the seconds to wait.

    A try is counted before it is checked, so guesses sent side by side are counted too.
    """
    pair, alone = _keys(address, email)
    tries = [(pair, PAIR_FREE_TRIES), (alone, ADDRESS_FREE_TRIES)]
    wait = max(_wait_seconds(session.get(Throttle, key), free, now) for key, free in tries)
    if not wait:
        for key, _free in tries:
            _count(session, key, now)
    return wait


def give_back(session: Session, address: str, email: str) -> None:
    """The try was right: forget this pair's failures, and take the try off the address."""
    pair, alone = _keys(address, email)
    if kept := session.get(Throttle, pair):
        session.delete(kept)
    if (kept := session.get(Throttle, alone)) and kept.failures > 0:
        kept.failures -= 1


def forget_old(session: Session, now: int) -> None:
    """Remove what counts no longer."""
    session.query(Throttle).filter(Throttle.last_at < now - FORGOTTEN_AFTER_MS).delete()


def _keys(address: str, email: str) -> tuple[str, str]:
    # Hashed to one length; an e-mail has no business in this table.
    return _key(f"{address} {email}"), _key(address)


def _key(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _wait_seconds(kept: Throttle | None, free: int, now: int) -> int:
    if kept is None or kept.failures < free or now - kept.last_at > FORGOTTEN_AFTER_MS:
        return 0
    delay = min(2 ** min(kept.failures - free, 20), LONGEST_WAIT_SECONDS)
    passed = max(0, now - kept.last_at) // 1000  # the clock may have been set back
    return max(0, delay - passed)


def _count(session: Session, key: str, now: int) -> None:
    kept = session.get(Throttle, key)
    if kept is None:
        session.add(Throttle(key=key, failures=1, last_at=now))
        return
    kept.failures = 1 if now - kept.last_at > FORGOTTEN_AFTER_MS else kept.failures + 1
    kept.last_at = now
