"""Electronic mail: newsletters and wire copy that came as EML."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from sightline.readers.base import Options, identity_of, make_report, sha256
from sightline.readers.html import HtmlReader
from sightline.readers.limit import SECONDS, LateError, within
from sightline.types import Problem, Report


def _field(message: Message, name: str) -> str:
    """A header field in one line; nothing when there is none, or none that the parser makes sense of."""
    try:
        return " ".join(str(message[name] or "").split())
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return ""


class MailReader:
    """One report a message: its plain text, or the article in its HTML part."""

    name = "mail"
    endings: tuple[str, ...] = (".eml",)

    def read(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The message's one report."""
        try:
            with within():
                message = message_from_bytes(data, policy=policy.default)
                body = message.get_body(preferencelist=("plain", "html")) if isinstance(message, EmailMessage) else None
                content = body.get_content() if body is not None else None
                fields = {"title": "subject", "author": "from", "published": "date"}
                metadata = {ours: value for ours, theirs in fields.items() if (value := _field(message, theirs))}
        except LateError:
            yield Problem(report=origin, message=f"took longer than {SECONDS:g} s", remedy="save its text instead")
            return
        except Exception as error:  # a parser of other people's files may raise anything
            yield Problem(report=origin, message=f"the message cannot be read ({type(error).__name__})", remedy="save its text instead")
            return
        if body is None or not isinstance(content, str):
            yield Problem(report=origin, message="the message has no text", remedy="save its text instead")
            return
        if body.get_content_subtype() == "html":
            yield from HtmlReader().read_page(content, origin, options, digest=sha256(data))
            return
        yield from make_report(
            content,
            origin,
            options,
            metadata,
            identity=identity_of(origin),
            digest=sha256(data),
        )
