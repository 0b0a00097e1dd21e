"""Whatever comes over the wire is answered: None or a refusal, never an exception."""

from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from walkapp.sync.errors import Refusal

from tests.walkapp.observing import (
    NOON,
    OKOYE,
    agreement,
    card,
    claim,
    claim_question,
    coaching_step,
    consensus,
    edit,
    new,
    next_step,
    observation,
    okoye,
    record,
    released_copy,
    reply,
    review,
    ruiz,
    rules,
    thank_you,
    visit,
    visit_room,
    walk,
)
from walkapp.records import KINDS

BODIES = {
    "walk": walk(),
    "visit": visit(),
    "visit_room": visit_room(),
    "observation": observation(),
    "review": review(verb="return", version=observation(state="submitted")),
    "thank_you": thank_you(),
    "policy": {"feedback_due": "one-week"},
    "person": {"name": "Ms. Okoye", "roles": [{"role": "coach", "school": None}]},
    "agreement": agreement(agreed={"at": NOON, "by": OKOYE}, rooms={OKOYE: True}),
    "coaching_step": coaching_step(),
    "claim": claim(over={"at": NOON, "by": OKOYE}),
    "claim_question": claim_question(answer={"yes": True, "at": NOON, "by": OKOYE}),
    "released_copy": released_copy(),
    "reply": reply(answer={"text": "Thank you.", "at": NOON, "by": OKOYE}),
    "consensus": consensus(),
    "card": card(),
    "next_step": next_step(said={OKOYE: {"is": "begun", "at": NOON, "by": OKOYE}}),
    "rubric_words": {"rubric": OKOYE, "language": "es", "words": [["Yes, often", "Sí"]]},
}

leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(OKOYE)
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abcTE123/~_", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
paths = st.sampled_from(
    sorted({name for kind in KINDS.values() for name in kind.body.fields})
).flatmap(lambda name: st.sampled_from([name, f"{name}/TE1", f"{name}/TE3", f"{name}/{OKOYE}"]))


def places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = [above] if above else []
    for key, one in inner:
        found += places(one, (*above, key)) if isinstance(one, dict | list) else [(*above, key)]
    return found


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from(sorted(BODIES)), anything)
def test_a_body_with_one_thing_changed_is_taken_or_refused_there(
    data: st.DataObject, kind: str, value: Any
) -> None:
    body = deepcopy(BODIES[kind])
    *above, last = data.draw(st.sampled_from(places(body)))
    inner: Any = body
    for key in above:
        inner = inner[key]
    inner[last] = value
    found = rules().check(new(kind, body)) or rules().allow(okoye, None, new(kind, body))
    assert found is None or isinstance(found, Refusal)
    if found is None and kind != "review":
        assert rules().audience(record(kind, body)), "every record has a reader"


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.dictionaries(st.text(max_size=8), anything, max_size=4))
def test_any_body_at_all_is_answered(kind: str, body: dict[str, Any]) -> None:
    found = rules().check(new(kind, body))
    assert isinstance(found, Refusal) and found.pointer.startswith("/")


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(BODIES)),
    st.dictionaries(paths, anything, min_size=1, max_size=4),
    st.sampled_from([okoye, ruiz]),
    st.sampled_from(["draft", "submitted", "released"]),
)
def test_any_edit_at_all_is_answered(
    kind: str, values: dict[str, Any], author: Any, state: str
) -> None:
    body = {**BODIES[kind], **({"state": state} if kind == "observation" else {})}
    change = edit(kind)
    change = type(change)(change.cid, kind, change.id, NOON, set=values, base=change.base)
    found = rules().check(change)
    if found is None:
        found = rules().allow(author, record(kind, body), change)
    assert found is None or isinstance(found, Refusal)
