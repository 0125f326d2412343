"""The VESTKA_* variables: what they mean, and what is said when one is wrong."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import Settings, read_settings
from index.errors import BadSetting

Environment = Callable[..., None]

NAMES = [
    "STORE",
    "MODEL",
    "DEVICE",
    "API_KEYS",
    "ADMIN_KEY",
    "RATE_LIMIT",
    "LLM_BASE_URL",
    "LLM_MODEL",
    "LLM_API_KEY",
    "TELEGRAM_TOKEN",
    "TELEGRAM_BASE_URL",
    "TELEGRAM_WEBHOOK_URL",
    "TELEGRAM_WEBHOOK_SECRET",
    "TELEGRAM_ALLOWED",
    "STORE_URL",
    "ALLOW_PRIVATE_ADDRESSES",
]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Environment:
    """Return what sets variables; none of ours is set before."""
    for name in os.environ:
        if name.upper().startswith("VESTKA_"):
            monkeypatch.delenv(name)

    def set_variables(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_variables


def test_the_settings_are_those_of_the_contract() -> None:
    """Every promised variable is known, and no other."""
    assert set(Settings.model_fields) == {name.lower() for name in NAMES}


def test_nothing_needs_to_be_set(environment: Environment) -> None:
    """Without any variable the store is ./store, open to private use only."""
    settings = read_settings()

    assert settings.store == Path("store")
    assert settings.api_keys == ()
    assert settings.telegram_token is None
    assert settings.telegram_allowed == frozenset()
    assert settings.allow_private_addresses is False


def test_values_are_read_as_what_they_are(environment: Environment) -> None:
    """Lists are split at commas, addresses lose their last slash, flags become booleans."""
    environment(
        VESTKA_STORE="/srv/archive",
        VESTKA_DEVICE="cuda:1",
        VESTKA_API_KEYS=" one, two ,,",
        VESTKA_ADMIN_KEY="chief",
        VESTKA_RATE_LIMIT="60/minute",
        VESTKA_TELEGRAM_BASE_URL="http://127.0.0.1:8081/",
        VESTKA_TELEGRAM_ALLOWED="12, -1003",
        VESTKA_ALLOW_PRIVATE_ADDRESSES="1",
    )

    settings = read_settings()

    assert settings.store == Path("/srv/archive")
    assert settings.device == "cuda:1"
    assert [key.get_secret_value() for key in settings.api_keys] == ["one", "two"]
    assert settings.admin_key is not None
    assert settings.admin_key.get_secret_value() == "chief"
    assert settings.rate_limit == "60/minute"
    assert settings.telegram_base_url == "http://127.0.0.1:8081"
    assert settings.telegram_allowed == {12, -1003}
    assert settings.allow_private_addresses is True


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_variable_counts_as_unset(environment: Environment, name: str) -> None:
    """A variable that is set to nothing gives the default."""
    default = read_settings()
    environment(**{f"VESTKA_{name}": ""})

    assert read_settings() == default


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        ("VESTKA_STROE", "VESTKA_STORE"),
        ("VESTKA_TELEGRAM_TOKN", "VESTKA_TELEGRAM_TOKEN"),
        ("VESTKA_API_KEY", "VESTKA_API_KEYS"),
        ("VESTKA_LLM_URL", "VESTKA_LLM_BASE_URL"),
    ],
)
def test_an_unknown_variable_is_an_error_that_names_the_nearest(
    environment: Environment, wrong: str, nearest: str
) -> None:
    """A typo is not passed over in silence."""
    environment(**{wrong: "x"})

    with pytest.raises(BadSetting, match=rf"{wrong} .*{nearest}\?") as caught:
        read_settings()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VESTKA_DEVICE", "gpu"),
        ("VESTKA_RATE_LIMIT", "often"),
        ("VESTKA_RATE_LIMIT", "-3/minute"),
        ("VESTKA_LLM_BASE_URL", "localhost:8080"),
        ("VESTKA_TELEGRAM_BASE_URL", "ftp://a"),
        ("VESTKA_TELEGRAM_WEBHOOK_URL", "http://a.example/hook"),
        ("VESTKA_TELEGRAM_ALLOWED", "12,@someone"),
        ("VESTKA_TELEGRAM_TOKEN", "12:with a blank"),
        ("VESTKA_API_KEYS", "fine,ключ"),
        ("VESTKA_ALLOW_PRIVATE_ADDRESSES", "perhaps"),
    ],
)
def test_a_wrong_value_is_named_and_not_repeated(environment: Environment, name: str, value: str) -> None:
    """The error is one line with the variable's name; the value, which may be a secret, is not in it."""
    environment(**{name: value})

    with pytest.raises(BadSetting, match=rf"^{name} has a wrong value: \S") as caught:
        read_settings()
    assert "\n" not in str(caught.value)
    assert value not in str(caught.value)


def test_secrets_do_not_show(environment: Environment) -> None:
    """Printing the settings, in a log or a traceback, shows no key and no token."""
    environment(**dict.fromkeys(("VESTKA_TELEGRAM_TOKEN", "VESTKA_API_KEYS", "VESTKA_LLM_API_KEY"), "hidden"))

    assert "hidden" not in repr(read_settings())
