"""What is wrong with one value, and where: carried through marshmallow as its error messages.

A field raises with `faulty(...)`; marshmallow gathers the messages under the field's name; the
first of them comes back out as a `Refusal` with an RFC 6901 pointer into the change.
"""

from typing import Any, NoReturn, cast

from marshmallow import ValidationError

from walkapp.sync.errors import Refusal

# (code, pointer below the checked value as keys, detail for the person)
Fault = tuple[str, tuple[str, ...], str]


def fault(code: str, *keys: str, detail: str = "") -> Fault:
    return code, keys, detail


def faulty(found: Fault) -> NoReturn:
    """Raise the fault as marshmallow carries it: messages nested by key, [code, detail] last."""
    code, keys, detail = found
    messages: Any = [code, detail]
    for key in reversed(keys):
        messages = {key: messages}
    raise ValidationError(messages)


def refusal(found: Fault, *above: str) -> Refusal:
    """The fault as the engine answers it, below the keys that lead to the checked value."""
    code, keys, detail = found
    return Refusal(code, pointer(*above, *keys), detail)


def first_refusal(messages: dict[str, Any], *above: str) -> Refusal:
    """The first of marshmallow's messages as a refusal."""
    keys = list(above)
    rest: Any = messages
    while isinstance(rest, dict):
        key, rest = next(iter(rest.items()))
        if key != "_schema":
            keys.append(str(key))
    code, detail = (*cast(list[str], rest), "")[:2]
    return Refusal(code, pointer(*keys), detail)


def pointer(*keys: str) -> str:
    """RFC 6901: `/set/ratings~1TE1`."""
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)
