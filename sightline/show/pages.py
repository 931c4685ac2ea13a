"""Jinja's environment: every value escaped, the same templates for the dossier and the served pages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sightline.show.links import slug
from sightline.show.words import GRADES, plural, when


@cache
def environment() -> Environment:
    """The environment with the package's templates."""
    made = Environment(
        loader=PackageLoader("sightline.show"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(slug=slug, plural=plural, when=when, svg=Markup)
    made.globals.update(GRADES=GRADES)
    return made


@cache
def asset(name: str) -> str:
    """Text of a file in ``assets/``."""
    return files("sightline.show").joinpath(f"assets/{name}").read_text(encoding="utf-8")


def render(template: str, **values: Any) -> str:
    """A page."""
    return environment().get_template(template).render(**values)
