"""What was typed into a form and could not be taken, so that it need not be typed again."""

from collections import OrderedDict
from dataclasses import dataclass

KEPT = 100


@dataclass(frozen=True, slots=True)
class Pasted:
    """What somebody has typed into the form for an article."""

    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    text: str = ""


class Drafts(OrderedDict[int, Pasted]):
    """The newest ones, by the interaction that brought them; a restart forgets them."""

    def __setitem__(self, key: int, typed: Pasted) -> None:
        super().__setitem__(key, typed)
        while len(self) > KEPT:
            self.popitem(last=False)
