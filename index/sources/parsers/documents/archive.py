"""Documents that are zip archives of XML (.docx, .epub): their members, within limits."""

import zlib
from io import BytesIO
from posixpath import dirname, join, normpath
from types import TracebackType
from typing import Any, Self
from zipfile import BadZipFile, ZipFile

MAX_MEBIBYTES = 64
"""The size of all members that are read, unpacked."""

ZIP = b"PK"
ENCRYPTED = 0x1
"""The bit of a member's flags that says that it needs a password."""


class RefusedError(Exception):
    """A document cannot be read, for a reason that the caller has a sentence for: "kind",
    "damaged", "password", "size", …"""

    @property
    def reason(self) -> str:
        return str(self)


class Archive:
    """The members of a zip archive. They are only ever read into memory, whatever their names.

    Raises:
        RefusedError: it is no archive ("kind") or a broken one ("damaged").
    """

    def __init__(self, content: bytes) -> None:
        if not content.startswith(ZIP):
            raise RefusedError("kind")
        try:
            self._file = ZipFile(BytesIO(content))
        except BadZipFile:
            raise RefusedError("damaged") from None
        self._left = MAX_MEBIBYTES << 20

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, traceback: TracebackType | None
    ) -> None:
        self._file.close()

    def __contains__(self, name: str) -> bool:
        return name in self._file.NameToInfo

    def read(self, name: str) -> bytes:
        """The contents of a member; no more than its size in the archive's directory.

        Raises:
            RefusedError: it is missing or broken ("damaged"), encrypted ("password"), or larger
                than what is left of ``MAX_MEBIBYTES`` ("size").
        """
        try:
            member = self._file.getinfo(name)
            self._left -= member.file_size
            if self._left < 0:
                raise RefusedError("size")
            if member.flag_bits & ENCRYPTED:
                raise RefusedError("password")
            return self._file.read(member)
        except (KeyError, BadZipFile, EOFError, zlib.error):
            raise RefusedError("damaged") from None

    def xml(self, name: str) -> Any:
        """The root element of a member; its entities are not expanded. Raises RefusedError."""
        from lxml import etree

        try:
            return etree.fromstring(self.read(name), xml_parser())
        except etree.XMLSyntaxError:
            raise RefusedError("damaged") from None


def xml_parser() -> Any:
    """A parser that expands no entities of a document's own, and reads nothing outside it."""
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def resolve(base: str, target: str) -> str:
    """The name of the member that a reference in the member ``base`` leads to."""
    return normpath(join("/", dirname(base), target)).lstrip("/")


def local_name(element: Any) -> str:
    """The name of an element without its namespace; "" for an entity."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """The value of an attribute, in whatever namespace; "" if there is none."""
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")


def descendants(element: Any, name: str) -> list[Any]:
    """The descendants of an element with a local name, in order."""
    return list(element.iter(f"{{*}}{name}"))


def child(element: Any, *names: str) -> Any:
    """The element at a path of local names below another one; None if there is none, or if the
    other one is None."""
    for name in names:
        element = None if element is None else element.find(f"{{*}}{name}")
    return element
