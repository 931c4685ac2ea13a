"""Draws ``docs/brief.svg``, the README's terminal picture: ``python docs/picture.py``."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from sightline.cli.options import instant
from sightline.desk import Desk, party_names, picture_of
from sightline.journeys import Network
from sightline.readers import read_paths
from sightline.show.terminal import brief
from sightline.types import Reading

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "armoured-train"


def main() -> None:
    """Record the example's brief as of the evening of 12 September 2023 and write it without remote fonts."""
    moment = instant("2023-09-12")
    readings = [item for item in Desk().annotate(read_paths([EXAMPLE / "reports"])) if isinstance(item, Reading)]
    picture = picture_of(readings, as_of=moment, network=Network.load(EXAMPLE / "network.geojson"))
    console = Console(record=True, width=112, file=io.StringIO(), force_terminal=True, highlight=False)
    brief(picture.stories, picture.readings, picture.forecasts, console, as_of=moment, parties=party_names(picture.stories), limit=5)
    drawn = console.export_svg(title="sightline brief reports/ --network network.geojson --as-of 2023-09-12")
    drawn = re.sub(r"@font-face\s*{[^}]*}", "", drawn)
    (ROOT / "docs" / "brief.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
