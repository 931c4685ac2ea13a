"""How well chains of sources are found: our own passages, each with its graph of source, newsroom and addressee.

    python -m bench chains [--half open|held|both] [--errors]

A link joins two neighbours of a chain (source to newsroom, newsroom to the report's outlet). It is right when both its ends are:
words overlap and either begin together or share at least half their characters. Everything runs as in ``sightline annotate``.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from sightline.extract.actors import find_actors
from sightline.extract.places import find_places
from sightline.extract.sources import type_sources
from sightline.extract.speech import find_attributions
from sightline.gazetteer import Gazetteer, Register
from sightline.language import read
from sightline.types import Attribution, Report, Source, Span

GOLD = Path(__file__).parent / "gold"
KINDS = {
    "off": "official",
    "gov": "government",
    "stm": "state_media",
    "agy": "agency",
    "out": "outlet",
    "com": "company",
    "org": "organisation",
    "wit": "witness",
    "int": "intelligence",
    "exp": "expert",
    "soc": "social_media",
    "crd": "crowd",
    "doc": "document",
    "per": "person",
    "unk": "unknown",
}
OUTLET = Span(0, 0)


class Node(NamedTuple):
    span: Span
    kind: str
    anonymous: bool
    count: int | None


class Passage(NamedTuple):
    outlet: str
    text: str
    chains: list[list[Node]]
    addressees: list[Span]


def passages(half: str) -> list[Passage]:
    blocks = (GOLD / f"chains-{half}.txt").read_text(encoding="utf-8").split("\n\n")
    out = []
    for block in blocks:
        lines = [
            line
            for line in block.strip().splitlines()
            if not line.startswith(("# Passages", "# A passage", "# the report", "# out ", "# Flags"))
        ]
        if not lines or not lines[0].startswith("# "):
            continue
        text = lines[1].replace(" ¶ ", "\n\n")
        chains = [[_node(part, text) for part in line[2:].split(" < ")] for line in lines[2:] if line.startswith(">")]
        told = [_find(words, text) for line in lines[2:] if line.startswith("@") for words in line[2:].split("; ")]
        out.append(Passage(lines[0][2:], text, chains, told))
    return out


def _node(words: str, text: str) -> Node:
    match = re.fullmatch(r"(.+?) \((\w+)((?: anon| x\d+)*)\)", words)
    if match is None:
        raise ValueError(f"not a link: {words!r}")
    flags = match[3].split()
    count = next((int(flag[1:]) for flag in flags if flag.startswith("x")), None)
    return Node(_find(match[1], text), KINDS[match[2]], "anon" in flags, count)


def _find(words: str, text: str) -> Span:
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    if match is None:
        raise ValueError(f"{words!r} does not stand in {text!r}")
    return Span(match.start(), match.end())


def alike(one: Span, other: Span) -> bool:
    """The same words, near enough: overlapping, and begun together (an article aside) or half shared."""
    if OUTLET in (one, other):
        return one == other
    if not one.overlaps(other):
        return False
    shared = min(one.end, other.end) - max(one.start, other.start)
    return abs(one.start - other.start) <= 4 or 2 * shared >= max(one.end, other.end) - min(one.start, other.start)


def links(chains: list[list[Span]]) -> list[tuple[Span, Span]]:
    out: list[tuple[Span, Span]] = []
    for chain in chains:
        for pair in zip(chain, [*chain[1:], OUTLET], strict=True):
            if pair not in out:
                out.append(pair)
    return out


def found_chains(attributions: list[Attribution]) -> list[list[Source]]:
    """Chains of all speakers, outlet left off."""
    chains = []
    for attribution in attributions:
        for speaker in (attribution.speaker, *attribution.others):
            if speaker is not None:
                chains.append([speaker, *(link for link in attribution.via if link.spans)])
    return chains


def matched(gold: list[tuple[Span, Span]], found: list[tuple[Span, Span]]) -> int:
    rest = list(found)
    hits = 0
    for inner, outer in gold:
        hit = next((pair for pair in rest if alike(pair[0], inner) and alike(pair[1], outer)), None)
        if hit is not None:
            rest.remove(hit)
            hits += 1
    return hits


def score(half: str, errors: bool) -> dict[str, float]:
    gold = passages(half)
    gazetteer, register = Gazetteer.load(), Register.load()
    tally: Counter[str] = Counter()
    seconds, tokens = 0.0, 0
    for number, (passage, doc) in enumerate(zip(gold, read([one.text for one in gold]), strict=True)):
        report = Report(id=str(number), text=passage.text, outlet=passage.outlet)
        places = find_places(doc, gazetteer, report)
        names, actors = find_actors(doc, register, places, report)
        given = find_attributions(doc)
        began = time.process_time()
        result = type_sources(doc, given, names, actors, report, register=register)
        seconds += time.process_time() - began
        tokens += len(doc)
        wanted = links([[node.span for node in chain] for chain in passage.chains])
        chains = found_chains(result)
        got = links([[link.spans[0] for link in chain] for chain in chains])
        hits = matched(wanted, got)
        tally["hit"] += hits
        tally["wanted"] += len(wanted)
        tally["got"] += len(got)
        inner_wanted, inner_got = [p for p in wanted if p[1] != OUTLET], [p for p in got if p[1] != OUTLET]
        tally["inner hit"] += matched(inner_wanted, inner_got)
        tally["inner wanted"] += len(inner_wanted)
        tally["inner got"] += len(inner_got)
        _nodes(passage, chains, tally, errors)
        told = [span for attribution in result for span in attribution.addressee]
        tally["told hit"] += sum(any(alike(span, one) for one in told) for span in passage.addressees)
        tally["told wanted"] += len(passage.addressees)
        tally["told got"] += len(told)
        if errors and (hits < len(wanted) or len(got) > hits):
            print(f"\n{passage.text}\n  gold  {_shown(passage.text, wanted)}\n  found {_shown(passage.text, got)}")
    return {
        "passages": float(len(gold)),
        **_prf("links", tally["hit"], tally["wanted"], tally["got"]),
        **_prf("inner links", tally["inner hit"], tally["inner wanted"], tally["inner got"]),
        "kind right": 100 * tally["kind"] / max(tally["nodes"], 1),
        **_prf("anonymity", tally["anon hit"], tally["anon wanted"], tally["anon got"]),
        "count right": 100 * tally["count hit"] / max(tally["count wanted"], 1),
        **_prf("addressee", tally["told hit"], tally["told wanted"], tally["told got"]),
        "microseconds a token": 1e6 * seconds / max(tokens, 1),
    }


def _nodes(passage: Passage, chains: list[list[Source]], tally: Counter[str], errors: bool) -> None:
    found = [source for chain in chains for source in chain]
    for node in {node.span: node for chain in passage.chains for node in chain}.values():
        source = max(
            (one for one in found if alike(one.spans[0], node.span)), key=lambda one: _shared(one.spans[0], node.span), default=None
        )
        if source is None:
            continue
        tally["nodes"] += 1
        tally["kind"] += source.kind == node.kind
        tally["anon hit"] += node.anonymous and source.anonymous
        tally["anon wanted"] += node.anonymous
        tally["anon got"] += source.anonymous
        if node.count is not None:
            tally["count wanted"] += 1
            tally["count hit"] += source.count == node.count
        if errors and (source.kind != node.kind or source.anonymous != node.anonymous):
            print(
                f"node {source.text!r}: {source.kind}{' anonymous' if source.anonymous else ''} for {node.kind}{' anonymous' if node.anonymous else ''}"
            )


def _shared(one: Span, other: Span) -> float:
    return (min(one.end, other.end) - max(one.start, other.start)) / (max(one.end, other.end) - min(one.start, other.start))


def _shown(text: str, pairs: list[tuple[Span, Span]]) -> str:
    return " | ".join(f"{one.of(text)} < {'OUTLET' if other == OUTLET else other.of(text)}" for one, other in pairs)


def _prf(name: str, hit: int, wanted: int, got: int) -> dict[str, float]:
    precision, recall = 100 * hit / max(got, 1), 100 * hit / max(wanted, 1)
    return {f"{name} P": precision, f"{name} R": recall, f"{name} F1": 2 * precision * recall / max(precision + recall, 1e-9)}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench chains", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("open", "held", "both"), default="open")
    parser.add_argument("--data", type=Path, help="taken for likeness with the other benches; nothing is read from it")
    parser.add_argument("--errors", action="store_true", help="print what was found wrongly")
    options = parser.parse_args(argv)
    for half in ("open", "held") if options.half == "both" else (options.half,):
        print(f"own passages, {half} half")
        for name, value in score(half, options.errors).items():
            print(f"  {name:24} {value:8.1f}")
    return 0
