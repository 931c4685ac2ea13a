"""What one happening says about the standing of another: a visit that one leaves for, or that is put off, has not taken place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from sightline.extract.claims.leads import in_headline
from sightline.extract.claims.table import happening, tables
from sightline.extract.claims.tree import Tree
from sightline.extract.claims.triggers import Trigger
from sightline.types import Certainty, Degree, Polarity, Publication, Status, TimeMention

_TOLD_AS_FACT = (Status.HAPPENED, Status.UNDER_WAY)
_UNDERTAKEN = frozenset({"departure", "travel", "arrival", "boarding", "return", "deployment"})


def _by_none(tree: Tree, verb: int) -> bool:
    """ "none crossed", "nobody was hurt", "no shot fired"."""
    if tree.dep[verb] == "acl":
        noun = tree.head[verb]
        if tree.lower[noun] in ("none", "nobody") or any(tree.lower[kid] == "no" for kid in tree.kids[noun]):
            return True
    return any(tree.dep[kid].startswith("nsubj") and tree.lower[kid] in ("none", "nobody", "nothing", "neither") for kid in tree.kids[verb])


def _neither(tree: Tree, verb: int) -> bool:
    """ "neither confirmed nor denied"."""
    near = tree.lower[max(0, verb - 2) : verb]
    return "neither" in near or ("nor" in near and tree.dep[verb] == "conj" and "neither" in tree.lower[max(0, verb - 8) : verb])


def _only_unsaid(tree: Tree, noun: int, others: Mapping[int, Trigger]) -> bool:
    """ "has not announced a visit": that nothing was said of it does not deny it."""
    if any(tree.lower[kid] in ("no", "not", "neither") for kid in tree.kids[noun]):
        return False
    for above in tree.up(noun):
        trigger = others.get(above)
        if trigger is not None and trigger.base == "verb":
            return happening(trigger.type).frame_name == "speech" and trigger.type not in ("denial", "refusal")
        if tree.is_verb(above):
            return tree.lemma[above] in tables().words["report"] or tree.lemma[above] in tables().unknown_verbs
    return False


def _only_likely_venue(tree: Tree, noun: int) -> bool:
    """ "(is) more than likely the venue for the talks"."""
    venue = tree.head[noun]
    if tree.lemma[venue] not in ("venue", "site", "host", "location", "setting"):
        return False
    return any(
        tree.lower[word] in ("likely", "probably", "probable", "possible", "possibly", "presumably")
        for word in range(max(0, venue - 4), venue)
    )


def _ahead(when: Sequence[TimeMention], published: Publication | None) -> bool:
    """Whether every time begins with or after publication and ends after it."""
    if published is None or published.interval.earliest is None or published.interval.latest is None:
        return False
    begins, ends = published.interval.earliest, published.interval.latest
    spans = [time.interval for time in when if time.interval is not None]
    return bool(spans) and all(
        span.earliest is not None and span.earliest >= begins and (span.latest is None or span.latest > ends) for span in spans
    )


def _headline_fact(tree: Tree, trigger: Trigger, certainty: Certainty) -> bool:
    """ "Rebels seize port": a headline's present tense tells what has happened, where the happening takes but a moment."""
    if (
        certainty.status is not Status.UNDER_WAY
        or happening(trigger.type).aspect != "point"
        or tree.tag[trigger.word] not in ("VBZ", "VBP")
    ):
        return False
    return in_headline(tree.text, tree.start[trigger.word])


def _headline_ahead(tree: Tree, trigger: Trigger, certainty: Certainty) -> bool:
    """ "Abe to be sworn in on Monday": an infinitive that heads its sentence is what is to come."""
    word = trigger.word
    infinitive = any(tree.lower[kid] == "to" and tree.dep[kid] == "mark" for kid in tree.kids[word])
    return infinitive and tree.head[word] == word and certainty.status in _TOLD_AS_FACT and certainty.polarity is Polarity.POSITIVE


