"""The languages of users."""

from index.store.sqlite.database import Database


class UserLocales:
    """The locale with which each user last used a command or a button."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, user_id: int) -> str | None:
        """The locale, as Discord names it; None if it is not known."""
        found = self._database.read("SELECT locale FROM people WHERE person = ?", (user_id,))
        return found[0][0] if found else None

    def set(self, user_id: int, locale: str) -> None:
        """Store the locale of a user."""
        if self.get(user_id) != locale:
            with self._database.transaction() as tx:
                tx.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", (user_id, locale))
