"""The operator's log never holds the token."""

import io
import logging

from bot.logs import Formatter

TOKEN = "abc.def.ghi"


def test_the_token_is_removed_from_messages_arguments_and_tracebacks() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Formatter(TOKEN))
    log = logging.Logger("test")
    log.addHandler(handler)

    log.error("connecting with %s", TOKEN)
    try:
        raise ValueError(f"bad token {TOKEN}")
    except ValueError:
        log.exception("it failed")

    assert TOKEN not in stream.getvalue()
    assert stream.getvalue().count("[token]") == 2
    assert "Traceback" in stream.getvalue()
