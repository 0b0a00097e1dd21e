"""The command line inside the test's process."""

from dataclasses import dataclass

from click.testing import CliRunner

from walkapp.cli import main


@dataclass(frozen=True)
class Said:
    code: int
    text: str


class Command:
    """Call it with words; `given` is what the person types."""

    def __call__(self, *words: str, given: str | None = None) -> Said:
        done = CliRunner().invoke(main, list(words), input=given)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Said(done.exit_code, done.output)

    def must(self, *words: str, given: str | None = None) -> str:
        said = self(*words, given=given)
        assert said.code == 0, said.text
        return said.text
