"""What goes wrong with a fetch, in sentences of ours: a server's own words are not repeated."""

import errno
import os
from http import HTTPStatus

import aiohttp
from yarl import URL

from watchers.addresses import private_words
from watchers.resolver import PrivateAddress


def sentence(url: URL, error: Exception, *, asked: bool) -> str:
    """Return what an exception of the client means to a person.

    Args:
        url: what was fetched.
        error: what the client raised.
        asked: it is the address that was asked for, and not one that we were redirected to.

    """
    host = url.host
    match error:
        case aiohttp.ClientConnectorDNSError() if isinstance(error.os_error, PrivateAddress):
            return private_words(url, asked=asked)
        case aiohttp.ClientConnectorDNSError():
            return f"{host} was not found: no address is known for that name"
        case aiohttp.ClientConnectorCertificateError():
            return f"{host} showed a certificate that cannot be trusted"
        case aiohttp.ClientSSLError():
            return f"{host} could not agree with us on a secure connection"
        case aiohttp.ClientConnectorError() if error.os_error.errno == errno.ECONNREFUSED:
            return f"{host} refused the connection"
        case aiohttp.ClientConnectorError():
            return f"{host} could not be reached{_system_words(error.os_error)}"
        case aiohttp.ClientPayloadError():
            return f"{host} sent an answer that is cut off or damaged"
        case aiohttp.ClientResponseError():
            return f"{host} sent an answer that is not proper HTTP"
        case aiohttp.InvalidURL() | UnicodeError():
            return f"{host} is not a name that can be looked up"
        case OSError() | aiohttp.ClientConnectionError():
            return f"{host} closed the connection"
    return f"{host} could not be fetched ({type(error).__name__})"


def is_ours(error: Exception) -> bool:
    """Say whether nobody was reached, so that the trouble may be our own."""
    return isinstance(error, aiohttp.ClientConnectorError) and not isinstance(error, aiohttp.ClientSSLError)


def status_words(code: int) -> str:
    """Return a status with our words for it: `404 Not Found`."""
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def size_words(count: int) -> str:
    """Return a number of bytes: `8 MiB`."""
    return f"{count / 2**20:.3g} MiB" if count >= 2**20 else f"{count:,} bytes"


def _system_words(error: OSError) -> str:
    return f": {os.strerror(error.errno).lower()}" if error.errno else ""
