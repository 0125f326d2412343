"""Which internet addresses may be fetched from: those that anybody can reach, however a host is spelt.

Names are resolved once, and the connection is made to the very address that was checked, so that a name which
answers differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from index.errors import AddressRefused, SourceError

Resolver = Callable[[str, int], list[str]]
"""Gives the IP addresses of a host and port."""

# Ranges of IPv6 that carry an IPv4 address in their last 32 bits.
_CARRIERS = tuple(IPv6Network(net) for net in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96"))
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host. Raises: SourceError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SourceError(f"the host {host!r} is not known: check the address") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_addresses(host: str, port: int, *, allow_private: bool, resolver: Resolver = resolve) -> list[str]:
    """Resolve a host and check each of its addresses. Raises: AddressRefused, SourceError."""
    addresses = resolver(host, port)
    if not addresses:
        raise SourceError(f"the host {host!r} is not known: check the address")
    if not allow_private and not all(is_public(address) for address in addresses):
        raise AddressRefused(
            f"{host!r} is a private or reserved address: set VESTKA_ALLOW_PRIVATE_ADDRESSES=1 to fetch from it"
        )
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where it is wrapped in another."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = _carried(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip in _LOCAL_NAT64 or ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def _carried(ip: IPv6Address) -> IPv4Address | None:
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if any(ip in carrier for carrier in _CARRIERS):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None
