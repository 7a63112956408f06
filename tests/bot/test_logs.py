"""Log lines: one each, and nothing in them that must not leave the machine."""

import logging
import subprocess
import sys

import pytest

from bot.logs import LineFormatter, set_up

SECRET = "a token of ours"


def line(message: str, *values: object, error: Exception | None = None) -> str:
    """Return the line of a record that was made at the start of 1970."""
    known = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("claimwatch.test", logging.INFO, "test.py", 1, message, values, known)
    record.created = 0.0
    return LineFormatter([SECRET, ""]).format(record)


def test_a_line_has_its_time_level_logger_and_message() -> None:
    """A line is `key=value`, its moment in UTC."""
    assert line("%d stories", 3) == (
        'time=1970-01-01T00:00:00Z level=info logger=claimwatch.test message="3 stories"'
    )


@pytest.mark.parametrize(
    "token",
    [
        SECRET,
        "xoxb-1234-5678-AbCdEf",
        "xoxp-1234-5678",
        "xoxe.xoxb-1-AbCdEf",
        "xapp-1-A012-345-abcdef",
        "sk-proj-AbCd_1234-efgh5678",
        "a1b2c3d4e5f6g7h8i9j0k1l2.AbCdEf.a1b2c3d4e5f6g7h8i9j0k1l2m3n",
        "a1b2c3d4e5f6g7h8i9j0k1l2m3.Ab-dEf.a1b2c3d4e5f6g7h8i9j0k1l2m3n_-8i9j0k1",
    ],
)
def test_a_token_is_hidden(token: str) -> None:
    """Our own secrets, and what looks like a token of Slack or Discord, are in no part of a line."""
    lines = [
        line(f"login with {token} failed"),
        line("login with %s failed", token),
        line("login failed", error=ValueError(f"bad token {token!r}")),
    ]

    assert all("[hidden]" in each for each in lines)
    assert not any(token in each for each in lines)


def test_the_ticket_of_a_connection_is_hidden() -> None:
    """A Socket Mode address is as good as a token."""
    shown = line("connecting to wss://wss.slack.com/link/?ticket=1a2b-3c4d&app_id=5e6f")

    assert "1a2b" not in shown
    assert "ticket=[hidden]&app_id=5e6f" in shown


def test_the_key_of_a_feed_is_hidden() -> None:
    """What opens a feed to one reader stands in its address, and a log is read by others."""
    shown = line("feed failed feed=https://wire.example/rss?section=7&Access_Token=1a2b&n=3 error=none")

    assert "1a2b" not in shown
    assert "?section=7&Access_Token=...&n=3 error=none" in shown


@pytest.mark.parametrize(
    "text",
    [
        "a headline\nlevel=error forged",
        "a headline\r\nforged",
        "red \x1b[31m text",
        "c1 \x9b31m text",
        "line\u2028separator",
        "turned \u202e round",
        "nothing \x00 here",
    ],
)
def test_what_a_feed_writes_stays_in_its_quotes(text: str) -> None:
    """No line break, escape sequence or turned direction reaches the terminal."""
    shown = line("read %s", text)

    assert shown.isprintable()


def test_quotes_in_a_message_are_escaped() -> None:
    """A quote cannot end the message and start a key of its own."""
    assert line('said " level=error').endswith('message="said \\" level=error"')


def test_words_of_any_language_stay_as_they_are() -> None:
    """Korean and Russian can be read in a line."""
    assert "포탄 снаряды" in line("포탄 снаряды")


def fail() -> None:
    """Fail in a way that has a traceback."""
    raise RuntimeError("no such feed")


def test_an_error_is_part_of_the_line() -> None:
    """A traceback stands behind the message, on the same line."""
    with pytest.raises(RuntimeError) as caught:
        fail()
    shown = line("failed", error=caught.value)

    assert 'message="failed" error="Traceback' in shown
    assert "RuntimeError: no such feed" in shown
    assert "\n" not in shown


def test_lines_go_to_stderr_once_and_libraries_keep_quiet() -> None:
    """Set up twice, a line is written once, to stderr alone; a library is heard from a warning on."""
    program = (
        "import logging; from bot.logs import set_up\n"
        f"set_up('debug', []); set_up('info', [{SECRET!r}])\n"
        "logging.getLogger('claimwatch').debug('not told')\n"
        f"logging.getLogger('claimwatch').info('told %s', {SECRET!r})\n"
        "logging.getLogger('claimwatch').info('%d broken', 'no number, ' + 'xoxb-1')\n"
        "for name in ('aiohttp.access', 'discord.gateway', 'slack_bolt', 'apscheduler.scheduler'):\n"
        "    logging.getLogger(name).info('chatter')\n"
        "    logging.getLogger(name).warning('trouble')\n"
    )

    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert run.stdout == ""
    assert [each.partition(" level=")[2] for each in run.stderr.splitlines()] == [
        'info logger=claimwatch message="told [hidden]"',
        'warning logger=aiohttp.access message="trouble"',
        'warning logger=discord.gateway message="trouble"',
        'warning logger=slack_bolt message="trouble"',
        'warning logger=apscheduler.scheduler message="trouble"',
    ]


def test_an_unknown_level_is_refused() -> None:
    """A level that does not exist is an error, not silence."""
    with pytest.raises(ValueError, match="no log level 'loud'"):
        set_up("loud", [])


def test_a_library_that_lowers_its_own_level_is_not_heard() -> None:
    """What is below the level stays out, whichever logger says it: a library may log whole requests."""
    program = (
        "import logging; from bot.logs import set_up; set_up('info', ()); "
        "log = logging.getLogger('openai'); log.setLevel(logging.DEBUG); log.debug('a whole story')"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stderr == ""
