"""Every table, on SQLite and PostgreSQL alike. Times are milliseconds UTC, ids are UUIDs."""

from .audit import Audit
from .base import Base, db
from .files import File, Upload
from .log import Audience, ChangeRow, Commit, Feed, Gone, KeptDecision, RecordRow
from .looking import Looked
from .notices import Mail, MailChoice, MailOptOut, Notice
from .organisation import PersonCard, ProjectionCursor, Room, School
from .people import Account, Grant, Invite, Person
from .reporting import ReportObservation, ReportRoom, ReportVisit, ReportWalk
from .retention import DeletionCertificate, DeletionNotice, LegalHold
from .session import Device, Session, Throttle
from .space import Space

__all__ = [
    "Account", "Audience", "Audit", "Base", "ChangeRow", "Commit", "DeletionCertificate",
    "DeletionNotice", "Device", "Feed", "File", "Gone", "Grant", "Invite", "KeptDecision",
    "LegalHold", "Looked", "Mail", "MailChoice", "MailOptOut", "Notice", "Person", "PersonCard",
    "ProjectionCursor", "RecordRow", "ReportObservation", "ReportRoom", "ReportVisit",
    "ReportWalk", "Room", "School", "Session", "Space", "Throttle", "Upload", "db",
]  # fmt: skip
