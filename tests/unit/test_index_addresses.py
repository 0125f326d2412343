from __future__ import annotations

import pytest

from index.addresses import checked_addresses, is_public
from index.errors import AddressRefused, SourceError

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808", "::ffff:8.8.8.8"]
PRIVATE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",  # noqa: S104
    "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1",
    "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1",
    "64:ff9b::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::", "::ffff:0:127.0.0.1", "100::1", "not an address", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    """Addresses of the open internet may be fetched from."""
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    """Private, loopback, link-local, multicast and reserved addresses may not, nor any that wraps one."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost.",
        "LOCALHOST",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "::1",
    ],
)
def test_loopback_however_it_is_spelt(host: str) -> None:
    """The system's own resolver reads the spelling, and what it means is what is checked."""
    with pytest.raises((AddressRefused, SourceError)):
        checked_addresses(host, 80, allow_private=False)


def test_one_private_address_among_others_refuses_the_host() -> None:
    """A name that also leads inside is not fetched from at all, unless it is allowed."""

    def resolver(host: str, port: int) -> list[str]:
        return ["8.8.8.8", "10.0.0.1"]

    with pytest.raises(AddressRefused, match="VESTKA_ALLOW_PRIVATE_ADDRESSES=1"):
        checked_addresses("news.example", 80, allow_private=False, resolver=resolver)
    assert checked_addresses("news.example", 80, allow_private=True, resolver=resolver) == ["8.8.8.8", "10.0.0.1"]


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "\udc80.example", "no-such-host.invalid"])
def test_unknown_hosts(host: str) -> None:
    """A name that cannot be looked up is an error of one line."""
    with pytest.raises(SourceError) as caught:
        checked_addresses(host, 80, allow_private=False)
    assert "\n" not in str(caught.value)
