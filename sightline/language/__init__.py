"""The language floor: a text in, a spaCy Doc out.

``load`` gives the pipeline, ``read`` runs texts through it. Importing this package imports neither spaCy nor numpy.
"""

from sightline.language.pipeline import LONGEST, BrokenTextError, TextTooLongError, checked, forget, load, read

__all__ = ["LONGEST", "BrokenTextError", "TextTooLongError", "checked", "forget", "load", "read"]
