"""Why the organisation was left as it was."""


class Refused(Exception):
    """Nothing was written: a stable code, the field it is about, a sentence for the person."""

    def __init__(self, code: str, field: str, sentence: str) -> None:
        super().__init__(f"{code} ({field}): {sentence}")
        self.code = code
        self.field = field
        self.sentence = sentence
