// Bundles src/main.js into sightline/show/assets/sightline.js, the same bytes every time.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

await build({
  entryPoints: [fileURLToPath(new URL("src/main.js", import.meta.url))],
  outfile: fileURLToPath(new URL("../sightline/show/assets/sightline.js", import.meta.url)),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
});
