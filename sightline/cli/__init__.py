"""The verbs of the command line. Exit codes: 0 done, 1 something could not be read or found, 2 wrong usage."""

from __future__ import annotations

import errno
import os
import sys

NO_WRITING = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}
"""What a disk says when it takes no more."""


def main() -> None:
    """Run ``sightline``; a reader that closes the pipe ends it quietly, an interrupt with a line."""
    from sightline.language.processor import prepare

    prepare()
    from sightline.cli.app import app

    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except OSError as error:
        if error.errno not in NO_WRITING:
            raise
        where = f"{error.filename}: " if error.filename else ""
        print(f"error: {where}cannot be written ({error.strerror}); make room and run it again", file=sys.stderr)
        raise SystemExit(1) from None
    except (KeyboardInterrupt, SystemExit) as end:
        if isinstance(end, SystemExit) and end.code != 130:  # what Typer makes of an interrupt
            raise
        print("stopped; what was finished is kept", file=sys.stderr)
        raise SystemExit(130) from None
