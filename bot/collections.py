"""The collections of servers, which keep their articles separate.

Members of a server can read ``shared`` and the server's own collection. Every search, list and
lookup for a user is restricted by ``readable_collections`` or ``is_readable``, so that no server
has access to the articles of another one.
"""

from index import SHARED, Article


def own_collection(guild_id: int) -> str:
    """The name of a server's own collection, which its editors can change."""
    return f"server-{guild_id}"


def readable_collections(guild_id: int | None) -> tuple[str, ...]:
    """The collections that can be read in a server, or (None) in direct messages."""
    return (SHARED,) if guild_id is None else (SHARED, own_collection(guild_id))


def is_readable(article: Article, guild_id: int | None) -> bool:
    """Whether an article can be read in a server, or (None) in direct messages."""
    return article.collection in readable_collections(guild_id)
