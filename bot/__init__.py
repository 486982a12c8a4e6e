"""The Discord bot of Dateline: the user interface over the package ``index``."""

from index import interrupts as interrupts  # first of all; see there
from index import process as process  # then this one, while closed streams are still free
