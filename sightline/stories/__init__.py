"""Everything across reports: stories, copies and origins, events, corroboration, contradictions, changes."""

from sightline.stories.builder import Builder, build
from sightline.stories.changes import changes

__all__ = ["Builder", "build", "changes"]
