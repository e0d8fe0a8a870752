"""What all tables share: the metadata, names of constraints, and the version of the schema."""

from sqlalchemy import BigInteger, Column, Integer, MetaData

VERSION = "0005"
"""The migration that this program's tables correspond to."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Key = BigInteger().with_variant(Integer(), "sqlite")
"""A row number: BIGINT, and SQLite's own INTEGER PRIMARY KEY."""


def row_id() -> "Column[int]":
    """The primary key column, numbered by the database."""
    return Column("id", Key, primary_key=True, autoincrement=True)
