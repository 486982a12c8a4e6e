"""Rows of the bot's database as values, so that a damaged row keeps no other from being read."""

import json
import logging
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

log = logging.getLogger(__name__)

T = TypeVar("T")

Row = tuple[Any, ...]


class RowDecoder(Generic[T]):
    """Makes values of a dataclass from rows.

    Args:
        kind: the dataclass.
        name: what one of its rows is called in the log.
        fields: the attributes of the dataclass, in the order of the columns.
        json_fields: the attributes that are stored as JSON.
    """

    def __init__(
        self, kind: type[T], name: str, fields: Sequence[str], json_fields: Collection[str]
    ) -> None:
        self._adapter = TypeAdapter(kind)
        self._name = name
        self._fields = fields
        self._json_fields = json_fields
        self._reported: set[Row] = set()

    def decode(self, row: Row) -> T | None:
        """The value in a row; None, with an error in the log, if the row is damaged."""
        fields = dict(zip(self._fields, row, strict=True))
        try:
            for name in self._json_fields:
                if fields[name] is not None:
                    fields[name] = json.loads(fields[name])
            return self._adapter.validate_python(fields)
        except (ValueError, TypeError, RecursionError) as error:
            self._report(row, error)
            return None

    def decode_all(self, rows: Iterable[Row]) -> list[T]:
        """The values in those rows that are not damaged."""
        return [value for row in rows if (value := self.decode(row)) is not None]

    def _report(self, row: Row, error: Exception) -> None:
        """Log a damaged row the first time that it is met."""
        if row not in self._reported:
            self._reported.add(row)
            log.error(
                "A %s in bot.sqlite is damaged and is ignored (%s). A backup may have it.",
                self._name,
                " ".join(str(error).split()),
            )
