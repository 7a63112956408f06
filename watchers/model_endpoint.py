"""A language model behind any OpenAI-compatible endpoint: the only file that speaks to one.

The address comes from the operator's settings alone, and no redirect is followed. What is sent is the
question, and of headers what HTTP needs and the key; variables that the client library would read from the
environment change nothing. What is read is bounded in size and time, and never raises.

The wire is that of POST /chat/completions (platform.openai.com/docs/api-reference/chat), which Ollama,
llama.cpp, vLLM and many hosts speak too.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import httpx2
import openai
from openai.types.chat import ChatCompletion

from claims.matching.opinion import MAX_ANSWER_TOKENS, SCHEMA, Question
from claims.text import one_line
from watchers.closing import Closing
from watchers.second_opinion import Reply

MAX_BODY = 2 * 1024 * 1024
"""Bytes of an answer: a hundred times what `MAX_ANSWER_TOKENS` need, enough for a long list of models."""
MAX_MODEL = 100  # characters of what a model calls itself

_FORMAT = {
    "response_format": {
        "type": "json_schema",
        "json_schema": {"name": "second_opinion", "strict": True, "schema": SCHEMA},
    }
}
_FORMS: tuple[Mapping[str, Any], ...] = (
    {**_FORMAT, "temperature": 0, "max_tokens": MAX_ANSWER_TOKENS},
    {"temperature": 0, "max_tokens": MAX_ANSWER_TOKENS},
    {**_FORMAT, "max_completion_tokens": MAX_ANSWER_TOKENS},
)
"""How a question may be put: to servers that hold a model to a schema, to those that cannot, and to models
that take neither a temperature nor the older name of the limit. The first that is taken is kept."""

_HEADERS = ("Host", "Accept", "Content-Type", "Content-Length", "User-Agent", "Connection")


@dataclass(frozen=True, slots=True)
class EndpointPolicy:
    """Where a model is, and how long it may take."""

    url: str
    """Up to what stands before `/chat/completions`."""
    model: str
    key: str | None
    timeout_seconds: float
    """For one question in all."""


class ModelEndpoint(Closing):
    """One model at one endpoint; closed with `close()`."""

    def __init__(self, policy: EndpointPolicy) -> None:
        self._policy = policy
        self._host = urlsplit(policy.url).hostname or ""
        self._forms = _FORMS
        self._client = openai.AsyncOpenAI(
            api_key=policy.key or "none",
            base_url=policy.url,
            max_retries=0,
            timeout=policy.timeout_seconds,
            http_client=httpx2.AsyncClient(
                transport=_Guarded(policy.key), follow_redirects=False, trust_env=False
            ),
        )

    async def close(self) -> None:
        """Close its connections; calling it twice does no harm."""
        await self._client.close()

    async def ask(self, question: Question) -> Reply:
        """Put one question; a failure is a reply without a text."""
        asked = 0
        try:
            async with asyncio.timeout(self._policy.timeout_seconds):
                for form in self._forms:
                    asked += 1
                    try:
                        said = await self._create(question, form)
                    except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                        refused = error
                        continue
                    self._forms = (form,)
                    return self._reply(said, asked)
                return Reply(asked, trouble=self._sentence(refused), tokens=0)
        except openai.APIStatusError as error:
            return Reply(asked, trouble=self._sentence(error), tokens=0)
        except (openai.OpenAIError, httpx2.HTTPError, TimeoutError, ValueError, RecursionError) as error:
            return Reply(asked, trouble=self._sentence(error))

    async def check(self) -> tuple[bool, str]:
        """Ask for nothing but the list of models; return whether ours can be had, and a sentence."""
        try:
            async with asyncio.timeout(self._policy.timeout_seconds):
                listed = await self._client.models.list()
            names = [model.id for model in listed.data]
        except (openai.OpenAIError, httpx2.HTTPError, TimeoutError, ValueError, RecursionError) as error:
            return False, self._sentence(error)
        except (AttributeError, TypeError):
            return False, f"{self._host} sent what is no list of models"
        if self._policy.model not in names:
            return False, f"{self._host} answers, but has no model {self._policy.model}"
        return True, f"{self._host} answers and has {self._policy.model}"

    async def _create(self, question: Question, form: Mapping[str, Any]) -> ChatCompletion:
        said: ChatCompletion = await self._client.chat.completions.create(
            model=self._policy.model,
            messages=[
                {"role": "system", "content": question.system},
                {"role": "user", "content": question.user},
            ],
            **form,
        )
        return said

    def _reply(self, said: ChatCompletion, asked: int) -> Reply:
        """Read what came: the client builds its record of anything that is JSON, whatever is missing."""
        try:
            text: Any = said.choices[0].message.content
            told: Any = said.model
            tokens: Any = said.usage.total_tokens if said.usage else None
        except (AttributeError, IndexError, TypeError, KeyError):
            return Reply(asked, trouble=f"{self._host} sent what is no answer")
        return Reply(
            asked,
            text=text if isinstance(text, str) else "",
            model=one_line(told)[:MAX_MODEL] if isinstance(told, str) else "",
            tokens=tokens if isinstance(tokens, int) and tokens >= 0 else None,
        )

    def _sentence(self, error: Exception) -> str:
        """Return what went wrong in words of ours: a server's own may repeat the key or the story."""
        match error:
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                return f"{self._host} refused the key ({error.status_code}); see second_opinion.api_key"
            case openai.NotFoundError():
                return f"{self._host} has no such address or model (404); see second_opinion.url and .model"
            case openai.APIStatusError():
                return f"{self._host} answered {_status(error.status_code)}"
            case openai.APITimeoutError() | TimeoutError():
                return f"{self._host} did not answer within {self._policy.timeout_seconds:g} seconds"
            case openai.APIConnectionError() if isinstance(error.__cause__, _TooMuch):
                return f"{self._host} sent more than {MAX_BODY // 2**20} MiB, or packed it"
            case openai.APIConnectionError() | httpx2.HTTPError():
                return f"{self._host} could not be reached, or broke off"
        return f"{self._host} sent what is no answer"


class _TooMuch(httpx2.TransportError):
    """An answer is larger than we read."""


class _Bounded(httpx2.AsyncByteStream):
    """The body of an answer up to `MAX_BODY`."""

    def __init__(self, body: httpx2.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for chunk in self._body:
            read += len(chunk)
            if read > MAX_BODY:
                raise _TooMuch("too large")
            yield chunk

    async def aclose(self) -> None:
        await self._body.aclose()


class _Guarded(httpx2.AsyncHTTPTransport):
    """Sends no header but those that are needed, and bounds what comes back."""

    def __init__(self, key: str | None) -> None:
        super().__init__(trust_env=False)
        self._key = key

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        headers = {name: value for name in _HEADERS if (value := request.headers.get(name))}
        headers["Accept-Encoding"] = "identity"  # what is packed could be a thousand times its size
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request.headers = httpx2.Headers(headers)
        response = await super().handle_async_request(request)
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            await response.aclose()
            raise _TooMuch("packed")
        if isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = _Bounded(response.stream)
        return response


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)
