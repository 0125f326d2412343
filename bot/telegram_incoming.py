"""What a person has sent, and whether it is put to the bot."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.telegram_phrases import FALLBACK_LANGUAGE, PHRASES

COMMANDS = frozenset(PHRASES[FALLBACK_LANGUAGE].commands)
_COMMAND = re.compile(r"/([a-z0-9_]{1,32})(?:@(\w+))?(?=\s|$)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a message.

    Attributes:
        addressed: whether they are put to the bot; in a private chat all are.
        command: the command's name without its slash, if they are one.
        text: what was written, without the bot's name; None for pictures, stickers and the like.
    """

    addressed: bool
    command: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message from a person; `language` is what the person's client speaks, such as `pt-br`, if it says."""

    chat_id: int
    message_id: int
    thread_id: int | None
    user_id: int | None
    language: str | None
    private: bool
    words: Words

    @property
    def conversation(self) -> str | None:
        """What the conversation is kept under: each chat, topic and, in a group, person has its own.

        None where it is not known who asks: a group's nameless ones are strangers to each other.
        """
        if self.private:
            return f"{self.chat_id}:{self.thread_id}"
        return None if self.user_id is None else f"{self.chat_id}:{self.thread_id}:{self.user_id}"


def read_words(text: str | None, *, bot_name: str, private: bool, to_bot: bool) -> Words:
    """Read a message.

    Args:
        bot_name: the bot's user name, without @.
        to_bot: whether the message replies to one of the bot's.
    """
    if text is None:
        return Words(private or to_bot, None, None)
    if command := _COMMAND.match(text):
        name, addressee = command[1].lower(), (command[2] or "").lower()
        # A group's command without a name is for every bot there: leave those alone that we do not know.
        ours = addressee == bot_name.lower() if addressee else private or name in COMMANDS
        return Words(ours, name, text.strip())
    if private:
        return Words(True, None, text.strip())
    bare, mentions = re.subn(rf"(?<!\w)@{re.escape(bot_name)}\b", "", text, flags=re.IGNORECASE)
    return Words(to_bot or mentions > 0, None, bare.strip())
