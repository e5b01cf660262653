"""One page from the web, only when the user gives its address."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit

from contested.errors import InputError

LARGEST_DOWNLOAD = 50_000_000  # bytes
_SECONDS = 30  # for the whole download; a page that takes longer is better saved by hand
_CHUNK = 65_536
_AGENT = "contested (a reader of news reports; asked for by a person)"


@dataclass(frozen=True, slots=True)
class Download:
    """What came, from where in the end, and the encoding that the server named."""

    content: bytes
    url: str
    declared: str | None


def is_url(path: str) -> bool:
    """Return whether `path` is an address with a scheme, such as https://example.org."""
    return "://" in path


class _StayOnTheWeb(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to http and https: a page must not make us open a local file."""

    def redirect_request(  # type: ignore[no-untyped-def]
        self, req: urllib.request.Request, fp, code: int, msg: str, headers, newurl: str
    ) -> urllib.request.Request | None:
        _check(newurl, req.full_url)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _check(url: str, where: str) -> None:
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        raise InputError(f"expected an http or https address, got {url!r}; give a local file by its path", where)


def download(url: str) -> Download:
    """Return what stands at `url`.

    Raises:
        InputError: when the address is not http(s), or leads elsewhere, or the answer is an error, too large, too slow.
    """
    _check(url, url)
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _StayOnTheWeb(),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(url, headers={"User-Agent": _AGENT, "Accept": "text/html,*/*;q=0.5"})
    started = time.monotonic()
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            content = bytearray()
            while chunk := answer.read(_CHUNK):
                content += chunk
                if len(content) > LARGEST_DOWNLOAD:
                    raise InputError(f"more than {LARGEST_DOWNLOAD:,} bytes; save it and give the file", url)
                if time.monotonic() - started > _SECONDS:
                    raise InputError(f"not here after {_SECONDS} seconds; save it and give the file", url)
            return Download(bytes(content), answer.geturl(), answer.headers.get_content_charset())
    except urllib.error.HTTPError as error:
        raise InputError(f"the server answers {error.code} {error.reason}", url) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise InputError(f"cannot be fetched: {getattr(error, 'reason', error)}", url) from error
