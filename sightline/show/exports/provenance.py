"""The chain behind every page as W3C PROV-JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from sightline.show.links import slug
from sightline.show.words import outlet_name, report_name
from sightline.types import Reading, Story

NAMESPACE = "urn:sightline:"


def prov(story: Story, readings: Sequence[Reading]) -> bytes:
    """Pages and origins as entities, outlets and speakers as agents, "goes back to" as derivation from a primary source."""
    entities: dict[str, Any] = {}
    agents: dict[str, Any] = {}
    attributed: dict[str, Any] = {}
    derived: dict[str, Any] = {}
    delegated: dict[str, Any] = {}
    for reading in readings:
        report = reading.report
        page = f"sl:page-{slug(report.id)}"
        outlet = outlet_name(report.outlet)
        entities[page] = {"prov:label": report_name(report), "prov:type": {"$": "sl:Report", "type": "prov:QUALIFIED_NAME"}}
        if report.url:
            entities[page]["sl:url"] = report.url
        if report.sha256:
            entities[page]["sl:sha256"] = report.sha256
        agent = f"sl:outlet-{slug(outlet)}"
        agents[agent] = {"prov:label": outlet, "prov:type": {"$": "prov:Organization", "type": "prov:QUALIFIED_NAME"}}
        attributed[f"_:page-{slug(report.id)}"] = {"prov:entity": page, "prov:agent": agent}
    for origin in story.origins:
        entity = f"sl:origin-{slug(origin.id)}"
        speaker = f"sl:speaker-{slug(origin.id)}"
        entities[entity] = {"prov:label": f"{origin.kind} of {origin.speaker}", "sl:access": origin.access.value}
        agents[speaker] = {"prov:label": origin.speaker}
        attributed[f"_:origin-{slug(origin.id)}"] = {"prov:entity": entity, "prov:agent": speaker}
        if origin.party:
            party = f"sl:party-{slug(origin.party)}"
            agents[party] = {"prov:label": origin.party, "prov:type": {"$": "prov:Organization", "type": "prov:QUALIFIED_NAME"}}
            delegated[f"_:for-{slug(origin.id)}"] = {"prov:delegate": speaker, "prov:responsible": party}
        for report_id in sorted(set(origin.reports)):
            page = f"sl:page-{slug(report_id)}"
            if page in entities:
                derived[f"_:from-{slug(report_id)}-{slug(origin.id)}"] = {
                    "prov:generatedEntity": page,
                    "prov:usedEntity": entity,
                    "prov:type": {"$": "prov:PrimarySource", "type": "prov:QUALIFIED_NAME"},
                }
    for copy in story.copies:
        source, target = f"sl:page-{slug(copy.source)}", f"sl:page-{slug(copy.target)}"
        if source in entities and target in entities:
            derived[f"_:copy-{slug(copy.target)}-{slug(copy.source)}"] = {
                "prov:generatedEntity": target,
                "prov:usedEntity": source,
                "sl:kind": copy.kind,
                "sl:containment": round(copy.containment, 3),
            }
    document = {
        "prefix": {"sl": NAMESPACE, "prov": "http://www.w3.org/ns/prov#"},
        "entity": entities,
        "agent": agents,
        "wasAttributedTo": attributed,
        "wasDerivedFrom": derived,
        "actedOnBehalfOf": delegated,
    }
    return msgspec.json.encode({key: value for key, value in document.items() if value})
