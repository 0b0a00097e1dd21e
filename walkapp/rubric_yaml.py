"""A rubric file as plain data that knows on which line every part of it stands.

The files give the same data to every YAML reader, old or new: what YAML 1.1 and YAML 1.2 read
differently (an unquoted yes, 010, 1:30, a date) is refused, and so are anchors, tags, duplicate
keys and everything that is not ASCII.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

LONGEST_FILE_BYTES = 1_000_000

Place = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_ASCII = re.compile(r"[^\n\r\t\x20-\x7e]")
_PLAIN = {
    "tag:yaml.org,2002:null": re.compile(r"null|Null|NULL|~"),
    "tag:yaml.org,2002:bool": re.compile(r"true|false"),
    "tag:yaml.org,2002:int": re.compile(r"-?(0|[1-9][0-9]*)"),
    "tag:yaml.org,2002:float": re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+"),
}
_STRING = "tag:yaml.org,2002:str"
# YAML 1.1 names these as booleans too, though this reader does not take them for that.
_YES_OR_NO = re.compile(r"y|n", re.IGNORECASE)
# Words that are text here and a number, a date or a truth to another reader of either age.
_LOOKS_LIKE_MORE = re.compile(r"[-+]?[0-9][0-9_.,:eE+-]*|0[xob][0-9a-fA-F_]+|True|TRUE|False|FALSE")


@dataclass(frozen=True)
class Trouble:
    line: int
    place: Place
    sentence: str


@dataclass
class Read:
    """The data of a file, the line of every place in it, and what is wrong with its writing."""

    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def line_of(self, place: Place) -> int:
        """The line of the place, or of the nearest part around it that is in the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read(path: Path) -> Read:
    """Read the file whatever is in it; what cannot be read becomes a trouble with its line."""
    found = Read()
    try:
        text = path.read_bytes()[: LONGEST_FILE_BYTES + 1].decode("ascii", "surrogateescape")
    except OSError as error:
        found.troubles.append(Trouble(1, (), f"cannot be opened: {error.strerror}"))
        return found
    if len(text) > LONGEST_FILE_BYTES:
        found.troubles.append(Trouble(1, (), f"is longer than {LONGEST_FILE_BYTES} bytes"))
    elif not _tell_not_ascii(text, found):
        _compose(text, found)
    return found


def _tell_not_ascii(text: str, found: Read) -> bool:
    for number, line in enumerate(text.split("\n"), 1):
        if _NOT_ASCII.search(line):
            sentence = "holds a character that is not plain ASCII (a curly quote, a long dash?)"
            found.troubles.append(Trouble(number, (), sentence))
    return bool(found.troubles)


def _compose(text: str, found: Read) -> None:
    try:
        _refuse_references(text, found)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        found.troubles.append(Trouble(line, (), f"is not well-formed YAML: {error.problem}"))
        return
    except (yaml.YAMLError, RecursionError):
        found.troubles.append(Trouble(1, (), "is not well-formed YAML"))
        return
    if node is None:
        found.troubles.append(Trouble(1, (), "is empty"))
    elif not found.troubles:
        found.data = _value(node, (), found)


def _refuse_references(text: str, found: Read) -> None:
    for token in yaml.scan(text, Loader=_LOADER):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
            sentence = "uses an anchor, an alias or a tag; write the value out"
            found.troubles.append(Trouble(token.start_mark.line + 1, (), sentence))


def _value(node: yaml.Node, place: Place, found: Read) -> Any:
    found.lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, found)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, n), found) for n, item in enumerate(node.value)]
    return _scalar(node, place, found)


def _mapping(node: yaml.MappingNode, place: Place, found: Read) -> dict[Any, Any]:
    data: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = _key(key_node, place, found)
        here = (*place, key)
        if key in data:
            line = key_node.start_mark.line + 1
            first = found.lines.get(here, line)
            found.troubles.append(
                Trouble(line, here, f"is there twice; the first is on line {first}")
            )
            continue
        found.lines[here] = key_node.start_mark.line + 1
        data[key] = _value(value_node, here, found)
    return data


def _key(node: yaml.Node, place: Place, found: Read) -> str | int:
    key = _scalar(node, place, found) if isinstance(node, yaml.ScalarNode) else None
    if isinstance(key, str) or type(key) is int:
        return key
    line = node.start_mark.line + 1
    found.troubles.append(Trouble(line, place, "has a key that is neither a word nor a number"))
    return str(node.value) if isinstance(node, yaml.ScalarNode) else f"line {line}"


def _scalar(node: Any, place: Place, found: Read) -> Any:
    text = str(node.value)
    if node.style:  # quoted, or a block of text: a string to every reader
        return text
    plain = _PLAIN.get(node.tag)
    if plain and plain.fullmatch(text):
        return _plain_value(node.tag, text)
    if node.tag == _STRING and not (_YES_OR_NO.fullmatch(text) or _LOOKS_LIKE_MORE.fullmatch(text)):
        return text
    sentence = f"is {text!r} without quotes, which readers of YAML take for different things"
    found.troubles.append(Trouble(node.start_mark.line + 1, place, sentence + "; quote it"))
    return text


def _plain_value(tag: str, text: str) -> Any:
    if tag.endswith("null"):
        return None
    if tag.endswith("bool"):
        return text == "true"
    return int(text) if tag.endswith("int") else float(text)
