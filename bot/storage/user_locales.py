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

    def set(self, user_id: int, locale: str, guild_id: int | None = None) -> None:
        """Store the locale of a user and the server where it was seen, if they have changed."""
        row = (user_id, locale, guild_id)
        known = "SELECT person, locale, server FROM people WHERE person = ?"
        if self._database.read(known, (user_id,)) != [row]:
            with self._database.transaction() as tx:
                tx.execute(
                    "INSERT OR REPLACE INTO people (person, locale, server) VALUES (?, ?, ?)", row
                )
