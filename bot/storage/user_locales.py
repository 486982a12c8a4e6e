"""The locales of users."""

from index.store.sqlite.database import Database


class UserLocales:
    """The locale of each user in their last interaction, for messages, which have none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, user_id: int) -> str | None:
        """The Discord locale of a user; None if it is unknown."""
        found = self._database.read("SELECT locale FROM people WHERE person = ?", (user_id,))
        return found[0][0] if found else None

    def set(self, user_id: int, locale: str) -> None:
        """Store the locale of a user, if it has changed."""
        if self.get(user_id) != locale:
            with self._database.transaction() as tx:
                tx.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", (user_id, locale))
