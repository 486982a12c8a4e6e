"""When digests are due, and that they are kept."""

from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.storage import Storage
from bot.storage.digest_schedules import DigestSchedule

NOON = datetime(2025, 10, 9, 12, tzinfo=UTC)  # a Thursday
DAILY = DigestSchedule(1, 2, None, time(8), "UTC", NOON)


@pytest.mark.parametrize(
    ("schedule", "due"),
    [
        (DAILY, datetime(2025, 10, 10, 8, tzinfo=UTC)),
        (replace(DAILY, at=time(12, 1)), datetime(2025, 10, 9, 12, 1, tzinfo=UTC)),
        (replace(DAILY, at=time(12)), datetime(2025, 10, 10, 12, tzinfo=UTC)),
        (replace(DAILY, weekday=0), datetime(2025, 10, 13, 8, tzinfo=UTC)),
        (replace(DAILY, weekday=3), datetime(2025, 10, 16, 8, tzinfo=UTC)),
        (replace(DAILY, weekday=3, at=time(18)), datetime(2025, 10, 9, 18, tzinfo=UTC)),
        # In Auckland it is one in the morning of Friday.
        (replace(DAILY, zone="Pacific/Auckland"), datetime(2025, 10, 9, 19, tzinfo=UTC)),
        # The clocks are put back on 26 October, so the day has 25 hours.
        (
            replace(DAILY, zone="Europe/Madrid", until=datetime(2025, 10, 25, 6, tzinfo=UTC)),
            datetime(2025, 10, 26, 7, tzinfo=UTC),
        ),
        # The clocks are put forward on 29 March at 02:00: half past two does not exist.
        (
            replace(
                DAILY,
                zone="Europe/Madrid",
                at=time(2, 30),
                until=datetime(2026, 3, 28, 12, tzinfo=UTC),
            ),
            datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        ),
    ],
)
def test_a_digest_is_due_at_the_next_scheduled_time(
    schedule: DigestSchedule, due: datetime
) -> None:
    assert schedule.due_at() == due


def test_a_schedule_is_kept_until_it_is_replaced_or_deleted(tmp_path: Path) -> None:
    other = replace(DAILY, guild_id=5, weekday=6, at=time(18, 30), zone="Asia/Kolkata")
    with Storage(tmp_path / "bot.sqlite") as storage:
        storage.digests.set(DAILY)
        storage.digests.set(other)
    with Storage(tmp_path / "bot.sqlite") as storage:
        assert storage.digests.all() == [DAILY, other]
        later = replace(DAILY, until=NOON.replace(hour=20))
        storage.digests.mark_posted(1, later.until)
        assert storage.digests.get(1) == later
        storage.digests.set(replace(DAILY, weekday=2))
        assert storage.digests.get(1) == replace(DAILY, weekday=2)
        assert storage.digests.delete(1)
        assert not storage.digests.delete(1)
        assert storage.digests.all() == [other]
