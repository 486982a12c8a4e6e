"""The collections of servers, which keep their articles apart.

A server reads ``shared`` and its own collection. Every search, list and lookup for a person goes
through ``readable_collections`` or ``is_readable``, so that no server sees another one's articles.
"""

from index import SHARED, Article


def own_collection(guild_id: int) -> str:
    """The collection that a server's editors change and no other server reads."""
    return f"server-{guild_id}"


def readable_collections(guild_id: int | None) -> tuple[str, ...]:
    """The collections that can be read in a server or, if None, in a direct message."""
    return (SHARED,) if guild_id is None else (SHARED, own_collection(guild_id))


def is_readable(article: Article, guild_id: int | None) -> bool:
    """Whether an article can be read in a server or, if None, in a direct message."""
    return article.collection in readable_collections(guild_id)
