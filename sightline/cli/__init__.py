"""The verbs of the command line. Exit codes: 0 done, 1 something could not be read or found, 2 wrong usage."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run ``sightline``; a reader that closes the pipe or an interrupt ends it quietly."""
    from sightline.cli.app import app

    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
