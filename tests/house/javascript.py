"""Reads JavaScript just well enough to tell what it does from what it says."""

import re
from dataclasses import dataclass, field

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
QUOTED = re.compile(r"""(["'])((?:\\.|(?!\1)[^\\\n])*)\1""")
REGEX = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
# A slash after these begins a regular expression; after anything else it divides.
BEFORE_REGEX = re.compile(r"(?:^|[(,=:\[!&|?{};+*~^<>-]|=>|\breturn)\s*$")


@dataclass
class Script:
    """`code` without comments and without what is quoted; `strings` and `templates` apart."""

    code: str = ""
    strings: list[str] = field(default_factory=list)
    templates: list[str] = field(default_factory=list)


def read_script(source: str) -> Script:
    script = Script()
    read_code(script, source, 0)
    return script


def read_code(script: Script, source: str, at: int) -> int:
    """Read up to the brace that closes this piece of code, or to the end; return where."""
    depth = 0
    while at < len(source):
        letter = source[at]
        if found := COMMENT.match(source, at):
            at = found.end()
        elif letter in "\"'" and (found := QUOTED.match(source, at)):
            script.strings.append(found[2])
            script.code += '""'
            at = found.end()
        elif letter == "`":
            at = read_template(script, source, at + 1)
        elif letter == "/" and BEFORE_REGEX.search(script.code[-20:]):
            found = REGEX.match(source, at)
            script.code += "/./"
            at = found.end() if found else at + 1
        else:
            depth += (letter == "{") - (letter == "}")
            if depth < 0:
                return at + 1
            script.code += letter
            at += 1
    return at


def read_template(script: Script, source: str, at: int) -> int:
    """Collect the words between the holes; what stands in a hole is code again."""
    words = ""
    while at < len(source) and source[at] != "`":
        if source.startswith("${", at):
            words += " "
            at = read_code(script, source, at + 2)
        elif source[at] == "\\":
            words += source[at : at + 2]
            at += 2
        else:
            words += source[at]
            at += 1
    script.templates.append(words)
    script.code += '""'
    return at + 1
