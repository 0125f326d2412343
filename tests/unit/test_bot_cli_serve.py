"""The commands that stay: where they listen, and what they need."""

import socket

import pytest
from fake_wiring import FakeWiring, complaint, run


def test_serve_listens_on_loopback_by_itself() -> None:
    """Without options nobody else can reach the server, and the bot does not run."""
    wiring = FakeWiring()

    assert run("serve", "--port", "0", wiring=wiring).exit_code == 0
    assert wiring.calls == [("127.0.0.1", False)]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - that it is refused is the point
def test_serve_beyond_loopback_needs_keys_or_consent(host: str) -> None:
    """What other machines can reach needs API keys, or --open-to-everyone."""
    if host == "::" and not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    refused = run("serve", "--host", host, "--port", "0")
    with_keys = run("serve", "--host", host, "--port", "0", wiring=FakeWiring(api_keys="a"))
    opened = run("serve", "--host", host, "--port", "0", "--open-to-everyone")

    assert refused.exit_code == 2
    assert "--open-to-everyone" in complaint(refused)
    assert (with_keys.exit_code, opened.exit_code) == (0, 0)


def test_a_port_that_is_taken_is_one_line() -> None:
    """The error names the port before anything slow is loaded."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("serve", "--port", port)

    assert result.exit_code == 2
    assert port in complaint(result)


@pytest.mark.parametrize("arguments", [("telegram",), ("serve", "--port", "0", "--telegram")])
def test_the_bot_needs_a_token(arguments: tuple[str, ...]) -> None:
    """Without a token the remedy is said; with one the bot runs."""
    wiring = FakeWiring(telegram_token="1:a")  # noqa: S106 - invented

    refused = run(*arguments)

    assert refused.exit_code == 2
    assert "VESTKA_TELEGRAM_TOKEN" in complaint(refused)
    assert run(*arguments, wiring=wiring).exit_code == 0
    assert wiring.calls in (["telegram"], [("127.0.0.1", True)])
