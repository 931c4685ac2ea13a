"""Reads FollowTheMoney entities from standard input with the format's own library, in whatever Python has it; tells what is wrong, a line each.

    python tests/show/read_ftm.py < story.ftm.json

Run by the tests in an environment of its own (``requirements/formats.txt``): the library holds other packages at older versions.
"""

from __future__ import annotations

import json
import sys


def complaints(lines: list[dict[str, object]]) -> list[str]:
    from followthemoney import model

    proxies = {str(line["id"]): model.get_proxy(line, cleaned=False) for line in lines}
    wrong = []
    for line, proxy in zip(lines, proxies.values(), strict=True):
        kept = proxy.to_dict()["properties"]
        wrong += [f"{proxy.schema.name} {proxy.id}: {name} was not read whole" for name, values in line["properties"].items()  # type: ignore[attr-defined]
                  if sorted(kept.get(name, ())) != sorted(values)]  # fmt: skip
        for prop, value in proxy.itervalues():
            if not prop.type.validate(value):
                wrong.append(f"{proxy.schema.name} {proxy.id}: {prop.name} cannot be {value!r}")
            other = proxies.get(value) if prop.type.name == "entity" else None
            if prop.type.name == "entity" and (other is None or not other.schema.is_a(prop.range)):
                wrong.append(
                    f"{proxy.schema.name} {proxy.id}: {prop.name} points at what is no {prop.range.name if prop.range else 'entity'}"
                )
        try:
            proxy.schema.validate(line)
        except Exception as error:
            wrong.append(f"{proxy.schema.name} {proxy.id}: {error}")
    return wrong


if __name__ == "__main__":
    found = [json.loads(line) for line in sys.stdin if line.strip()]
    for complaint in complaints(found):
        print(complaint)
    print(f"{len(found)} entities read")