def outlook(
    tree: Tree,
    trigger: Trigger,
    others: Mapping[int, Trigger],
    certainty: Certainty,
    when: Sequence[TimeMention],
    published: Publication | None,
) -> Certainty:
    """The certainty of a nominal happening corrected by the happening that it depends on.

    "left for talks", "the visit in the coming days", "postponed the talks": planned. "cancelled the talks": denied. "is expected
    in Oslo": expected. "has announced no talks", "has not announced talks": not known.
    """
    if trigger.base == "verb" and _headline_fact(tree, trigger, certainty):
        return msgspec.structs.replace(certainty, status=Status.HAPPENED)
    if trigger.base == "verb" and _headline_ahead(tree, trigger, certainty):
        return msgspec.structs.replace(certainty, status=Status.PLANNED)
    if (
        trigger.base == "verb"
        and tree.lower[trigger.word] == "reaching"
        and any(tree.lower[kid] == "before" for kid in tree.kids[trigger.word])
    ):
        return msgspec.structs.replace(certainty, status=Status.POSSIBLE, polarity=Polarity.UNKNOWN)
    bound = tree.lower[trigger.word] == "bound" and trigger.type == "travel" and certainty.status is Status.HAPPENED
    if bound and certainty.polarity is Polarity.POSITIVE:
        return msgspec.structs.replace(certainty, status=Status.UNDER_WAY)
    if trigger.type == "arrival" and trigger.base == "shape":
        if certainty.status in (Status.HAPPENED, Status.UNDER_WAY, Status.PLANNED) and certainty.polarity is Polarity.POSITIVE:
            return msgspec.structs.replace(certainty, status=Status.EXPECTED)
        return certainty
    if (
        trigger.base == "verb"
        and certainty.polarity is Polarity.POSITIVE
        and (_neither(tree, trigger.word) or _by_none(tree, trigger.word))
    ):
        return msgspec.structs.replace(certainty, polarity=Polarity.NEGATIVE, status=Status.DENIED)
    return _of_noun(tree, trigger, others, certainty, when, published) if trigger.base == "noun" else certainty


_INVOLVED = frozenset(
    {"part", "role", "hand", "involvement", "share", "link", "connection", "responsibility", "participation", "say", "complicity"}
)


def _only_its_own_part(tree: Tree, noun: int) -> bool:
    """ "had no part in the crash", "denied responsibility for the attack": the crash itself is not in question."""
    if tree.case(noun) not in ("in", "for", "to", "with", "behind"):
        return False
    above = tree.head[noun]
    return tree.lemma[above] in _INVOLVED or any(tree.lemma[kid] in _INVOLVED for kid in tree.children(above, "obj"))


def _of_noun(
    tree: Tree,
    trigger: Trigger,
    others: Mapping[int, Trigger],
    certainty: Certainty,
    when: Sequence[TimeMention],
    published: Publication | None,
) -> Certainty:
    if certainty.status is not Status.HAPPENED and _only_its_own_part(tree, trigger.word):
        return msgspec.structs.replace(certainty, polarity=Polarity.POSITIVE, degree=Degree.CERTAIN, status=Status.HAPPENED)
    if certainty.polarity is Polarity.NEGATIVE and _only_unsaid(tree, trigger.word, others):
        return msgspec.structs.replace(certainty, polarity=Polarity.UNKNOWN, degree=Degree.UNKNOWN, status=Status.UNKNOWN)
    if tree.lemma[trigger.word] == "way" and certainty.status is Status.HAPPENED and certainty.polarity is Polarity.POSITIVE:
        return msgspec.structs.replace(certainty, status=Status.UNDER_WAY)
    if certainty.degree is Degree.CERTAIN and _only_likely_venue(tree, trigger.word):
        certainty = msgspec.structs.replace(certainty, degree=Degree.PROBABLE)
    if certainty.polarity is not Polarity.POSITIVE or certainty.status not in _TOLD_AS_FACT:
        return certainty
    if trigger.carrier is not None and tree.lemma[trigger.carrier] in tables().words["foreseen"]:
        expected = tree.lemma[trigger.carrier] in ("expect", "anticipate", "foresee")
        return msgspec.structs.replace(certainty, status=Status.EXPECTED if expected else Status.PLANNED)
    if _ahead(when, published):
        return msgspec.structs.replace(certainty, status=Status.PLANNED)
    above = others.get(tree.head[trigger.word]) if trigger.carrier is None else None
    if above is None:
        return certainty
    relation = tree.dep[trigger.word].split(":")[0]
    if above.type in _UNDERTAKEN and relation in ("obl", "nmod") and tree.case(trigger.word) == "for":
        return msgspec.structs.replace(certainty, status=Status.PLANNED)
    if relation in ("obj", "nsubj", "nmod"):
        if above.type == "delay":
            return msgspec.structs.replace(certainty, status=Status.PLANNED)
        if above.type == "cancellation":
            return msgspec.structs.replace(certainty, polarity=Polarity.NEGATIVE, status=Status.DENIED)
    return certainty
