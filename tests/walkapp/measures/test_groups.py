"""Nothing small can be worked out, whatever is asked for and subtracted."""

from collections import defaultdict
from itertools import combinations_with_replacement

from hypothesis import given, settings
from hypothesis import strategies as st

from walkapp.measures.groups import LEAST_ROOMS, LEAST_VISITS, Window, chosen, groups, parts
from walkapp.measures.visits import Scored

DAYS = tuple(f"2026-11-{day:02}" for day in range(1, 7))

stops = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from([None, *"ABCDEFGH"]), st.sampled_from(DAYS)),
    max_size=40,
)


def walked(stops: list[tuple[int, str | None, str]]) -> list[Scored]:
    made = (
        Scored(f"visit {n}", f"walk {walk}", room, day, (1.0,))
        for n, (walk, room, day) in enumerate(stops)
    )
    return sorted(made, key=lambda one: (one.day, one.walk, one.visit))


def every_question(visits: list[Scored]) -> list[Window]:
    """All days from and to, with all walks and with each."""
    walks = [None, *sorted({one.walk for one in visits})]
    spans = [*combinations_with_replacement(DAYS, 2), (None, None)]
    return [Window(first, last, walk) for first, last in spans for walk in walks]


@settings(max_examples=300, deadline=None)
@given(stops)
def test_no_sum_of_answers_is_about_fewer_than_five_rooms_and_five_visits(
    stops: list[tuple[int, str | None, str]],
) -> None:
    """A reader has a total for each question and adds and subtracts them with any weights. Visits
    that are in exactly the same answers always come out with the same weight: what is worked out is
    at least about all of them. So each such set has to be large enough by itself."""
    visits = walked(stops)
    known = parts(visits, is_bound=True)
    answers = [chosen(known, asked) for asked in every_question(visits)]
    together: defaultdict[tuple[int, ...], list[Scored]] = defaultdict(list)
    for one in visits:
        together[tuple(n for n, answer in enumerate(answers) if one in answer)].append(one)
    for places, some in together.items():
        if places:
            assert len({one.room for one in some if one.room}) >= LEAST_ROOMS
            assert len(some) >= LEAST_VISITS


@settings(max_examples=100, deadline=None)
@given(stops)
def test_who_may_open_the_visits_gets_all_that_are_asked_for(
    stops: list[tuple[int, str | None, str]],
) -> None:
    visits = walked(stops)
    alone, groups = (parts(visits, is_bound=is_bound) for is_bound in (False, True))
    for asked in every_question(visits):
        found = chosen(alone, asked)
        assert found == [one for one in visits if is_asked(one, asked)]
        assert set(chosen(groups, asked)) <= set(found)


def is_asked(one: Scored, asked: Window) -> bool:
    return ((asked.first or one.day) <= one.day <= (asked.last or one.day)) and asked.walk in (
        None,
        one.walk,
    )


@settings(max_examples=100, deadline=None)
@given(stops)
def test_a_visit_is_in_one_group_at_most(stops: list[tuple[int, str | None, str]]) -> None:
    found = [one.visit for group in groups(walked(stops)) for one in group]
    assert len(found) == len(set(found))


def five(walk: int, rooms: str, day: str) -> list[tuple[int, str | None, str]]:
    return [(walk, room, day) for room in rooms]


def test_a_walk_that_is_large_enough_stands_alone_and_small_ones_wait_for_each_other() -> None:
    visits = walked(
        [*five(1, "ABC", DAYS[0]), *five(2, "ABCDE", DAYS[1]), *five(3, "DE", DAYS[2]),
         *five(4, "FG", DAYS[3])]
    )  # fmt: skip
    sizes = {frozenset(one.walk for one in group): len(group) for group in groups(visits)}
    assert sizes == {frozenset({"walk 2"}): 5, frozenset({"walk 1", "walk 3"}): 5}


def test_five_visits_to_four_rooms_are_not_enough() -> None:
    assert groups(walked(five(1, "ABCDA", DAYS[0]))) == []


def test_visits_without_a_known_room_are_no_rooms() -> None:
    assert groups(walked([*five(1, "ABCD", DAYS[0]), (1, None, DAYS[0])])) == []


def test_a_group_that_is_asked_for_in_part_is_not_shown_in_part() -> None:
    visits = walked([*five(1, "ABC", DAYS[0]), *five(2, "DE", DAYS[2])])
    known = parts(visits, is_bound=True)
    assert len(chosen(known, Window())) == 5
    assert chosen(known, Window(last=DAYS[1])) == []
    assert chosen(known, Window(walk="walk 1")) == []
