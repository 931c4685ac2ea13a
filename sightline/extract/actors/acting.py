"""States by a capital, a building or their own name where they act."""

from __future__ import annotations

from sightline.extract.actors.cast import Cast


def acting_places(cast: Cast) -> None:
    """Take up the states and buildings that act."""
    seen: set[int] = set()
    for mention in cast.places.values():
        if id(mention) in seen:
            continue
        seen.add(id(mention))
        words_ = cast.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
        if words_ is None or not cast.free(words_.start, words_.end):
            continue
        if mention.metonymy == "government" and mention.place is not None:
            building = (
                [a for a in cast.register.actors_named(mention.text) if a.kind == "organisation"]
                if mention.place.kind == "building"
                else []
            )
            elsewhere = cast.register.body_at(mention.text)
            if elsewhere is not None and mention.place.country not in cast.countries:
                cast.mention(cast.known(elsewhere), words_.start, words_.end, "ORG", "short", confidence=min(0.8, mention.confidence))
                continue
            iso = cast.register.seat_of(mention.text) or mention.place.country
            if building:
                cast.mention(cast.known(building[0]), words_.start, words_.end, "ORG", "name", confidence=mention.confidence)
                continue
            if iso:
                cast.mention(
                    cast.state(iso),
                    words_.start,
                    words_.end,
                    "LOC",
                    "name" if mention.place.kind == "country" else "short",
                    confidence=min(0.85, mention.confidence),
                )
                continue
