"""A forecast as a page of its own: text, pictures, and a slider over the series of forecasts that works without a script server."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from sightline.show.journeys.densities import densities
from sightline.show.journeys.maps import position_map
from sightline.show.journeys.marey import marey
from sightline.show.journeys.plain import plain
from sightline.show.journeys.weights import weights
from sightline.types import Forecast

_STYLE = (
    ":root{color-scheme:light dark;--paper:#fdfcf9;--ink:#1d2327;--soft:#58636b;--line:#d9d5cb;--accent:#1f5c8a;--warn:#a3291f}"
    "@media (prefers-color-scheme:dark){:root{--paper:#14181b;--ink:#e8e6e1;--soft:#a7b0b6;--line:#333b41;--accent:#8cc4f0;--warn:#ff9a8f;"
    "--sea:#182530;--land:#262a2c;--shore:#50606a;--border:#5b5f5a}}"
    "body{margin:0 auto;max-width:62rem;padding:1rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}"
    "pre{white-space:pre-wrap}figure{margin:1.5rem 0;overflow-x:auto}figcaption{color:var(--soft)}svg{width:100%;height:auto}input{width:100%}"
    "svg text{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}"
    # On a narrow screen a picture is scrolled, since its words would be too small to read.
    "@media (max-width:44rem){body{padding:.6rem}h1{font-size:1.4rem}h2{font-size:1.1rem}figure svg{min-width:44rem}}"
)
_SCRIPT = (
    "const r=document.getElementById('when'),s=[...document.querySelectorAll('section.state')];"
    "const show=()=>s.forEach((e,i)=>{e.hidden=i!=r.value});r.addEventListener('input',show);show();"
)


def page(forecast: Forecast, series: Sequence[Forecast] = ()) -> str:
    """Self-contained HTML. With a series the states stand one below the other, and a slider shows one at a time where scripts run."""
    states = sorted(series, key=lambda f: f.as_of) or [forecast]
    title = escape(forecast.headline)
    body = [f"<h1>{title}</h1>"]
    moved = weights(states)
    if moved:
        body.append(_figure("How the destinations' probabilities moved", moved))
    if len(states) > 1:
        body.append(f'<label>As of <input id="when" type="range" min="0" max="{len(states) - 1}" value="{len(states) - 1}"></label>')
    for state in states:
        body.append(f'<section class="state"><h2>{escape(state.as_of.strftime("%Y-%m-%d %H:%M UTC"))}: {escape(state.headline)}</h2>')
        for caption, svg in (
            ("When they will arrive", densities(state)),
            ("Where they are now", position_map(state, alone=True)),
            ("Kilometres against time", marey(state)),
        ):
            if svg:
                body.append(_figure(caption, svg))
        body.append(f"<pre>{escape(plain(state))}</pre></section>")
    script = f"<script>{_SCRIPT}</script>" if len(states) > 1 else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>{''.join(body)}{script}</body></html>\n"
    )


def _figure(caption: str, svg: str) -> str:
    return f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>"
