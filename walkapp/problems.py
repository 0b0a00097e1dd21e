"""Every failure a person can meet: a stable code, a sentence, and what to do next.

A code is never given a second meaning. `next` says what is safe before it says what to do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .languages import gettext as _


@dataclass(frozen=True, slots=True)
class Entry:
    status: int
    title: str
    next: str


class Problem(Exception):
    """Raise it anywhere; one handler turns it into a response, and the transaction rolls back.

    `detail` and `errors` may name fields and rows, never what somebody wrote in them.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        errors: Iterable[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.entry = PROBLEMS[code]
        self.detail = detail
        self.errors = [dict(error) for error in errors]
        self.headers = dict(headers or {})


def body_of(problem: Problem, request_id: str) -> dict[str, Any]:
    """The problem in the shape of RFC 9457."""
    return {
        "type": f"/problems/{problem.code}",
        **_in_words(problem.entry),
        "status": problem.entry.status,
        "detail": problem.detail,
        "code": problem.code,
        "errors": [with_sentence(error) for error in problem.errors],
        "request_id": request_id,
    }


def with_sentence(problem: Mapping[str, Any]) -> dict[str, Any]:
    """A code from the engine or the rules, with the sentence a person reads."""
    entry = PROBLEMS.get(problem["code"])
    if entry is None:
        return dict(problem)
    return {**_in_words(entry), **problem}


def _in_words(entry: Entry) -> dict[str, str]:
    """What a person reads, in their language."""
    title, way_on = _(entry.title), _(entry.next)
    return {"title": title, "next": way_on}


_KEPT = "What was written stays on this tablet."
_NOTHING_WRITTEN = "Nothing was changed."

SIGNING_IN = {
    "sign-in-failed": Entry(
        401,
        "That e-mail and password do not go together.",
        "Check both and try again. Work on this tablet is kept. If it goes on, ask your "
        "administrator for a new invitation.",
    ),
    "too-many-tries": Entry(
        429,
        "There were too many tries from here.",
        "Wait a little and try once more; the account is not locked. Work on this tablet is kept.",
    ),
    "signed-out": Entry(
        401,
        "Nobody is signed in here any more.",
        f"{_KEPT} Sign in again and it will be sent.",
    ),
    "demo-is-local": Entry(
        403,
        "The demonstration sign-ins work only on the machine the server runs on.",
        "Their passwords are printed in public. Make a real account with: walkapp create-admin",
    ),
    "password-short": Entry(
        400,
        "A password needs at least 15 characters.",
        f"{_NOTHING_WRITTEN} Three or four words that do not belong together are easy to keep.",
    ),
    "password-long": Entry(
        400,
        "A password can have at most 256 characters.",
        f"{_NOTHING_WRITTEN} Use a shorter one.",
    ),
    "password-easy": Entry(
        400,
        "That password is one of the first a guesser would try.",
        f"{_NOTHING_WRITTEN} Avoid names, the school, the e-mail and rows of keys; three or four "
        "words that do not belong together are better.",
    ),
    "not-allowed": Entry(
        403,
        "Your roles do not open this page.",
        f"{_NOTHING_WRITTEN} If they should, ask an administrator of your district for the role.",
    ),
}

REQUESTS = {
    "not-found": Entry(
        404,
        "There is nothing here, or it is not yours to see.",
        f"{_NOTHING_WRITTEN} Go back, or begin again at the start page.",
    ),
    "wrong-method": Entry(
        405,
        "This address does not answer that kind of request.",
        f"{_NOTHING_WRITTEN} Go back and use the buttons of the page.",
    ),
    "bad-request": Entry(
        400,
        "The request could not be read.",
        f"{_NOTHING_WRITTEN} Reload the page and try again.",
    ),
    "cross-site": Entry(
        403,
        "The request did not come from a page of this site.",
        f"{_NOTHING_WRITTEN} Open this site in its own window and try again. Behind a proxy, the "
        "Host header has to be passed on.",
    ),
    "json-only": Entry(
        415,
        "This address reads JSON and nothing else.",
        f"{_NOTHING_WRITTEN} Send Content-Type: application/json.",
    ),
    "unknown-encoding": Entry(
        415,
        "The body is packed in a way this server does not open.",
        f"{_NOTHING_WRITTEN} Send it plain or with Content-Encoding: gzip.",
    ),
    "broken-gzip": Entry(
        400,
        "The packed body is damaged or cut short.",
        f"{_KEPT} Send it again.",
    ),
    "too-large": Entry(
        413,
        "That is more than one request may carry.",
        f"{_KEPT} Send it in smaller parts.",
    ),
    "malformed-json": Entry(
        400,
        "The body is not well-formed JSON.",
        f"{_KEPT} Reload the app; if it happens again, save a copy and tell your administrator.",
    ),
    "duplicate-key": Entry(
        400,
        "A name stands twice in one JSON object, so it is not clear which value is meant.",
        f"{_KEPT} Reload the app; if it happens again, save a copy and tell your administrator.",
    ),
    "not-a-number": Entry(
        400,
        "The body holds NaN, Infinity or a number too long to read.",
        f"{_KEPT} Reload the app; if it happens again, save a copy and tell your administrator.",
    ),
    "too-deep": Entry(
        400,
        "The body is nested more deeply than anything this app writes.",
        f"{_KEPT} Reload the app; if it happens again, save a copy and tell your administrator.",
    ),
    "wrong-fields": Entry(
        400,
        "Some fields of the request are missing, unknown or of the wrong type.",
        f"{_KEPT} The list says which. Reload the app to get its newest version.",
    ),
    "bad-field": Entry(
        400,
        "This field is missing, unknown or of the wrong type.",
        f"{_NOTHING_WRITTEN} Correct it and send the request again.",
    ),
    "other-version": Entry(
        426,
        "This app and this server speak different versions.",
        f"{_KEPT} Open the app where there is a network, so that it can update itself.",
    ),
    "server-older": Entry(
        409,
        "The app is newer than this server.",
        f"{_KEPT} It says the same again in the older way by itself.",
    ),
    "busy": Entry(
        503,
        "The server has its hands full.",
        f"{_KEPT} It tries again by itself in a moment.",
    ),
    "our-fault": Entry(
        500,
        "Something went wrong on the server.",
        f"{_KEPT} Try again; if it happens again, give your administrator the number below.",
    ),
}

ENGINE = {
    "unknown-space": Entry(
        404,
        "This district is not open to you.",
        f"{_KEPT} Ask its administrator whether you still belong to it.",
    ),
    "unknown-record": Entry(
        404,
        "The thing this change belongs to is not there, or is not yours to see.",
        f"{_KEPT} Save a copy if you need the words, then put this change aside.",
    ),
    "already-exists": Entry(
        409,
        "Something else already has this number.",
        f"{_KEPT} Save a copy, and begin it anew.",
    ),
    "cid-reused": Entry(
        409,
        "The number of this change was already used for something else.",
        f"{_KEPT} Try it again; it then goes as a change of its own.",
    ),
    "needs-earlier-change": Entry(
        409,
        "An earlier change that this one builds on was not accepted.",
        f"{_KEPT} Settle the earlier change first, then do this one again.",
    ),
}

RULES = {
    "unknown-kind": Entry(
        422, "The server does not know this kind of thing.", f"{_KEPT} Update the app, then send."
    ),
    "unknown-field": Entry(
        422, "The server does not know this field.", f"{_KEPT} Update the app, then send."
    ),
    "wrong-type": Entry(
        422,
        "A value is not of the kind its field holds.",
        f"{_KEPT} Enter the value again.",
    ),
    "too-long": Entry(
        422,
        "A text or a list is longer than the server takes.",
        f"{_KEPT} Split it into two notes.",
    ),
    "missing-field": Entry(
        422,
        "Something that is always needed is missing.",
        f"{_KEPT} Fill it in and finish again.",
    ),
    "not-yours": Entry(
        403,
        "This is not yours to change.",
        f"{_KEPT} Save a copy if you need the words, or ask the person it belongs to.",
    ),
    "no-such-rubric": Entry(
        422,
        "This rubric is not known in your district.",
        f"{_KEPT} Ask your administrator to add the rubric, then send again.",
    ),
    "rubric-not-published": Entry(
        422,
        "This rubric is still a draft and cannot be rated with.",
        f"{_KEPT} Choose a published rubric, or ask your administrator to publish this one.",
    ),
    "no-such-indicator": Entry(
        422,
        "The rubric has no such indicator.",
        f"{_KEPT} Choose an indicator of this rubric.",
    ),
    "no-such-level": Entry(
        422,
        "The scale of the rubric has no such level.",
        f"{_KEPT} Choose one of the levels shown.",
    ),
    "no-such-field": Entry(
        422,
        "The rubric has no such question or count.",
        f"{_KEPT} Use the fields this rubric shows.",
    ),
    "observation-given": Entry(
        409,
        "This was already given to the principal.",
        f"{_KEPT} Take it back first, then change it.",
    ),
    "observation-released": Entry(
        409,
        "This was released and stands as it is.",
        f"{_KEPT} Ask the principal to reopen it, or write a new note.",
    ),
    "observation-joined": Entry(
        409,
        "This was brought together with another visit, which stands for both.",
        f"{_KEPT} Give the other one, or take this one apart from it first.",
    ),
    "observation-stands": Entry(
        409,
        "This was given once, so it stands for itself.",
        f"{_KEPT} Both visits are kept; it cannot be brought together with another one.",
    ),
    "ratings-frozen": Entry(
        409,
        "Ratings, yes/no answers and counts stay as they were first given.",
        f"{_KEPT} Words, evidence and context can still be changed.",
    ),
    "rubric-does-not-fit": Entry(
        409,
        "Something in this visit has no place in the newer version of the rubric.",
        f"{_KEPT} The visit stays on its version; open it and move it up once more.",
    ),
    "photos-off": Entry(
        409,
        "No photos may be taken in this walk.",
        f"{_KEPT} Write down what you saw; the photo stays on your tablet until you take it away.",
    ),
    "wrong-state": Entry(
        409,
        "Somebody else moved this on in the meantime, or the step is not yours.",
        f"{_KEPT} Look at how it stands now, then decide.",
    ),
    "reason-missing": Entry(
        422,
        "Sending back needs a reason.",
        f"{_KEPT} Write a sentence for the observer, then send it back.",
    ),
    "walk-needs-focus": Entry(
        422,
        "A learning walk needs a focus.",
        f"{_KEPT} Write the focus question, or make it a quick visit.",
    ),
    "walk-without-team": Entry(
        422,
        "Quick visits are made alone.",
        f"{_KEPT} Plan a learning walk to walk as a team.",
    ),
    "walk-without-debrief": Entry(
        422,
        "Quick visits are not debriefed.",
        f"{_KEPT} Plan a learning walk to debrief what was seen.",
    ),
    "claim-needs-consent": Entry(
        422,
        "Nothing is linked to you without your agreement.",
        f"{_NOTHING_WRITTEN} Tick that you agree, or leave it.",
    ),
    "claim-needs-place": Entry(
        422,
        "Choose a room, or give the number of the visit.",
        f"{_NOTHING_WRITTEN} One of the two is enough.",
    ),
    "reply-answered": Entry(
        409,
        "Somebody has answered, so these words stay as they were read.",
        "Your new words are still in the field. "
        "Say them beside the others; they are attached in the same way.",
    ),
    "deleted-by-rule": Entry(
        409,
        "This was deleted, because your district keeps observations only for so long.",
        "What you wrote last stays on this tablet. Copy what you still need, then put it away.",
    ),
    "no-agreement": Entry(
        403,
        "There is no agreement with this teacher, or it is over.",
        f"{_KEPT} Ask the teacher; once the teacher has agreed, you can write a step.",
    ),
    "step-given": Entry(
        409,
        "The teacher has this step, and it stands as it was read.",
        f"{_KEPT} Write a new step.",
    ),
    "step-needs-evidence": Entry(
        422,
        "A step is closed with what you saw of it.",
        f"{_KEPT} Write a sentence of evidence, then close it.",
    ),
}

ORGANISATION = {
    "account-is-elsewhere": Entry(
        409,
        "This account also enters another district.",
        f"{_NOTHING_WRITTEN} Its owner can renew the password where both districts agree on it.",
    ),
    "already-joined": Entry(
        409,
        "This person already signs in with an account.",
        f"{_NOTHING_WRITTEN} End that account's place here first, or leave it as it is.",
    ),
    "archived": Entry(
        409,
        "This was archived.",
        f"{_NOTHING_WRITTEN} Bring it back first, then change it.",
    ),
    "bad-character": Entry(
        400,
        "This holds a character that cannot be shown.",
        f"{_NOTHING_WRITTEN} Type it anew instead of pasting it.",
    ),
    "bad-date": Entry(
        400,
        "This is not a date.",
        f"{_NOTHING_WRITTEN} Write it as year-month-day, for example 2026-11-22.",
    ),
    "bad-email": Entry(
        400,
        "This is not an e-mail address.",
        f"{_NOTHING_WRITTEN} Correct it and save again.",
    ),
    "code-taken": Entry(
        409,
        "Another one already has this code.",
        f"{_NOTHING_WRITTEN} Choose another code, or change the one that has it.",
    ),
    "dates-crossed": Entry(
        400,
        "The end lies before the beginning.",
        f"{_NOTHING_WRITTEN} Correct one of the two dates.",
    ),
    "email-taken": Entry(
        409,
        "Somebody here already has this e-mail address.",
        f"{_NOTHING_WRITTEN} Look for that person before adding a second one.",
    ),
    "last-admin": Entry(
        409,
        "This is the last administrator of the district.",
        f"{_NOTHING_WRITTEN} Give the role to somebody else first.",
    ),
    "link-over": Entry(
        410,
        "This link is used up, over or replaced.",
        f"{_NOTHING_WRITTEN} Ask your administrator for a new one.",
    ),
    "passwords-differ": Entry(
        400,
        "The two passwords are not the same.",
        f"{_NOTHING_WRITTEN} Type both again.",
    ),
    "role-already-given": Entry(
        409,
        "This person has that role there already.",
        f"{_NOTHING_WRITTEN} There is nothing left to do.",
    ),
    "role-is-for-all": Entry(
        400,
        "This role is for the whole district.",
        f"{_NOTHING_WRITTEN} Leave the school empty.",
    ),
    "role-needs-school": Entry(
        400,
        "This role is for one school.",
        f"{_NOTHING_WRITTEN} Choose the school.",
    ),
    "sign-in-first": Entry(
        409,
        "There is an account with this address already.",
        f"{_NOTHING_WRITTEN} Sign in with it, then open the link again.",
    ),
    "unknown-role": Entry(
        400,
        "There is no such role.",
        f"{_NOTHING_WRITTEN} Choose one of the roles in the list.",
    ),
}

IMPORTING = {
    "import-refused": Entry(
        422,
        "This file cannot be entered as it is.",
        f"{_NOTHING_WRITTEN} Correct the lines that are marked, then choose the file again.",
    ),
    "preview-outdated": Entry(
        409,
        "Something changed since you looked at the preview.",
        f"{_NOTHING_WRITTEN} Look at the new preview, then confirm it.",
    ),
    "two-names": Entry(
        422,
        "Two lines give one e-mail address two names.",
        f"{_NOTHING_WRITTEN} Correct one of the two lines.",
    ),
}

COPIES = {
    "copy-unreadable": Entry(
        422,
        "This is not a copy that the app saved, or a part of it is missing.",
        f"{_NOTHING_WRITTEN} Choose the file again; its name ends in .walk. Keep it in any case.",
    ),
    "copy-needs-words": Entry(
        422,
        "This server cannot open the copy by itself.",
        f"{_NOTHING_WRITTEN} Choose the file again and write the words it was saved with.",
    ),
    "copy-wrong-words": Entry(
        422,
        "Those are not the words this copy was saved with.",
        f"{_NOTHING_WRITTEN} Write them as they were shown when the copy was saved.",
    ),
    "copy-not-yours": Entry(
        403,
        "This is another person's work.",
        f"{_NOTHING_WRITTEN} They can open it themselves, or an administrator of the district can.",
    ),
    "copy-unproven": Entry(
        403,
        "Nothing in this copy proves who wrote it.",
        f"{_NOTHING_WRITTEN} Keep the file; the person it names can sign in and open it.",
    ),
    "copy-elsewhere": Entry(
        404,
        "This is work of a district that is not open to you.",
        f"{_NOTHING_WRITTEN} Keep the file and give it to an administrator of that district.",
    ),
    "copy-of-nobody": Entry(
        409,
        "Whoever wrote this does not sign in to this district any more.",
        f"{_NOTHING_WRITTEN} Keep the file, let the person sign in again, then open it once more.",
    ),
    "copy-outdated": Entry(
        409,
        "The file that was looked at is not here any more.",
        f"{_NOTHING_WRITTEN} Choose it once more.",
    ),
}

FILES = {
    "bytes-only": Entry(
        415,
        "This address reads the bytes of a photo and nothing else.",
        f"{_KEPT} Send Content-Type: application/octet-stream.",
    ),
    "wrong-offset": Entry(
        409,
        "The photo does not go on there.",
        f"{_KEPT} It goes on by itself where the last part ended.",
    ),
    "file-damaged": Entry(
        422,
        "The photo that arrived is not the photo that was sent.",
        f"{_KEPT} It is sent again from the beginning.",
    ),
    "file-not-image": Entry(
        422,
        "This is not a photo that can be kept.",
        f"{_KEPT} Take it again, or save a copy and tell your administrator.",
    ),
    "photos-not-yours": Entry(
        403,
        "Only people who observe in this district send photos.",
        f"{_KEPT} Ask your administrator for the role; then it is sent.",
    ),
    "too-much-unfinished": Entry(
        413,
        "Too many photos are half sent already.",
        f"{_KEPT} Let those on your other tablets finish first.",
    ),
    "disk-full": Entry(
        507,
        "The server has no room left.",
        f"{_KEPT} Tell your administrator; it is sent by itself once there is room again.",
    ),
}

REPORTING = {
    "pdf-letter-missing": Entry(
        422,
        "A name in this report has a letter that the fonts for PDF do not have.",
        f"{_NOTHING_WRITTEN} The page, CSV and XLSX have everything; print the page instead.",
    ),
}

PROBLEMS: dict[str, Entry] = {
    **SIGNING_IN,
    **REQUESTS,
    **ENGINE,
    **RULES,
    **ORGANISATION,
    **IMPORTING,
    **FILES,
    **COPIES,
    **REPORTING,
}
