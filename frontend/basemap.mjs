// Makes sightline/show/assets/basemap.json.gz: coastlines and state borders of Natural Earth (public domain) by way of world-atlas,
// simplified to about a kilometre, as delta-coded hundredths of a degree.
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { createRequire } from "node:module";
import { merge, mesh } from "topojson-client";
import { presimplify, simplify, filter, filterWeight } from "topojson-simplify";

const require = createRequire(import.meta.url);
const atlas = JSON.parse(readFileSync(require.resolve("world-atlas/countries-10m.json"), "utf8"));
const LEAST_AREA = 0.0004; // square degrees: about 5 square kilometres
let small = simplify(presimplify(atlas), LEAST_AREA);
small = filter(small, filterWeight(small, LEAST_AREA * 2));

const coded = (lines) => lines.map((line) => {
  const numbers = [];
  let [x0, y0] = [0, 0];
  for (const [lon, lat] of line) {
    const [x, y] = [Math.round(lon * 100), Math.round(lat * 100)];
    if (numbers.length && x === x0 && y === y0) continue;
    numbers.push(x - x0, y - y0);
    [x0, y0] = [x, y];
  }
  return numbers;
}).filter((numbers) => numbers.length >= 4);


const land = merge(small, small.objects.countries.geometries);
const rings = land.coordinates.map((polygon) => coded(polygon));
const borders = coded(mesh(small, small.objects.countries, (a, b) => a !== b).coordinates);
const out = { source: "Natural Earth 1:10m (public domain), world-atlas 2.0.2", unit: 0.01, land: rings.filter((r) => r.length), borders };
const data = gzipSync(JSON.stringify(out), { level: 9 });
writeFileSync(new URL("../sightline/show/assets/basemap.json.gz", import.meta.url), data);
console.log(`${out.land.length} polygons, ${out.borders.length} borders, ${data.length} bytes`);
