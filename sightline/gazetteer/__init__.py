"""Places, countries, people with their offices, outlets and agencies with their parties."""

from sightline.gazetteer.gazetteer import Gazetteer
from sightline.gazetteer.register import Register

__all__ = ["Gazetteer", "Register"]
