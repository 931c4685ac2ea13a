"""Imports point one way: a floor imports only the floors above it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "sightline"
MAY_IMPORT = {
    "types": set(),
    "readers": {"types"},
    "gazetteer": {"types"},
    "language": {"types"},
    "extract": {"types", "gazetteer", "language"},
    "stories": {"types", "gazetteer"},
    "journeys": {"types", "gazetteer"},
    "store": {"types"},
    "show": {"types"},
    "desk": {"types", "readers", "gazetteer", "language", "extract", "stories", "journeys", "store", "show"},
    "engine": {"types", "readers", "gazetteer", "language", "extract", "stories", "journeys", "store", "show", "desk"},
    "web": {"types", "readers", "gazetteer", "language", "extract", "stories", "journeys", "store", "show", "desk"},
    "cli": {"types", "readers", "gazetteer", "language", "extract", "stories", "journeys", "store", "show", "desk", "engine", "web"},
}


def _imports(file: Path) -> set[str]:
    """Names of the floors that a file imports, at its head or anywhere inside."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            modules = [node.module or ""]
            if node.module == "sightline":
                modules = [f"sightline.{name.name}" for name in node.names]
        found |= {module.split(".")[1] for module in modules if module.startswith("sightline.")}
    return found


def _floor(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("floor", sorted(MAY_IMPORT))
def test_a_floor_imports_only_the_floors_above_it(floor: str) -> None:
    files = [file for file in PACKAGE.rglob("*.py") if _floor(file) == floor]
    assert files, f"no files on the floor {floor}"
    for file in files:
        foreign = _imports(file) - MAY_IMPORT[floor] - {floor, "__version__"}
        assert not foreign, f"{file.relative_to(PACKAGE)} imports {', '.join(sorted(foreign))}"


def test_every_folder_of_the_package_is_a_known_floor() -> None:
    floors = {_floor(file) for file in PACKAGE.rglob("*.py")} - {"__init__", "__main__"}
    assert floors == set(MAY_IMPORT)
