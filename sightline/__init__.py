"""Sightline: a sourced picture of a developing story.

Who said what, through whom and how surely; what happened, when and where; what independent parties confirm; and, where the story
is a journey, where the traveller is now and when they will arrive.
"""

__version__ = "0.1.0"
