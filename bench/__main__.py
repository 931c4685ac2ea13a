"""``python -m bench NAME --data FOLDER``: accuracy on public data and speed against peers."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def main() -> int:
    """Run one benchmark; without a name, list them."""
    names = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help") or sys.argv[1] not in names:
        known = "\n".join(
            f"  {name:<12} {(importlib.import_module(f'bench.{name}').__doc__ or '').strip().splitlines()[0]}" for name in names
        )
        print(f"usage: python -m bench NAME [--data FOLDER]\n\n{known}", file=sys.stderr)
        return 0 if sys.argv[1:2] in (["-h"], ["--help"]) else 2
    return int(importlib.import_module(f"bench.{sys.argv[1]}").main(sys.argv[2:]))


if __name__ == "__main__":
    raise SystemExit(main())
