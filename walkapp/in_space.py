"""Pages whose address names a space, which goes along from one page to the next."""

from typing import Any

from flask import Blueprint, g


def carry_space(blueprint: Blueprint) -> None:
    """Take `space` out of each address into `g.space`, and put it into those that are made."""
    blueprint.url_value_preprocessor(_take)
    blueprint.url_defaults(_put)


def _take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.space = (values or {}).pop("space", None)


def _put(_endpoint: str, values: dict[str, Any]) -> None:
    if g.get("space"):
        values.setdefault("space", g.space)
