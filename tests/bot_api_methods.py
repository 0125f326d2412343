"""What the methods of the Bot API take that this bot calls, and which texts Telegram would change."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

MAX_ENTITIES = 100


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EntityIn(_Strict):
    """A MessageEntity, of the kinds that this bot may use."""

    type: Literal["blockquote", "bold", "italic", "text_link"]
    offset: int = Field(ge=0)
    length: int = Field(ge=1)
    url: str | None = None


class PreviewIn(_Strict):
    """LinkPreviewOptions."""

    is_disabled: bool = False
    url: str | None = None
    prefer_small_media: bool = False


class ReplyIn(_Strict):
    """ReplyParameters."""

    message_id: int
    allow_sending_without_reply: bool = False


class GetMe(_Strict):
    """No parameters."""


class DeleteWebhook(_Strict):
    """What deleteWebhook takes; dropping what people wrote while the bot was away would be a fault."""

    drop_pending_updates: Literal[False] = False


class GetUpdates(_Strict):
    """What getUpdates takes."""

    offset: int = 0
    limit: int = Field(default=100, ge=1, le=100)
    timeout: int = 0
    allowed_updates: list[str] | None = None


class CommandIn(_Strict):
    """A BotCommand."""

    command: str = Field(pattern=r"^[a-z0-9_]{1,32}$")
    description: str = Field(min_length=1, max_length=256)


class SetMyCommands(_Strict):
    """What setMyCommands takes."""

    commands: list[CommandIn]
    language_code: str = Field(default="", pattern=r"^([a-z]{2})?$")


class SendChatAction(_Strict):
    """What sendChatAction takes."""

    chat_id: int
    action: Literal["typing"]
    message_thread_id: int | None = None


class SendMessage(_Strict):
    """What sendMessage takes."""

    chat_id: int
    text: str
    entities: list[EntityIn] = []
    link_preview_options: PreviewIn | None = None
    reply_parameters: ReplyIn | None = None
    message_thread_id: int | None = None


METHODS: dict[str, type[_Strict]] = {
    model.__name__.lower(): model
    for model in (GetMe, DeleteWebhook, GetUpdates, SetMyCommands, SendChatAction, SendMessage)
}


def text_faults(text: str, entities: list[EntityIn]) -> list[str]:
    """Say what Telegram would cut, move or ignore in a text that it takes."""
    encoded = text.encode("utf-16-le")
    length = len(encoded) // 2

    def splits_pair(at: int) -> bool:
        return at < length and 0xDC <= encoded[2 * at + 1] <= 0xDF

    faults = [] if text == text.strip() else ["white space around the text"]
    if len(entities) > MAX_ENTITIES:
        faults.append(f"{len(entities)} entities")
    for number, entity in enumerate(entities):
        end = entity.offset + entity.length
        if end > length or splits_pair(entity.offset) or splits_pair(end):
            faults.append(f"entity {entity} is off the text or inside a character")
        if (entity.type == "text_link") != bool(re.fullmatch(r"https?://[^\s/]+\.\S+", entity.url or "")):
            faults.append(f"entity {entity} has a wrong address")
        for other in entities[:number]:
            other_end = other.offset + other.length
            apart = other_end <= entity.offset or end <= other.offset
            inside = other.offset <= entity.offset and end <= other_end
            if not (apart or (inside and other.type != entity.type)):
                faults.append(f"entity {entity} overlaps or repeats {other}")
    return faults
