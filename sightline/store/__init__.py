"""The store: SQLAlchemy Core, append-only; SQLite by default, PostgreSQL for a team."""

from sightline.store.deciding import new_decision
from sightline.store.search import Hit
from sightline.store.store import DEFAULT, Added, Store, StoreError, failure

__all__ = ["DEFAULT", "Added", "Hit", "Store", "StoreError", "failure", "new_decision"]
