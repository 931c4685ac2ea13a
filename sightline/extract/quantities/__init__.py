"""Measured and counted amounts."""

from sightline.extract.quantities.find import find_quantities

__all__ = ["find_quantities"]
