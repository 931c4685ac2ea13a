"""The other side of a claim: who is told to deny it denies the same happening ("..., but the army denied the report")."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from sightline.extract.claims.tree import Tree
from sightline.types import Attribution, Claim, Degree, Polarity, Stance, Status


def answered(claims: list[Claim], tree: Tree, attributions: Sequence[Attribution]) -> list[Claim]:
    """``claims`` with a denied one behind each that another attribution's denial points back to.

    Of several claims in the words denied it is the one that the others hang from. The denied claim has the same trigger, and the id
    with ``~denied`` behind it.
    """
    out = list(claims)
    order = sorted(range(len(claims)), key=lambda number: claims[number].trigger.start)
    starts = [claims[number].trigger.start for number in order]
    for index, attribution in enumerate(attributions):
        if attribution.attitude != "denial" or not attribution.content or not attribution.cue:
            continue
        if attribution.cue[0].start < attribution.content[-1].end:
            continue
        near = {at for span in attribution.content for at in order[bisect_left(starts, span.start) : bisect_right(starts, span.end)]}
        held = [
            claim
            for claim in map(claims.__getitem__, sorted(near))
            if claim.attribution not in (None, index) and any(span.contains(claim.trigger) for span in attribution.content)
        ]
        if not held:
            continue
        main = min(held, key=lambda claim: (sum(1 for _ in tree.up(tree.at(claim.trigger.start))), claim.trigger.start))
        if main.certainty.polarity is not Polarity.POSITIVE:
            continue
        links = max(len(attribution.via), 1)
        open_links = tuple(Stance(link=link, polarity=Polarity.UNKNOWN, degree=Degree.UNKNOWN) for link in range(links))
        certainty = msgspec.structs.replace(
            main.certainty,
            polarity=Polarity.NEGATIVE,
            degree=Degree.CERTAIN,
            status=Status.DENIED,
            hedges=(),
            stances=(*open_links, Stance(link=links, polarity=Polarity.NEGATIVE, degree=Degree.CERTAIN)),
        )
        denied = msgspec.structs.replace(main, id=f"{main.id}~denied", attribution=index, certainty=certainty, unknown=())
        out.insert(out.index(main) + 1, denied)
    return out
