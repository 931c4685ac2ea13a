"""Join the sections of ``bench/results/`` into ``bench/RESULTS.md``.

python -m bench join
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
ORDER = (
    "path",
    "language",
    "times",
    "speech",
    "chains",
    "certainty",
    "places",
    "gazetteer",
    "names",
    "actors",
    "coreference",
    "claims",
    "stories",
    "journeys",
    "pages",
    "scale",
)


def main(argv: list[str]) -> int:
    head = (FOLDER / "results" / "head.md").read_text(encoding="utf-8").strip()
    known = {
        path.stem: path.read_text(encoding="utf-8").strip() for path in sorted((FOLDER / "results").glob("*.md")) if path.stem != "head"
    }
    order = [name for name in ORDER if name in known] + [name for name in known if name not in ORDER]
    (FOLDER / "RESULTS.md").write_text("\n\n".join([head, *(known[name] for name in order)]) + "\n", encoding="utf-8")
    print(f"{len(order)} sections in {FOLDER / 'RESULTS.md'}")
    return 0
