"""The address that the server listens on, taken before anything slow is loaded."""

from __future__ import annotations

import ipaddress
import socket

from index.errors import UsageError


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address; port 0 is any free one. Raises: UsageError."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        # A name such as localhost may stand for both; most that connect try IPv4 in the end.
        family, kind, protocol, _, place = min(found, key=lambda each: each[0] != socket.AF_INET)
        bound = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError):
        raise UsageError(f"there is no address {host!r} on this machine: choose another --host") from None
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(place)
        bound.listen()
    except OSError as error:
        bound.close()
        reason = f"cannot listen on {host} port {port} ({error.strerror})"
        raise UsageError(f"{reason}: choose another --port or --host, or stop what uses it") from None
    return bound


def is_loopback(bound: socket.socket) -> bool:
    """Tell whether only this machine can reach a bound socket."""
    return ipaddress.ip_address(bound.getsockname()[0]).is_loopback


def web_address(bound: socket.socket) -> str:
    """Return where a browser on this machine finds a bound socket."""
    host, port = bound.getsockname()[:2]
    if ipaddress.ip_address(host).is_unspecified:
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
