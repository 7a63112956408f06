"""The HTTP server: pages, `/healthz` and `/metrics`, and what stands on every answer."""

import contextlib
import ipaddress
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from pathlib import Path

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from bot.serving.metrics import Exposed
from bot.serving.pages import Pages
from bot.serving.wellness import Finding
from claims.errors import OperatorError

HEADERS = {
    hdrs.CACHE_CONTROL: "no-cache",  # kept, but asked for anew by its entity tag each time
    hdrs.CONTENT_SECURITY_POLICY: (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""On every answer; https://owasp.org/www-project-secure-headers names them."""
_GRACE_SECONDS = 2.0
"""So long an end waits for answers that are under way."""

Findings = Callable[[], Awaitable[Sequence[Finding]]]
Metrics = Callable[[str], Awaitable[Exposed]]
"""Gets what a scraper accepts."""


def application(
    folder: Path, findings: Findings, metrics: Metrics, names: Collection[str] | None = None
) -> web.Application:
    """Return what answers; nothing that is asked changes anything.

    Args:
        folder: the site's.
        findings: how all is.
        metrics: the numbers of it.
        names: hosts that are answered beside this machine's own; None for any. A page elsewhere may give its
            own name our address, and would read along (https://owasp.org/www-community/attacks/DNS_Rebinding).

    """

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        host = request.url.host or ""
        if names is not None and host not in names and not is_loopback(host):
            raise web.HTTPMisdirectedRequest(text=f"{host} is not served here: name it with --url\n")
        return await handler(request)

    async def healthz(request: web.Request) -> web.Response:  # noqa: ARG001 - aiohttp
        found = await findings()
        well = all(each.fine for each in found)
        told = {each.what: {"fine": each.fine, "why": each.why} for each in found}
        answer = {"status": "ok" if well else "unwell", "checks": told}
        return web.json_response(answer, status=200 if well else 503)

    async def scraped(request: web.Request) -> web.Response:
        found = await metrics(request.headers.get(hdrs.ACCEPT, ""))
        return web.Response(body=found.body, headers={hdrs.CONTENT_TYPE: found.content_type})

    app = web.Application(middlewares=[guarded])
    app.on_response_prepare.append(_finished)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/metrics", scraped)
    app.router.add_get("/{path:.*}", Pages(folder).answer)
    return app


async def _finished(request: web.Request, response: web.StreamResponse) -> None:  # noqa: ARG001 - aiohttp
    """Put on an answer what stands on all of them; what answers need not be told."""
    response.headers.update(HEADERS)
    response.headers.pop(hdrs.SERVER, None)


def is_loopback(host: str) -> bool:
    """Say whether an address is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextlib.asynccontextmanager
async def listening(app: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """Answer until the body of the `with` ends, and hand out the address of the first page; port 0 takes any.

    Raises:
        OperatorError: the address cannot be had.

    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GRACE_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            number = error.errno or 0  # below zero where a name is not known; asyncio's words are long
            why = os.strerror(number) if number > 0 else error.strerror
            raise OperatorError(
                f"{host} port {port} cannot be had ({why}): name others with --host, --port"
            ) from None
        bound, taken = runner.addresses[0][:2]
        yield f"http://{f'[{bound}]' if ':' in bound else bound}:{taken}/"
    finally:
        await runner.cleanup()
