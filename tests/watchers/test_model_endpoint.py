"""One question to a real server over the real client, however that server behaves."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from claims.matching.opinion import MAX_ANSWER_TOKENS, SCHEMA, Question, ask
from tests.support.build import claim, reading, story
from tests.support.opinion_server import (
    DATED,
    KEY,
    MODEL,
    Behaviour,
    OpinionServer,
    answer,
    breaks_off,
    completion,
    drips,
    fails,
    floods,
    knows_no,
    opinion_server,
    packs,
    says,
    sends,
    stalls,
)
from watchers.model_endpoint import EndpointPolicy, ModelEndpoint
from watchers.second_opinion import Reply


@pytest.fixture
async def server() -> AsyncIterator[OpinionServer]:
    """Run a server that changes nothing, unless a test sets its behaviour."""
    async with opinion_server() as running:
        yield running


def question() -> Question:
    """Return a question about a sample story."""
    told = story("Sample ship leaves Rason with shells")
    return ask(told, reading(told), [claim()], [])


@asynccontextmanager
async def endpoint(server: OpinionServer, **changes: Any) -> AsyncIterator[ModelEndpoint]:
    """Open an endpoint at a server."""
    usual: dict[str, Any] = {"url": server.url, "model": MODEL, "key": KEY, "timeout_seconds": 20}
    async with ModelEndpoint(EndpointPolicy(**{**usual, **changes})) as opened:
        yield opened


async def test_a_question_is_put_as_it_should_be(server: OpinionServer) -> None:
    """Two messages, a schema, temperature 0, a bound on the answer, and no tools."""
    async with endpoint(server) as model:
        reply = await model.ask(question())

    assert reply == Reply(1, text=answer(), model=DATED, tokens=1_050)
    [body] = server.asked
    assert body["model"] == MODEL
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert [message["content"] for message in body["messages"]] == [question().system, question().user]
    assert (body["temperature"], body["max_tokens"]) == (0, MAX_ANSWER_TOKENS)
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert not {"tools", "functions", "tool_choice", "stream"} & set(body)


async def test_only_the_key_is_sent_besides_what_http_needs(
    server: OpinionServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client's own variables and its report on this machine stay at home, and so does a proxy."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-somebody-elses")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-somebody-elses")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer theirs\nX-Theirs: 1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    async with endpoint(server) as model, endpoint(server, key=None) as local:
        assert (await model.ask(question())).text
        assert (await local.ask(question())).text

    sent, unsigned = server.headers
    assert sent["Authorization"] == f"Bearer {KEY}"
    assert "Authorization" not in unsigned
    known = {
        "host",
        "accept",
        "content-type",
        "content-length",
        "user-agent",
        "connection",
        "accept-encoding",
    }
    assert {name.lower() for name in unsigned} <= known


@pytest.mark.parametrize(
    ("unknown", "left"),
    [
        (("response_format",), {"temperature": 0, "max_tokens": MAX_ANSWER_TOKENS}),
        (("max_tokens",), {"max_completion_tokens": MAX_ANSWER_TOKENS}),
        (("temperature",), {"max_completion_tokens": MAX_ANSWER_TOKENS}),
    ],
)
async def test_a_server_is_asked_in_the_form_that_it_takes(
    server: OpinionServer, unknown: tuple[str, ...], left: dict[str, Any]
) -> None:
    """What a server does not know is left out, and the next question is put right at once."""
    server.behaviour = knows_no(*unknown, then=says(answer()))

    async with endpoint(server) as model:
        first, second = await model.ask(question()), await model.ask(question())

    assert (first.text, first.requests) == (answer(), len(server.asked) - 1)
    assert (second.text, second.requests) == (answer(), 1)
    assert server.asked[-1].items() >= left.items()
    assert not set(unknown) & set(server.asked[-1])


@pytest.mark.parametrize(
    ("behaviour", "trouble", "tokens"),
    [
        (fails(401, "bad key: " + KEY), "127.0.0.1 refused the key (401)", 0),
        (fails(403), "127.0.0.1 refused the key (403)", 0),
        (fails(404), "127.0.0.1 has no such address or model (404)", 0),
        (fails(429, "slow down", **{"Retry-After": "1"}), "127.0.0.1 answered 429 Too Many Requests", 0),
        (fails(500, "Traceback: Rason"), "127.0.0.1 answered 500 Internal Server Error", 0),
        (fails(400, "no"), "127.0.0.1 answered 400 Bad Request", 0),
        (fails(599), "127.0.0.1 answered 599", 0),
        (breaks_off, "127.0.0.1 could not be reached, or broke off", None),
        (floods(), "127.0.0.1 sent more than 2 MiB, or packed it", None),
        (packs, "127.0.0.1 sent more than 2 MiB, or packed it", None),
        (sends({}), "127.0.0.1 sent what is no answer", None),
        (sends([]), "127.0.0.1 sent what is no answer", None),
        (sends(None), "127.0.0.1 sent what is no answer", None),
        (sends({"choices": "none"}), "127.0.0.1 sent what is no answer", None),
        (sends({"choices": [{"message": None}]}), "127.0.0.1 sent what is no answer", None),
        (fails(200, "<html>It works</html>"), "127.0.0.1 sent what is no answer", None),
        (fails(204), "127.0.0.1 sent what is no answer", None),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
async def test_a_failure_is_a_reply_in_words_of_ours(
    server: OpinionServer, behaviour: Behaviour, trouble: str, tokens: int | None
) -> None:
    """Whatever a server does, nothing is raised, and neither key nor story nor its own words come back."""
    server.behaviour = behaviour

    async with endpoint(server) as model:
        reply = await model.ask(question())

    assert reply.text is None
    assert reply.trouble.startswith(trouble)
    assert reply.tokens == tokens
    assert KEY not in reply.trouble
    assert "Rason" not in reply.trouble


async def test_a_flood_of_errors_is_not_read(server: OpinionServer) -> None:
    """The words of a failure are bounded as those of an answer are."""
    server.behaviour = floods(500)

    async with endpoint(server) as model:
        reply = await model.ask(question())

    assert reply.text is None


@pytest.mark.parametrize("behaviour", [stalls, drips])
async def test_who_is_too_slow_is_left(server: OpinionServer, behaviour: Behaviour) -> None:
    """The time is for the question in all, however often a byte comes."""
    server.behaviour = behaviour

    async with endpoint(server, timeout_seconds=0.3) as model, asyncio.timeout(10):
        reply = await model.ask(question())

    assert reply == Reply(1, trouble="127.0.0.1 did not answer within 0.3 seconds")


async def test_a_server_that_is_not_there_is_a_failure() -> None:
    """Nobody listens at the address."""
    async with opinion_server() as gone:
        pass

    async with endpoint(gone) as model:
        reply = await model.ask(question())

    assert reply == Reply(1, trouble="127.0.0.1 could not be reached, or broke off")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_no_redirect_is_followed(server: OpinionServer, status: int) -> None:
    """Whoever answers at the address of the settings cannot send question and key elsewhere."""
    async with opinion_server() as other:
        server.behaviour = fails(status, Location=f"{other.url}/chat/completions")
        async with endpoint(server) as model:
            reply = await model.ask(question())

    assert reply.text is None
    assert reply.trouble.startswith(f"127.0.0.1 answered {status}")
    assert other.asked == []


@pytest.mark.parametrize(
    ("body", "reply"),
    [
        (completion(None), Reply(1, text="", model=DATED, tokens=1_050)),
        (completion(["parts"]), Reply(1, text="", model=DATED, tokens=1_050)),
        (completion("x", model=7, usage=None), Reply(1, text="x")),
        (completion("x", usage={"total_tokens": -5}), Reply(1, text="x", model=DATED)),
        (completion("x", usage={"total_tokens": "many"}), Reply(1, text="x", model=DATED)),
        (
            completion("x", model="a\n\u202eb" + "c" * 999),
            Reply(1, text="x", model="a b" + "c" * 97, tokens=1_050),
        ),
    ],
)
async def test_what_an_answer_says_of_itself_is_checked(
    server: OpinionServer, body: Any, reply: Reply
) -> None:
    """No content is an empty text, an odd name or cost none at all."""
    server.behaviour = sends(body)

    async with endpoint(server) as model:
        assert await model.ask(question()) == reply


@pytest.mark.parametrize(
    ("models", "behaviour", "found"),
    [
        ([MODEL], stalls, (True, f"127.0.0.1 answers and has {MODEL}")),
        (["other"], stalls, (False, f"127.0.0.1 answers, but has no model {MODEL}")),
        ([], fails(401), (False, "127.0.0.1 refused the key (401); see second_opinion.api_key")),
        ([], stalls, (False, "127.0.0.1 did not answer within 0.5 seconds")),
        ([], sends({"data": 3}), (False, "127.0.0.1 sent what is no list of models")),
        ([], sends("hello"), (False, "127.0.0.1 sent what is no list of models")),
        ([], floods(), (False, "127.0.0.1 sent more than 2 MiB, or packed it")),
    ],
)
async def test_a_check_asks_no_question(
    server: OpinionServer, models: list[str], behaviour: Behaviour, found: tuple[bool, str]
) -> None:
    """Whether key, address and model fit is seen from the list of models, which costs nothing."""
    server.models, server.behaviour = models, behaviour

    async with endpoint(server, timeout_seconds=0.5 if behaviour is stalls else 20) as model:
        assert await model.check() == found

    assert server.asked == []


async def test_the_answer_is_text_and_is_not_run(server: OpinionServer) -> None:
    """A model that calls a tool, which it was never given, has said nothing."""
    called = completion(None)
    function = {"name": "post", "arguments": json.dumps({"to": "everyone"})}
    called["choices"][0]["message"]["tool_calls"] = [{"id": "1", "type": "function", "function": function}]
    server.behaviour = sends(called)

    async with endpoint(server) as model:
        assert (await model.ask(question())).text == ""
