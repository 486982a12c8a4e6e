from datetime import UTC, date, datetime, timedelta

import pytest

from index.sources.html import read_html

PROSE = "<p>The night ferry reached Port Ellery three hours late, and nobody complained.</p>" * 4


def read(head: str = "", header: str = "", url: str | None = None) -> date | None:
    page = (
        f"<html><head><title>Night ferry late again</title>{head}</head><body><article>"
        f"<h1>Night ferry late again</h1>{header}{PROSE}</article></body></html>"
    )
    return read_html(page.encode(), "page.html", "shared", fetched_from=url).published


@pytest.mark.parametrize(
    "path",
    [
        "2025/10/09/ferry",
        "news/2025/10/9/ferry.html",
        "news/2025/oct/09/ferry",
        "2025-10-09-ferry",
        "news/2025-10-09/ferry",
        "news/2025-10-09",
        "ferry-2025-10-09.html",
    ],
)
def test_the_date_in_a_url_is_the_last_resort(path: str) -> None:
    url = f"https://coast.example/{path}"
    assert read(url=url) == date(2025, 10, 9)
    assert read(f'<link rel="canonical" href="{url}">') == date(2025, 10, 9)
    assert read('<meta name="date" content="2025-10-07">', url=url) == date(2025, 10, 7)


@pytest.mark.parametrize(
    "path",
    [
        "2025/10/ferry",
        "2025/13/09/ferry",
        "2025/02/30/ferry",
        "20251009123/ferry",
        "ferry?day=/2025/10/09/",
        "ferry#/2025/10/09/",
        "id-2025-10-091/ferry",
        "1492/10/12/ferry",
    ],
)
def test_a_url_without_a_whole_date_has_none(path: str) -> None:
    assert read(url=f"https://coast.example/{path}") is None


def test_a_date_ahead_in_a_url_is_none() -> None:
    day = datetime.now(UTC).date() + timedelta(days=3)
    assert read(url=f"https://coast.example/{day:%Y/%m/%d}/ferry") is None


@pytest.mark.parametrize(
    "header",
    [
        '<p class="date">2025年10月9日</p>',
        "<div>发布时间：2025-10-09 10:30 来源：海岸报</div>",
        "<p>公開日 2025年10月9日</p><p>更新日 2025年11月1日</p>",
        "<time>2025年10月9日(木)</time>",
        '<span class="date">입력 2025.10.09. 오전 9:12</span>',
        '<span class="date">2025년 10월 9일</span>',
    ],
)
def test_dates_are_read_as_they_are_written_in_east_asia(header: str) -> None:
    assert read(header=header) == date(2025, 10, 9)


@pytest.mark.parametrize(
    "header",
    [
        '<p class="date">更新：2025年10月9日</p>',
        '<p class="date">2025年10月</p>',
        '<p class="date">2025年13月9日</p>',
        '<span class="date">수정 2025.10.09.</span>',
    ],
)
def test_what_is_no_whole_date_of_publication_is_none(header: str) -> None:
    assert read(header=header) is None


IMPOSSIBLE = ["12025-10-09", "-2025-10-09T10:00:00Z", "0000-10-09", "10000-01-01T00:00:00Z"]


@pytest.mark.parametrize("stated", IMPOSSIBLE)
def test_a_date_outside_the_calendar_is_dropped_and_the_page_read(stated: str) -> None:
    data = f'{{"@type": "NewsArticle", "datePublished": "{stated}"}}'
    for head in (
        f'<meta property="article:published_time" content="{stated}">',
        f'<script type="application/ld+json">{data}</script>',
    ):
        assert read(head) is None
        assert read(f'{head}<meta name="date" content="2025-10-09">') == date(2025, 10, 9)


@pytest.mark.parametrize("zone", ["+99:00", "-24:00", "+99:99", "+9900"])
def test_a_zone_that_does_not_exist_is_dropped_and_the_page_read(zone: str) -> None:
    stated = f"2025-10-09T08:05:00{zone}"
    data = f'{{"@type": "NewsArticle", "datePublished": "{stated}"}}'
    assert read(f'<meta property="article:published_time" content="{stated}">') == date(2025, 10, 9)
    assert read(f'<script type="application/ld+json">{data}</script>') == date(2025, 10, 9)
    assert read(header=f"<time datetime='{stated}'>Thursday</time>") == date(2025, 10, 9)
    assert read(header=f"<time>Thu, 09 Oct 2025 08:05:00 {zone}</time>") == date(2025, 10, 9)
