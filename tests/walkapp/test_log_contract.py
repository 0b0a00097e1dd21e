"""What the engine asks of a keeper of the log, asked of every keeper there is."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from walkapp.sync.canonical import digest
from walkapp.sync.errors import Refusal
from walkapp.sync.log import Batch, Commit, Head, Judged, Log, Stamp
from walkapp.sync.record import Record

from .log_keepers import NOW, Keeper, in_memory, in_sql

DESK, HALL, OKOYE = "desk:oak-hill", "hall", "person:okoye"


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def keeper(request: pytest.FixtureRequest) -> Iterator[Keeper]:
    if request.param == "memory":
        yield in_memory()
        return
    with in_sql(request.getfixturevalue("config")) as keeper:
        yield keeper


def record(seq: int, *scopes: str, id: str = "", **body: object) -> Record:
    ver = {"": [seq, NOW, f"cid {seq}"]}
    return Record(
        id or f"room {seq}", "card", seq, "okoye", dict(body), ver, scopes=frozenset(scopes)
    )


def judged(cid: str, seq: int | None = 1, **more: object) -> Judged:
    plain = Judged(cid, "room 1", "okoye", "tablet", seq, NOW, NOW + 5, "f" * 64, "ok")
    return replace(plain, **more)  # type: ignore[arg-type]


def commit(seq: int) -> Commit:
    return Commit(seq, f"{seq:012x}", NOW, "account", None)


def stamp(seq: int) -> Stamp:
    return Stamp(seq, f"{seq:012x}", NOW)


def create(keeper: Keeper, *records: Record) -> None:
    with keeper.writing() as log:
        log.lock()
        log.write(_created(*records))


def _created(*records: Record) -> Batch:
    last = max(record.seq for record in records)
    joined = [(record.id, scope) for record in records for scope in record.scopes]
    changes = [judged(f"cid {record.seq}", record.seq) for record in records]
    return Batch(changes, commit(last), records, joined=joined)


def ids(log: Log, *scopes: str, after: int = 0, upto: int = 100, limit: int = 50) -> list[str]:
    return [row.id for row in log.rows(after, upto, frozenset(scopes), limit)]


def test_an_empty_log_has_an_empty_head(keeper: Keeper) -> None:
    with keeper.reading() as log:
        assert (log.head(), log.tags([1])) == (Head(0, "0", 0), {})


def test_the_head_is_the_newest_commit(keeper: Keeper) -> None:
    create(keeper, record(1, HALL), record(2, HALL))
    create(keeper, record(3, HALL))
    with keeper.writing() as log:
        assert log.lock() == log.head() == Head(3, "000000000003", 0)


def test_every_commit_keeps_its_name(keeper: Keeper) -> None:
    create(keeper, record(1, HALL), record(2, HALL))
    create(keeper, record(3, HALL))
    with keeper.reading() as log:
        assert log.tags([1, 2, 3, 9]) == {2: "000000000002", 3: "000000000003"}


def test_every_row_is_traced_to_the_commit_that_wrote_it(keeper: Keeper) -> None:
    create(keeper, record(1, HALL), record(2, HALL))
    create(keeper, record(3, HALL), record(4, DESK), record(5, HALL))
    create(keeper, record(6, HALL))
    with keeper.elsewhere() as log:
        log.lock()
        log.write(_created(record(3, HALL)))
    with keeper.reading() as log:
        found = log.stamps([1, 3, 4, 6, 7])
        assert found == {1: stamp(2), 3: stamp(5), 4: stamp(5), 6: stamp(6)}
        assert log.stamps([]) == log.tags([]) == {}


def test_more_commits_than_one_statement_holds_are_found(keeper: Keeper) -> None:
    create(keeper, *[record(seq, HALL) for seq in range(1, 1202)])
    with keeper.reading() as log:
        assert set(log.stamps(range(1, 1202)).values()) == {stamp(1201)}
        assert log.tags(range(1, 1302)) == {1201: commit(1201).tag}


def test_a_record_keeps_the_digest_and_the_size_of_its_body(keeper: Keeper) -> None:
    digests = [digest({"title": text}) for text in ("a", "é")]
    written = [replace(record(1, HALL, title="a"), digest=digests[0]), record(2, HALL, title="é")]
    create(keeper, *written)
    later = replace(record(3, HALL, id="room 2", title="é"), digest=digests[1])
    with keeper.writing() as log:
        log.lock()
        log.write(Batch([judged("c3", 3)], commit(3), updated=[later]))
    with keeper.reading() as log:
        rows = log.rows(0, 9, None, 9)
        assert [row.digest for row in rows] == digests
        assert [row.size for row in rows] == [len('{"title":"a"}'), len('{"title":"é"}'.encode())]
        assert log.records(["room 2"])["room 2"].size == rows[1].size


def test_a_record_comes_back_as_it_was_written(keeper: Keeper) -> None:
    written = record(
        1, HALL, DESK, title="“Ms. Okoye” \u2028 \x00 👍🏽", marks={"TE1": 0}, none=None
    )
    create(keeper, written)
    with keeper.reading() as log:
        assert log.records([written.id, "no such room"]) == {written.id: written}
        assert log.audiences([written.id, "no such room"]) == {written.id: {HALL, DESK}}


def test_a_change_comes_back_with_its_verdict(keeper: Keeper) -> None:
    changes = [
        judged("c1"),
        judged("c2", None, verdict="refused", problem=Refusal("not-yours", "/new", "x")),
        judged("c3", None, verdict="held", problem=Refusal("not-yours", held=True), kept={"a": 1}),
        judged("c4", 4, was={"overwritten": {"mark": None}}, device=None),
    ]
    with keeper.writing() as log:
        log.lock()
        log.write(Batch(changes))
    with keeper.reading() as log:
        assert log.judged(["c1", "c2", "c3", "c4", "c5"]) == {each.cid: each for each in changes}


def test_more_ids_than_one_statement_holds_are_found(keeper: Keeper) -> None:
    create(keeper, *[record(seq, HALL) for seq in range(1, 1202)])
    with keeper.reading() as log:
        assert len(log.records(f"room {seq}" for seq in range(1, 1202))) == 1201
        assert len(log.judged(f"cid {seq}" for seq in range(1, 1202))) == 1201


def test_rows_come_by_seq_within_their_bounds(keeper: Keeper) -> None:
    create(keeper, *[record(seq, HALL) for seq in range(1, 8)])
    with keeper.reading() as log:
        assert ids(log, HALL, after=2, upto=6) == ["room 3", "room 4", "room 5", "room 6"]
        assert ids(log, HALL, after=2, upto=6, limit=2) == ["room 3", "room 4"]


def test_a_reader_gets_the_rows_of_their_scopes_once(keeper: Keeper) -> None:
    create(keeper, record(1, HALL, DESK), record(2, DESK), record(3, OKOYE))
    with keeper.reading() as log:
        assert ids(log, HALL, DESK) == ["room 1", "room 2"]
        assert ids(log, HALL) == ["room 1"]
        assert ids(log) == []


def test_who_sees_everything_gets_everything(keeper: Keeper) -> None:
    create(keeper, record(1, HALL), record(2, DESK), record(3))
    with keeper.reading() as log:
        assert [row.id for row in log.rows(0, 3, None, 9)] == ["room 1", "room 2", "room 3"]


def test_an_updated_record_moves_to_its_new_seq(keeper: Keeper) -> None:
    create(keeper, record(1, HALL), record(2, HALL))
    after = record(3, HALL, id="room 1", title="later")
    with keeper.writing() as log:
        log.lock()
        log.write(Batch([judged("c3", 3)], commit(3), updated=[after]))
    with keeper.reading() as log:
        assert ids(log, HALL) == ["room 2", "room 1"]
        assert log.records(["room 1"]) == {"room 1": after}


def test_thin_rows_leave_out_what_was_removed(keeper: Keeper) -> None:
    create(keeper, record(1, HALL), record(2, HALL), record(3, DESK))
    removed = replace(record(4, HALL, id="room 1"), removed=True)
    with keeper.writing() as log:
        log.lock()
        log.write(Batch([judged("c4", 4)], commit(4), updated=[removed]))
    with keeper.reading() as log:
        assert log.thin(0, 9, frozenset({HALL}), 9) == [(2, "room 2")]
        assert log.thin(0, 9, None, 1) == [(2, "room 2")]
        assert log.rows(0, 9, frozenset({HALL}), 9)[1].removed


def test_leaving_a_scope_is_told_to_its_readers(keeper: Keeper) -> None:
    create(keeper, record(1, HALL, OKOYE))
    private = record(2, OKOYE, id="room 1")
    with keeper.writing() as log:
        log.lock()
        left = [(2, "room 1", HALL)]
        log.write(Batch([judged("c2", 2)], commit(2), updated=[private], left=left))
    with keeper.reading() as log:
        assert log.departures(1, 2, frozenset({HALL, DESK})) == ["room 1"]
        assert log.departures(2, 9, frozenset({HALL})) == []
        assert log.departures(0, 9, frozenset({DESK})) == log.departures(0, 9, None) == []
        assert (ids(log, HALL), ids(log, OKOYE)) == ([], ["room 1"])


def test_old_departures_are_let_go_of_and_the_floor_says_so(keeper: Keeper) -> None:
    create(keeper, record(1, HALL, OKOYE))
    for seq, at in ((2, NOW), (3, NOW + 10), (4, NOW + 5), (5, NOW + 20)):
        moved = record(seq, OKOYE, id="room 1")
        with keeper.writing() as log:
            log.lock()
            written = replace(commit(seq), at=at)
            left = [(seq, "room 1", HALL)]
            log.write(Batch([judged(f"c{seq}", seq)], written, updated=[moved], left=left))
    for before, floor in ((NOW, 0), (NOW + 10, 2), (NOW + 6, 2), (NOW + 11, 4), (NOW + 99, 5)):
        with keeper.writing() as log:
            assert log.forget_departures(before) == log.head().floor == floor
        with keeper.reading() as log:
            left_over = log.departures(0, 9, frozenset({HALL}))
            assert left_over == (["room 1"] if floor < 5 else [])
            assert log.departures(floor, 9, frozenset({HALL})) == left_over


def test_spaces_know_nothing_of_each_other(keeper: Keeper) -> None:
    create(keeper, record(1, HALL), record(2, HALL))
    with keeper.elsewhere() as log:
        assert log.lock() == Head()
        assert (log.records(["room 1"]), log.judged(["cid 1"]), ids(log, HALL)) == ({}, {}, [])
        log.write(_created(record(1, HALL, id="room 1")))
    with keeper.reading() as log:
        assert log.head().seq == 2


def test_a_transaction_that_fails_leaves_nothing(keeper: Keeper) -> None:
    create(keeper, record(1, HALL))
    with pytest.raises(RuntimeError), keeper.writing() as log:
        log.lock()
        log.write(_created(record(2, HALL)))
        raise RuntimeError("the power went")
    with keeper.reading() as log:
        assert (log.head().seq, ids(log, HALL), log.judged(["cid 2"])) == (1, ["room 1"], {})
