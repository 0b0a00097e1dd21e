"""Files as the server keeps them: uploads on their way, and copies that are whole.

The bytes lie in the home's `files/` folder under their SHA-256; a row says that they are there.
"""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model


class Upload(Model):
    """The first `received` of `length` bytes of a file somebody is sending."""

    __tablename__ = "upload"

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    length: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    began_at: Mapped[int] = mapped_column(BigInteger)
    last_at: Mapped[int] = mapped_column(BigInteger)


class File(Model):
    """A whole file: `sha256` is what was sent, `kept` the re-encoded copy that is served."""

    __tablename__ = "file"
    __table_args__ = (Index("ix_file_space_kept", "space", "kept"),)

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    kept: Mapped[str] = mapped_column(String(64))
    kept_size: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[str] = mapped_column(String(40))
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    account: Mapped[str] = mapped_column(ForeignKey("account.id"))
    received_at: Mapped[int] = mapped_column(BigInteger)
