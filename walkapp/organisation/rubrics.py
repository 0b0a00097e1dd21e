"""The published rubrics that every space holds as records, and their words in other languages."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from walkapp.sync.change import Change

from ..clock import now_ms
from ..models import RecordRow
from ..rubric import Rubric, words_id
from ..rubric_po import Translations, load_words
from ..rubric_words import Words
from .audit import note
from .writing import SERVICE, append, changed, created

Library = Mapping[str, Rubric]

VERBS = {"rubric": "publish-rubric", "rubric_words": "publish-words"}


def publish_rubrics(
    session: Session,
    space: str,
    library: Library,
    actor: str = SERVICE,
    *,
    words: Translations | None = None,
    now: int | None = None,
) -> list[str]:
    """Append the published rubric versions that the space lacks and set the words that changed;
    says which records. Drafts stay home. Without `words` it is those of the release."""
    at = now if now is not None else now_ms()
    said = load_words(library) if words is None else words
    changes = [*_rubrics(session, space, library, at), *_words(session, space, said, at)]
    append(session, space, actor, changes, at, library)
    titles = _titles(library, said)
    for change in changes:
        note(session, space, actor, VERBS[change.kind], change.id, at, title=titles[change.id])
    return [change.id for change in changes]


def lacks_rubrics(session: Session, space: str, library: Library, words: Translations) -> bool:
    """Would publishing bring the space anything?"""
    lacking = (_rubrics(session, space, library, 0), _words(session, space, words, 0))
    return any(True for some in lacking for _ in some)


def rubric_body(rubric: Rubric) -> dict[str, Any]:
    """What travels to tablets: the whole instrument, in the form they read."""
    return {
        "rubric": rubric.id,
        "version": rubric.version,
        "title": rubric.title,
        "content": rubric.content,
    }


def _rubrics(session: Session, space: str, library: Library, at: int) -> Iterator[Change]:
    wanted = select(RecordRow.id).where(RecordRow.space == space, RecordRow.kind == "rubric")
    held = set(session.scalars(wanted))
    for id, rubric in sorted(library.items()):
        if rubric.is_published and id not in held:
            yield created("rubric", rubric_body(rubric), at, id)


def _words(session: Session, space: str, words: Translations, at: int) -> Iterator[Change]:
    """A file that is gone takes no words away; one whose words were taken out does."""
    held = _held_words(session, space)
    for rubric, languages in sorted(words.items()):
        for language, said in sorted(languages.items()):
            id = words_id(rubric, language)
            body = {"rubric": rubric, "language": language, "words": _pairs(said)}
            if id in held and held[id] != body["words"]:
                yield changed(session, space, "rubric_words", id, at, {"words": body["words"]})
            elif id not in held and said:
                yield created("rubric_words", body, at, id)


def _titles(library: Library, words: Translations) -> dict[str, str]:
    """What each record of a rubric or of its words is called in the audit."""
    rubrics = {id: rubric.title for id, rubric in library.items()}
    return rubrics | {words_id(id, code): rubrics[id] for id in words for code in words[id]}


def _pairs(words: Words) -> list[list[str]]:
    """Always in the same order, so that the same words are no change."""
    return [[english, said] for english, said in sorted(words.items())]


def _held_words(session: Session, space: str) -> dict[str, Any]:
    wanted = select(RecordRow.id, RecordRow.body).where(
        RecordRow.space == space, RecordRow.kind == "rubric_words"
    )
    return {id: json.loads(body)["words"] for id, body in session.execute(wanted)}
