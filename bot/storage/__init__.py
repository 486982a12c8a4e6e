"""The bot's storage: server settings, user locales, question log, watches, edit log, ingest jobs,
feeds; backups."""

from bot.storage.daily_backups import DailyBackups
from bot.storage.edit_log import Edit, EditAction, EditLog
from bot.storage.feed_articles import FeedArticles
from bot.storage.feed_store import FeedStore, FollowedFeed, SeenEntry
from bot.storage.ingest_jobs import IngestJob, IngestJobs
from bot.storage.posted_answers import PostedAnswers
from bot.storage.question_log import LoggedQuestion, QuestionLog, Usage
from bot.storage.same_story import is_same_story
from bot.storage.server_settings import ServerSettings, ServerSettingsStore
from bot.storage.storage import Storage
from bot.storage.user_locales import UserLocales
from bot.storage.watches import QuotedPlace, Watch, WatchAlarm, Watches

__all__ = [
    "DailyBackups",
    "Edit",
    "EditAction",
    "EditLog",
    "FeedArticles",
    "FeedStore",
    "FollowedFeed",
    "IngestJob",
    "IngestJobs",
    "LoggedQuestion",
    "PostedAnswers",
    "QuestionLog",
    "QuotedPlace",
    "SeenEntry",
    "ServerSettings",
    "ServerSettingsStore",
    "Storage",
    "Usage",
    "UserLocales",
    "Watch",
    "WatchAlarm",
    "Watches",
    "is_same_story",
]
