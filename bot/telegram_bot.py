"""The Telegram bot over long polling; the only file that knows the telegram library."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Any

from telegram import Bot, BotCommand, LinkPreviewOptions, MessageEntity, ReplyParameters, Update
from telegram.constants import ChatAction, ChatType
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.signals import stop_event
from bot.telegram_desk import Desk
from bot.telegram_incoming import Incoming, read_words
from bot.telegram_log import log_failure, token_hidden
from bot.telegram_phrases import PHRASES, phrases_for
from bot.telegram_queue import InOrder, backoff_s, patiently, repeated
from bot.telegram_replies import Replies
from bot.telegram_text import Message
from bot.telegram_token import check_token, refused_token
from index.errors import BadSetting
from qa.answerer import Answerer

# Opts in to the library's future type of `retry_after`: its present one warns at each flood limit.
os.environ.setdefault("PTB_TIMEDELTA", "true")

log = logging.getLogger(__name__)

TYPING_EVERY_S = 4.0
"""Clients show the action for five seconds."""
POLL = timedelta(seconds=20)
MAX_FLOOD_TRIES = 8
MAX_NETWORK_TRIES = 5

App = Application[Any, Any, Any, Any, Any, Any]


def run_bot(
    answerer: Answerer, *, token: str, base_url: str | None = None, allowed: frozenset[int] = frozenset()
) -> None:
    """Answer messages until SIGTERM or SIGINT, then finish what is in hand; arguments as for telegram_bot.

    Raises: BadSetting when Telegram does not know the token.
    """
    asyncio.run(_until_stopped(answerer, token, base_url, allowed))


async def _until_stopped(answerer: Answerer, token: str, base_url: str | None, allowed: frozenset[int]) -> None:
    with stop_event() as stopped:
        async with telegram_bot(answerer, token=token, base_url=base_url, allowed=allowed) as fetching:
            waiting = asyncio.create_task(stopped.wait())
            await asyncio.wait({waiting, fetching}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            if fetching.done():
                fetching.result()
            log.info("Stopping: finishing the questions in hand.")


@asynccontextmanager
async def telegram_bot(
    answerer: Answerer, *, token: str, base_url: str | None = None, allowed: frozenset[int] = frozenset()
) -> AsyncIterator[asyncio.Task[None]]:
    """Answer messages as long as the context is open, in the running event loop.

    Args:
        base_url: the root of a Bot API server, such as http://127.0.0.1:8081; None is Telegram's own.
        allowed: numbers of the people and chats that are answered; empty answers everyone.

    Yields: the task that fetches messages; it ends early only when Telegram stops knowing the token.
    Raises: BadSetting for a token or an address that cannot be right. Without a network it waits for one.
    """
    check_token(token, base_url)
    with token_hidden(token):
        connection = Connection(_application(Desk(Replies(answerer), allowed), token, base_url))
        fetching: asyncio.Task[None] | None = None
        try:
            await connection.open()
            fetching = asyncio.create_task(connection.fetch(), name="telegram: fetch updates")
            yield fetching
        finally:
            if fetching is not None:
                fetching.cancel()
                await asyncio.wait({fetching})
            await connection.close()


def _application(desk: Desk, token: str, base_url: str | None) -> App:
    builder = Application.builder().token(token).updater(None).job_queue(None)
    if base_url is not None:
        root = base_url.rstrip("/")
        builder = builder.base_url(f"{root}/bot").base_file_url(f"{root}/file/bot")
    application: App = builder.build()
    line = TelegramLine(application.bot)

    async def take(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if (message := _incoming(update, context.bot)) is not None:
            await desk.take(message, line)

    async def failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        error = context.error
        if isinstance(error, Forbidden):
            log.info("A chat takes no messages any more: %s", error.message)
            return
        if isinstance(error, TelegramError):
            log.error("Telegram took no message: %s: %s", type(error).__name__, error.message)
        elif error is not None:
            log_failure(error)
        if isinstance(update, Update) and (message := _incoming(update, context.bot)) is not None:
            with suppress(TelegramError):
                await desk.apologise(message, error, line)

    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL, take))
    application.add_error_handler(failed)
    return application


class Connection:
    """The line to Telegram: opening it, fetching updates over it, closing it when all is answered."""

    def __init__(self, application: App) -> None:
        self._application = application
        self._bot: Bot = application.bot
        self._in_order = InOrder()
        self._next_update = 0
        self._failures = 0
        self._rival = False

    async def open(self) -> bool:
        """Introduce the bot to Telegram; say whether that has worked. Raises: BadSetting."""
        if self._application.running:
            return True
        try:
            await self._application.initialize()
            await self._bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            raise refused_token() from None
        except TelegramError as error:
            self._trouble(error)
            return False
        await self._name_commands()
        await self._application.start()
        log.info("The bot @%s answers.", self._bot.username)
        return True

    async def fetch(self) -> None:
        """Hand updates to the application until cancelled. Raises: BadSetting when the token is refused."""
        while True:
            asked_s = None
            try:
                if await self.open():
                    await self._fetch_some()
                    self._failures = 0
                    continue
            except BadSetting:
                raise
            except InvalidToken:
                raise refused_token() from None
            except TelegramError as error:
                self._trouble(error)
                asked_s = _flood_pause_s(error)
            except Exception as error:  # noqa: BLE001  what the library cannot read must not silence the bot
                log_failure(error)
                self._failures += 1
            await asyncio.sleep(asked_s or backoff_s(self._failures))

    async def close(self) -> None:
        """Finish what has been fetched, tell Telegram so, and hang up."""
        if self._application.running:
            with suppress(TelegramError):
                await self._bot.get_updates(offset=self._next_update, limit=1, timeout=timedelta(0))
            await self._application.stop()
        await self._application.shutdown()
        # The application leaves a bot open that could not introduce itself.
        await self._bot.shutdown()

    async def _fetch_some(self) -> None:
        offset, kinds = self._next_update, [Update.MESSAGE]
        for update in await self._bot.get_updates(offset=offset, timeout=POLL, allowed_updates=kinds):
            chat = update.effective_chat
            handle = partial(self._application.process_update, update)
            # The application waits for its tasks when it stops.
            self._application.create_task(self._in_order.run(chat.id if chat else None, handle))
            self._next_update = update.update_id + 1

    async def _name_commands(self) -> None:
        """Fill the menu of commands in every language; without a menu people can ask all the same."""
        try:
            for language in (None, *PHRASES):
                commands = phrases_for(language).commands
                menu = [BotCommand(name, purpose) for name, purpose in commands.items()]
                await self._bot.set_my_commands(menu, language_code=language)
        except TelegramError as error:
            log.warning("The menu of commands is not set: %s", error.message)

    def _trouble(self, error: TelegramError) -> None:
        """Count a failure; log the first of a row, and a rival, who comes and goes, only once."""
        self._failures += 1
        if isinstance(error, Conflict):
            if not self._rival:
                log.error("Another program fetches this bot's messages: stop it, or get a token for each.")
            self._rival = True
        elif self._failures == 1:
            log.warning("Telegram cannot be reached, trying again: %s", error.message)


class TelegramLine:
    """The desk's way back to people: waits as long as Telegram asks, tries again when the network fails."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, to: Incoming, parts: list[Message]) -> None:
        """Send the parts in order, the first as a reply to the message. Raises: TelegramError."""
        for number, part in enumerate(parts):
            await patiently(partial(self._send, to, part, first=number == 0), _pause_s)

    def typing(self, to: Incoming) -> AbstractAsyncContextManager[None]:
        """Show that the bot is typing; whoever cannot be shown it may still be answered."""

        async def show() -> None:
            with suppress(TelegramError):
                action, thread_id = ChatAction.TYPING, to.thread_id
                await self._bot.send_chat_action(to.chat_id, action, message_thread_id=thread_id)

        return repeated(show, TYPING_EVERY_S)

    async def _send(self, to: Incoming, part: Message, *, first: bool) -> None:
        reply = ReplyParameters(to.message_id, allow_sending_without_reply=True)
        preview = LinkPreviewOptions(is_disabled=True)
        if part.preview:
            preview = LinkPreviewOptions(url=part.preview, prefer_small_media=True)
        await self._bot.send_message(
            to.chat_id,
            part.text,
            entities=[MessageEntity(e.style, e.offset, e.length, url=e.url) for e in part.entities],
            link_preview_options=preview,
            reply_parameters=reply if first else None,
            message_thread_id=to.thread_id,
        )


def _incoming(update: Update, bot: Bot) -> Incoming | None:
    """Return what the desk needs to know of a message."""
    message, user = update.message, update.effective_user
    if message is None:
        return None
    private, original = message.chat.type == ChatType.PRIVATE, message.reply_to_message
    # Each message of a forum topic replies to the topic's first one, which the bot may have opened.
    to_bot = original is not None and original.from_user == bot.bot and not original.forum_topic_created
    return Incoming(
        chat_id=message.chat_id,
        message_id=message.message_id,
        thread_id=message.message_thread_id if message.is_topic_message else None,
        user_id=user.id if user else None,
        language=user.language_code if user else None,
        private=private,
        words=read_words(message.text, bot_name=bot.username, private=private, to_bot=to_bot),
    )


def _pause_s(error: Exception, tries: int) -> float | None:
    """Return how long to wait before sending again; None when that would not help."""
    flood = _flood_pause_s(error)
    if flood is not None:
        return flood if tries < MAX_FLOOD_TRIES else None
    transient = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return backoff_s(tries) if transient and tries < MAX_NETWORK_TRIES else None


def _flood_pause_s(error: Exception) -> float | None:
    if not isinstance(error, RetryAfter):
        return None
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
