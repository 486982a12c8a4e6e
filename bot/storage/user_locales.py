"""In which language to speak to somebody."""

from index.store.sqlite.database import Database


class People:
    """The languages in which people used their last command."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def locale(self, person: int) -> str | None:
        """Discord's name of the language; None if it is not known."""
        found = self._database.read("SELECT locale FROM people WHERE person = ?", (person,))
        return found[0][0] if found else None

    def spoke(self, person: int, locale: str) -> None:
        """Remember a person's language."""
        if self.locale(person) != locale:
            with self._database.transaction() as tx:
                tx.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", (person, locale))
