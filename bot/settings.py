"""Settings from the environment, the VESTKA_* variables: read at the entry points, checked, never global."""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from index.errors import BadSetting

PREFIX = "VESTKA_"


def _http_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise ValueError("it must be an address that starts with http:// or https://")
    return value.rstrip("/")


def _https_address(value: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+\S*", value):
        raise ValueError("it must be an address that starts with https://")
    return value


def _device(value: str) -> str:
    if not re.fullmatch(r"(cpu|cuda|mps|xpu)(:\d+)?", value):
        raise ValueError("it must be cpu, cuda, cuda:N, mps or xpu")
    return value


def _rate(value: str) -> str:
    if not re.fullmatch(r"[1-9]\d*/(second|minute|hour|day)", value):
        raise ValueError("it must be a number per second, minute, hour or day, such as 60/minute")
    return value


def _keys(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return tuple(SecretStr(key.strip()) for key in value.split(",") if key.strip())


def _ids(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if not all(re.fullmatch(r"-?\d+", part) for part in parts):
        raise ValueError("it must be numeric Telegram ids, separated by commas")
    return frozenset(int(part) for part in parts)


def _secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[\x21-\x7e]+", value.get_secret_value()):
        raise ValueError("it must be printable ASCII without spaces")
    return value


Secret = Annotated[SecretStr, AfterValidator(_secret)]
Address = Annotated[str, AfterValidator(_http_address)]


class Settings(BaseSettings):
    """What the environment asks for; an empty variable counts as unset.

    Attributes:
        store: the folder of the store.
        model: a sentence-transformers name or folder instead of the packaged model.
        device: where the model runs, such as `cpu` or `cuda:0`.
        api_keys: keys for HTTP; comma-separated in the environment. None: no key is asked for.
        admin_key: the key for adding and removing articles over HTTP.
        rate_limit: requests a client may make, such as `60/minute`.
        llm_base_url: root of an OpenAI-compatible server that writes answers.
        telegram_base_url: root of a Bot API server of one's own, without `/bot`.
        telegram_allowed: the Telegram users and chats that are answered; empty: all.
        store_url: a Milvus address instead of the embedded store.
        allow_private_addresses: whether indexing may fetch from private and loopback addresses.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    store: Path = Path("store")
    model: str | None = None
    device: Annotated[str, AfterValidator(_device)] | None = None
    api_keys: Annotated[tuple[Secret, ...], NoDecode, BeforeValidator(_keys)] = ()
    admin_key: Secret | None = None
    rate_limit: Annotated[str, AfterValidator(_rate)] | None = None
    llm_base_url: Address | None = None
    llm_model: str | None = None
    llm_api_key: Secret | None = None
    telegram_token: Secret | None = None
    telegram_base_url: Address | None = None
    telegram_webhook_url: Annotated[str, AfterValidator(_https_address)] | None = None
    telegram_webhook_secret: Secret | None = None
    telegram_allowed: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    store_url: str | None = None
    allow_private_addresses: bool = False


def read_settings() -> Settings:
    """Read the settings from the environment. Raises: BadSetting, naming the first variable that is wrong."""
    known = sorted(f"{PREFIX}{name}".upper() for name in Settings.model_fields)
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            nearest = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0)[0]
            raise BadSetting(f"{name} is not a setting of Vestka: unset it, or did you mean {nearest}?")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        name = f"{PREFIX}{first['loc'][0]}".upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise BadSetting(f"{name} has a wrong value: {reason}") from None
