"""What could not be read, said so that a user can put it right."""

from __future__ import annotations

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A defect of the input: which report, where in it, what is wrong and what to do.

    ``fatal`` problems leave the report unread and make a command end with exit code 1; the others are warnings.

    >>> print(Problem(report="a.jsonl", place="line 3", message="not JSON", remedy="write one object a line"))
    a.jsonl: line 3: not JSON; write one object a line
    """

    report: str
    message: str
    remedy: str
    place: str = ""
    fatal: bool = True
    outcome: str = ""
    """What became of a report with a warning, where that is more than a remark: unread, repaired."""

    def __str__(self) -> str:
        """One line, without control characters."""
        where = f"{self.report}: {self.place}" if self.place else self.report
        line = f"{where}: {self.message}; {self.remedy}"
        return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in line)
