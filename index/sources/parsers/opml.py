"""The parser of OPML, the format in which lists of feeds are exchanged."""

from typing import Any

MAX_FEEDS = 1000
MAX_URL_LENGTH = 2000


def parse(content: bytes) -> dict[str, Any]:
    """The URLs of the feeds in a list, in order and each once; ``is_opml`` is False for any other
    document. Entities of the document's own are not expanded, and nothing outside it is read."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    root = etree.fromstring(content, parser)
    if root is None or str(root.tag).lower() != "opml":
        return {"is_opml": False, "feeds": []}
    feeds: dict[str, None] = {}
    for outline in root.iter(etree.Element):
        attributes = {name.lower(): value for name, value in outline.attrib.items()}
        url = attributes.get("xmlurl", "").strip()
        if url and len(url) <= MAX_URL_LENGTH and len(feeds) < MAX_FEEDS:
            feeds[url] = None
    return {"is_opml": True, "feeds": list(feeds)}
