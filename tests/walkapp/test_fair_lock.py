"""Who waits is served in turn, and nobody waits for themselves."""

import threading
import time

import pytest

from walkapp.fair_lock import FairLock, TookTooLong

SOON, NEVER_REACHED = 0.05, 30


def wait_in_line(lock: FairLock, name: int, served: list[int]) -> threading.Thread:
    def take() -> None:
        with lock.held(NEVER_REACHED):
            served.append(name)

    thread = threading.Thread(target=take)
    thread.start()
    while all(ticket.thread != thread.ident for ticket in list(lock._queue)):
        time.sleep(0.001)
    return thread


def test_those_who_wait_are_served_in_the_order_they_came() -> None:
    lock, served = FairLock(), []
    with lock.held(NEVER_REACHED):
        threads = [wait_in_line(lock, name, served) for name in range(5)]
    for thread in threads:
        thread.join()
    assert served == [0, 1, 2, 3, 4]


def test_who_gives_up_leaves_the_queue_and_the_next_is_served() -> None:
    lock, served, gave_up = FairLock(), [], []

    def be_impatient() -> None:
        try:
            with lock.held(SOON):
                pass
        except TookTooLong:
            gave_up.append(True)

    with lock.held(NEVER_REACHED):
        impatient = threading.Thread(target=be_impatient)
        impatient.start()
        patient = wait_in_line(lock, 7, served)
        impatient.join()
    patient.join()
    assert (gave_up, served) == ([True], [7])


def test_a_fault_while_holding_it_lets_it_go() -> None:
    lock = FairLock()
    with pytest.raises(ZeroDivisionError), lock.held(SOON):
        1 / 0  # noqa: B018
    with lock.held(SOON):
        pass


def test_one_at_a_time_however_many_come() -> None:
    lock, inside, most = FairLock(), [], []

    def pass_through() -> None:
        for _ in range(200):
            with lock.held(NEVER_REACHED):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=pass_through) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(most), max(most)) == (1600, 1)
