"""Backups: a library's folder in one file, and back."""

from index.backup.restoring import Restored, restore_backup
from index.backup.writing import write_backup

__all__ = ["Restored", "restore_backup", "write_backup"]
