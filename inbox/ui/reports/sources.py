"""What can be exported, an answered question or digests: as the bytes of a file, and for the clipboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from inbox.model.report import ReportTable, Shape
from inbox.model.workspace import FileKind

if TYPE_CHECKING:
    from inbox.flow.digest import Digest


class Source(Protocol):
    """Something that can become a file. The work is done on a lane, not on the window's own thread."""

    @property
    def title(self) -> str:
        """What a file of it is called, without its ending."""

    def content(self, kind: FileKind, *, workspace_name: str, zone: str, now: datetime) -> bytes:
        """The file. Raises ``StoreError``."""

    def copied(self) -> tuple[str, str]:
        """The same table as text and as HTML, for the clipboard."""


@dataclass(frozen=True, slots=True)
class TableSource:
    """An answered question with its charts."""

    table: ReportTable
    shape: Shape | None = None

    @property
    def title(self) -> str:
        """The report's own title."""
        return self.table.title

    def content(self, kind: FileKind, *, workspace_name: str, zone: str, now: datetime) -> bytes:
        """The file."""
        from inbox.flow import report_files

        return report_files.content(
            self.table, kind, workspace_name=workspace_name, zone=zone, now=now, shape=self.shape
        )

    def copied(self) -> tuple[str, str]:
        """The rows."""
        from inbox.flow import report_files

        return report_files.copied(self.table), report_files.copied_html(self.table)


@dataclass(frozen=True, slots=True)
class DigestSource:
    """What customers said; a spreadsheet holds the topics."""

    digests: "Sequence[Digest]"

    @property
    def title(self) -> str:
        """The digest's own title."""
        from inbox.flow import digest

        return digest.table_of(self.digests).title

    def content(self, kind: FileKind, *, workspace_name: str, zone: str, now: datetime) -> bytes:
        """The file."""
        from inbox.flow import digest, report_files

        if kind in {FileKind.CSV, FileKind.XLSX}:
            return TableSource(digest.table_of(self.digests)).content(
                kind, workspace_name=workspace_name, zone=zone, now=now
            )
        html = digest.page_of(self.digests, workspace_name=workspace_name, zone=zone, now=now)
        return html.encode() if kind is FileKind.HTML else report_files.pdf_of(html)

    def copied(self) -> tuple[str, str]:
        """The topics."""
        from inbox.flow import digest

        return TableSource(digest.table_of(self.digests)).copied()
