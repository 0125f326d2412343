"""Fetching one address of the web, bounded in time, size and redirects, from public hosts only."""

from __future__ import annotations

import re
import ssl
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpcore
import httpx

from index.addresses import Resolver, checked_addresses, resolve
from index.errors import AddressRefused, SourceError

STEP_TIMEOUT_S = 10.0
TOTAL_TIMEOUT_S = 30.0
MAX_FETCHED_BYTES = 10_000_000
MAX_REDIRECTS = 5
_HEADERS = [
    (b"User-Agent", b"Vestka/0.1 (news archive)"),
    (b"Accept", b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"),
    (b"Accept-Encoding", b"gzip"),
]
_TIMEOUTS: dict[str, Any] = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), STEP_TIMEOUT_S)}
_OK = 200
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MAX_URL_CHARS = 4000


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: `url` is where it was found in the end, `charset` what its header declares."""

    url: str
    content: bytes
    media_type: str
    charset: str | None


def is_web_address(source: str) -> bool:
    """Whether a SOURCE names something to fetch, and not a file."""
    return re.match(r"https?://", source, re.IGNORECASE) is not None


def fetch(
    url: str, *, allow_private: bool = False, resolver: Resolver = resolve, total_timeout_s: float = TOTAL_TIMEOUT_S
) -> Fetched:
    """Fetch an address, following its redirects; each is checked like the first.

    Raises: AddressRefused, SourceError.
    """
    backend = _CheckedBackend(allow_private, resolver, time.monotonic() + total_timeout_s)
    # httpcore is what httpx itself connects with; only here may the connection be opened by ourselves, and
    # neither proxies nor cookies nor credentials come in from the environment.
    with httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=backend
    ) as pool:
        for _ in range(MAX_REDIRECTS + 1):
            address = _parse(url)
            try:
                answer = _get(pool, address)
            except (httpcore.TimeoutException, TimeoutError):
                raise SourceError(f"{_shown(url)} did not answer in time: try again later") from None
            except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
                raise SourceError(f"{_shown(url)} cannot be fetched: {str(error) or type(error).__name__}") from None
            if isinstance(answer, Fetched):
                return answer
            url = answer
    raise SourceError(f"{_shown(url)} was reached after more than {MAX_REDIRECTS} redirects: give the final address")


def _get(pool: httpcore.ConnectionPool, address: httpx.URL) -> Fetched | str:
    """Ask for one address; return what it gave, or where it sends us."""
    url = str(address)
    target = httpcore.URL(scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=address.raw_path)
    headers = [(b"Host", address.netloc), *_HEADERS]
    with pool.stream("GET", target, headers=headers, extensions=_TIMEOUTS) as response:
        answered = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in _REDIRECTS and "location" in answered:
            return _joined(url, answered["location"].strip())
        if response.status != _OK:
            raise SourceError(f"{_shown(url)} answered with status {response.status}")
        content = _body(response.iter_stream(), answered.get("content-encoding", ""), url)
    kind = answered.get("content-type", "")
    charset = _CHARSET.search(kind)
    return Fetched(url, content, kind.partition(";")[0].strip().lower(), charset[1] if charset else None)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise SourceError(f"{_shown(url)} redirects to an address that is none") from None


def _parse(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url[: _MAX_URL_CHARS + 1])
        valid = bool(address.raw_host) and len(url) <= _MAX_URL_CHARS
    except (httpx.InvalidURL, ValueError, UnicodeError):
        valid = False
    if not valid:
        raise SourceError(f"{_shown(url)} is not a web address: write it as https://host/path")
    if address.userinfo:
        raise AddressRefused(f"the address at {address.host!r} holds a name or password: leave it out")
    if address.scheme not in ("http", "https"):
        raise AddressRefused(f"{_shown(url)} is refused: only http and https are fetched")
    return address


def _shown(url: str) -> str:
    return repr(url if len(url) <= 200 else url[:200] + "…")


def _body(pieces: Iterable[bytes], encoding: str, url: str) -> bytes:
    """Read and unpack an answer, up to a bound on both sides. Raises: SourceError."""
    coding = encoding.strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise SourceError(f"{_shown(url)} came in an encoding that was not asked for: {coding!r}")
    unpack = zlib.decompressobj(31) if coding not in ("", "identity") else None
    received, body = 0, bytearray()
    for piece in pieces:
        received += len(piece)
        try:
            body += unpack.decompress(piece, MAX_FETCHED_BYTES + 1 - len(body)) if unpack else piece
        except zlib.error:
            raise SourceError(f"{_shown(url)} came damaged: its compression is broken") from None
        if max(received, len(body)) > MAX_FETCHED_BYTES:
            raise SourceError(f"{_shown(url)} is larger than {MAX_FETCHED_BYTES // 1_000_000} MB")
    return bytes(body)


class _CheckedBackend(httpcore.SyncBackend):
    """Opens connections to checked addresses only, and lets all of them end at one time."""

    def __init__(self, allow_private: bool, resolver: Resolver, deadline: float) -> None:
        self._allow_private = allow_private
        self._resolver = resolver
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of a host that answers."""
        addresses = checked_addresses(host, port, allow_private=self._allow_private, resolver=self._resolver)
        failure: Exception | None = None
        for address in addresses[:3]:
            try:
                left = _time_left(self._deadline, timeout)
                stream = super().connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure or httpcore.ConnectError("no address")


class _TimedStream(httpcore.NetworkStream):
    """A connection of which no step goes on after the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come."""
        return self._stream.read(max_bytes, _time_left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send everything."""
        self._stream.write(buffer, _time_left(self._deadline, timeout))

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on encrypted; the certificate has to be that of the host's name, not of its address."""
        left = _time_left(self._deadline, timeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Tell about the connection below."""
        return self._stream.get_extra_info(info)


def _time_left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for this address is over")
    return min(left, timeout if timeout is not None else left)
