"""What does it cost to check an observation? marshmallow declares it, closures look at it."""

import statistics
import time

from walkapp.sync.change import Change

from bench.documents import Place, observations
from walkapp.records import rules_for
from walkapp.records.library import Library
from walkapp.records.observation import bind
from walkapp.rubric_files import load_library

OBSERVATIONS, ROUNDS = 500, 9


def microseconds() -> float:
    """Of one observation of about 4 kB, all rules that need no lock; the median of several."""
    rules, changes = rules_for(load_library()), _changes()
    return _each(lambda: [rules.check(change) for change in changes])


def marshmallow_alone() -> float:
    """The same declaration asked the long way, as it is for a body that has something wrong."""
    changes = _changes()
    library = load_library()
    declared = bind(library[changes[0].new["rubric"]], Library(library))
    return _each(lambda: [declared.validate(change.new) for change in changes])


def _changes() -> list[Change]:
    return [
        Change(one["cid"], one["kind"], one["id"], one["at"], new=one["new"])
        for one in observations(OBSERVATIONS, Place(), seed=1)
    ]


def _each(work) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        found = work()
        took.append(time.process_time() - began)
        assert not any(found)
    return statistics.median(took) / OBSERVATIONS * 1e6


def main() -> None:
    print(f"validation: {microseconds():.1f} µs an observation (target 45)")
    print(f"  marshmallow's own way through the same declaration: {marshmallow_alone():.1f} µs")


if __name__ == "__main__":
    main()
