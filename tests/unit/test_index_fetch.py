from __future__ import annotations

import gzip
import time
from http.server import BaseHTTPRequestHandler

import pytest
from web_server import web_site

from index.errors import AddressRefused, SourceError
from index.fetch import MAX_FETCHED_BYTES, MAX_REDIRECTS, fetch, is_web_address

PAGE = (200, {"Content-Type": 'text/html; charset="windows-1251"'}, "Мост".encode("cp1251"))


def to_loopback(host: str, port: int) -> list[str]:
    """Resolve every host to the test's own site."""
    return ["127.0.0.1"]


def test_a_page_is_fetched() -> None:
    """The content comes with its address, type and declared charset."""
    with web_site({"/a?b=1": PAGE}) as (root, _):
        fetched = fetch(f"{root}/a?b=1#part", allow_private=True)
    assert fetched.content.decode("cp1251") == "Мост"
    assert (fetched.media_type, fetched.charset) == ("text/html", "windows-1251")
    assert fetched.url.startswith(f"{root}/a?b=1")


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """A name is looked up once, connected to by what was checked, and asked for by its name."""
    lookups = []

    def resolver(host: str, port: int) -> list[str]:
        lookups.append(host)
        return ["127.0.0.1"] if len(lookups) == 1 else ["10.9.9.9"]

    with web_site({"/": PAGE}) as (root, asked):
        port = root.rpartition(":")[2]
        fetch(f"http://news.example:{port}/", allow_private=True, resolver=resolver)
    assert lookups == ["news.example"]
    assert asked == [("/", f"news.example:{port}")]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://0177.1/",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://169.254.169.254/",
        "http://8.8.8.8@127.0.0.1/", "http://user:secret@8.8.8.8/", "ftp://8.8.8.8/", "file://localhost/etc/passwd",
        "HTTP://127.1:80/",
    ],
)  # fmt: skip
def test_what_leads_inside_is_refused(url: str) -> None:
    """Private addresses however spelt, credentials and other schemes are refused before anything is sent."""
    with pytest.raises(AddressRefused) as caught:
        fetch(url)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_redirects_are_checked_like_the_first_address() -> None:
    """A redirect to a private address or to a file is refused; one to a page is followed."""
    with web_site(
        {
            "/in": (302, {"Location": "http://inside.example/"}, b""),
            "/file": (301, {"Location": "file:///etc/passwd"}, b""),
            "/ok": (307, {"Location": "/page"}, b""),
            "/page": PAGE,
        }
    ) as (root, _):
        site = root.replace("127.0.0.1", "news.example")

        def resolver(host: str, port: int) -> list[str]:
            # A public name that stands on this machine, so that only the redirect's target is private.
            if host == "inside.example":
                raise AddressRefused("private")
            return ["127.0.0.1"]

        assert fetch(f"{site}/ok", allow_private=True, resolver=resolver).url == f"{site}/page"
        for path in ("/in", "/file"):
            with pytest.raises(SourceError):
                fetch(site + path, allow_private=True, resolver=resolver)


def test_endless_redirects_end() -> None:
    """A circle of redirects is left after a few rounds."""
    circle = web_site({"/": (302, {"Location": "/"}, b"")})
    with circle as (root, asked), pytest.raises(SourceError, match="redirects"):
        fetch(root + "/", allow_private=True)
    assert len(asked) == MAX_REDIRECTS + 1


def test_sizes_are_bounded_packed_and_unpacked() -> None:
    """Neither a large answer nor a small one that unpacks into a large one is taken in."""
    bomb = gzip.compress(b"\0" * (5 * MAX_FETCHED_BYTES))
    with web_site(
        {
            "/large": (200, {}, b"a" * (MAX_FETCHED_BYTES + 1)),
            "/bomb": (200, {"Content-Encoding": "gzip"}, bomb),
            "/gzip": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"text")),
            "/broken": (200, {"Content-Encoding": "gzip"}, b"text"),
            "/other": (200, {"Content-Encoding": "br"}, b"text"),
        }
    ) as (root, _):
        assert fetch(f"{root}/gzip", allow_private=True).content == b"text"
        for path, reason in {"/large": "larger", "/bomb": "larger", "/broken": "damaged", "/other": "encoding"}.items():
            with pytest.raises(SourceError, match=reason):
                fetch(root + path, allow_private=True)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Answer a letter at a time, for ever."""
    try:
        for letter in b"HTTP/1.1 200 OK\r\nX: " + b"a" * 1000:
            handler.wfile.write(bytes([letter]))
            time.sleep(0.02)
    except OSError:
        pass


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Answer nothing."""
    handler.connection.close()


def test_slow_and_broken_servers() -> None:
    """An answer that drips is given up when the time is over; broken ones have a reason."""
    with web_site({"/drip": drip, "/none": hang_up}) as (root, _):
        started = time.monotonic()
        with pytest.raises(SourceError, match="in time"):
            fetch(f"{root}/drip", allow_private=True, total_timeout_s=0.3)
        assert time.monotonic() - started < 5
        for path, reason in {"/none": "cannot be fetched", "/missing": "status 404"}.items():
            with pytest.raises(SourceError, match=reason):
                fetch(root + path, allow_private=True)
    with pytest.raises(SourceError, match="cannot be fetched"):
        fetch(root + "/", allow_private=True)


@pytest.mark.parametrize(
    "url",
    ["http://", "http:///a", "http://[::1", "http://a b/", "http://x:99999/", "http://" + "a" * 5000, "http://\0/"],
)
def test_addresses_that_are_none(url: str) -> None:
    """What is no address is an error of one line."""
    with pytest.raises(SourceError) as caught:
        fetch(url, allow_private=True, resolver=to_loopback)
    assert "\n" not in str(caught.value)


def test_web_addresses_are_told_from_paths() -> None:
    """Only http and https are fetched; everything else is a path."""
    assert is_web_address("HTTPS://npa.example")
    assert not is_web_address("/news/http://x")
    assert not is_web_address("ftp://npa.example")
