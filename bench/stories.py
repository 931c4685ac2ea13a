"""Events and stories across reports on ECB+: chains of mentions, links and story grouping, beside simple baselines.

    python -m bench stories --data FOLDER [--part dev] [--cache FOLDER]

``FOLDER`` holds ``ecbplus-train-dev.jsonl.gz``. Gold mentions, topics not given, our own parses. Baselines: mentions with the same lemma
are one happening, over all reports and within our stories. Scores as the field computes them: MUC, B3, CEAFe, their mean (CoNLL),
precision and recall of links between mentions of different reports; B3 of the grouping of reports into stories.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import ecb
from sightline.stories.grouping import LikenessTable, group
from sightline.stories.linking import chains, load_linker
from sightline.stories.mentions import Mention


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench stories", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", default="dev", choices=["train", "dev", "test"])
    parser.add_argument("--cache", type=Path, default=None, help="folder where parses are kept")
    options = parser.parse_args(argv)
    files = sorted(options.data.glob("ecbplus*.jsonl.gz"))
    if not files:
        print(f"no ECB+ at {options.data}: give the folder that holds ecbplus-train-dev.jsonl.gz with --data", file=sys.stderr)
        return 1
    documents = ecb.load(files[0], (options.part,), options.cache)
    kinds = ecb.word_kinds()
    mentions = {document.id: ecb.mentions_of(document, kinds) for document in documents}
    gold = {f"{document.id}:{number}": event["chain"] for document in documents for number, event in enumerate(document.events)}
    report_of = {mention: mention.rpartition(":")[0] for mention in gold}
    table = LikenessTable()
    for document in documents:
        table.add(ecb.reading_of(document))
    groups = group(table, [document.id for document in documents])
    story_of = {report: str(number) for number, reports in enumerate(groups) for report in reports}
    precision, recall, story_f = ecb.b_cubed({document.id: document.story for document in documents}, story_of)
    print(f"{len(documents)} reports, {len(gold)} mentions, {len(groups)} stories")
    print(f"stories: B3 {100 * story_f:.1f} (P {100 * precision:.1f}, R {100 * recall:.1f})")
    systems = {
        "same lemma": {mention.id: mention.lemma for row in mentions.values() for mention in row},
        "same lemma in our stories": {
            mention.id: f"{story_of[mention.report]}/{mention.lemma}" for row in mentions.values() for mention in row
        },
        "linker in our stories": linked(groups, mentions, table, load_linker().joined),
        "the same, sure links only": linked(groups, mentions, table, load_linker().sure),
    }
    for name, system in systems.items():
        found = ecb.scores(gold, system, report_of)
        print(f"{name:<28}" + "  ".join(f"{key} {value:.1f}" for key, value in found.items()))
    return 0


def linked(groups: list[list[str]], mentions: dict[str, list[Mention]], table: LikenessTable, threshold: float) -> dict[str, str]:
    """Chains by the shipped linker, within each story, of groups that hold together from a threshold."""
    linker = load_linker()
    system = {}
    for number, reports in enumerate(groups):
        inside = [mention for report in reports for mention in mentions[report]]
        for chain, members in enumerate(chains(inside, linker.scores(inside, ecb.likeness(inside, reports, table)), threshold)):
            system.update({inside[index].id: f"{number}/{chain}" for index in members})
    return system
