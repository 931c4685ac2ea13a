// The page works without this script; it adds layers, linked mentions, cited passages, filters and the as-of slider.
import { layers } from "./layers.js";
import { passages } from "./passages.js";
import { filters } from "./filters.js";
import { replay } from "./replay.js";

layers(document);
passages(document, window);
for (const form of document.querySelectorAll("form.filters")) filters(form, window);
for (const section of document.querySelectorAll("section.replay")) replay(section);
