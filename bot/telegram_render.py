"""Answers as Telegram messages: quotations in block quotes, each with its source, date and language."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.answer_parts import Quoted, text_parts
from bot.telegram_phrases import PHRASES, Phrases
from bot.telegram_text import Block, Message, Run, messages
from index.records import Article, Hit, StoreStatus
from qa.phrases_support import older_mark
from qa.records import Answer, Citation, Copy

MAX_URL_CHARS = 2048
MAX_COPIES = 3
"""How many of a story's other articles are named."""


def render_answer(answer: Answer, interface: Phrases) -> list[Message]:
    """Return an answer, or a refusal with the closest articles, as messages in their order."""
    phrases = PHRASES.get(answer.language, interface)
    older = older_mark(None, answer.language)
    blocks = [
        _plain(part) if isinstance(part, str) else _quotation(part, older, phrases) for part in text_parts(answer)
    ]
    if not answer.answered:
        blocks += _nearest(answer.nearest, phrases)
    parts = messages(blocks) or render_text(interface.failure)
    preview = next((url for citation in answer.citations if (url := link(citation.url))), None)
    return [Message(parts[0].text, parts[0].entities, preview), *parts[1:]]


def render_sources(answer: Answer | None, interface: Phrases) -> list[Message]:
    """Return the sources of the last answer, each article once with the numbers of its quotations."""
    if answer is None:
        return render_text(interface.no_answer_yet)
    if not answer.citations:
        return messages([_plain(interface.no_sources), *_nearest(answer.nearest, interface)])
    of_article: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        of_article.setdefault(citation.article_id, []).append(citation)
    sources = [
        (Run("".join(f"[{citation.number}] " for citation in cited)), *_cited(cited[0], interface))
        for cited in of_article.values()
    ]
    return messages([_plain(interface.sources), *sources])


def render_greeting(status: StoreStatus | None, interface: Phrases) -> list[Message]:
    """Return what the bot does and, when that is known, what the archive holds."""
    blocks = [_plain(interface.greeting)]
    if status is not None:
        languages = sorted(status.languages, key=lambda code: -status.languages[code])
        names = [name for name in map(interface.language, languages) if name]
        lines = [interface.articles.format(number=interface.number(status.articles))]
        if names:
            lines.append(interface.languages.format(languages=interface.listed(names)))
        if status.last_published:
            lines.append(interface.latest.format(day=interface.day(status.last_published)))
        blocks.append(_plain("\n".join(lines)))
    return messages([*blocks, _plain(interface.ask)])


def render_help(interface: Phrases) -> list[Message]:
    """Return how to use the bot, with its commands."""
    commands = "\n".join(f"/{name} - {purpose}" for name, purpose in interface.commands.items())
    return messages([_plain(interface.ask), _plain(commands)])


def render_text(text: str) -> list[Message]:
    """Return a text without any style, of any length."""
    return messages([_plain(text)])


def link(url: str | None) -> str | None:
    """Return the address when Telegram can link to it, else None."""
    if not url or len(url) > MAX_URL_CHARS or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        labels = (parts.hostname or "").split(".")
        parts.port  # noqa: B018  reading it is what checks it
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and len(labels) > 1 and all(labels) else None


def _quotation(quoted: Quoted, older: str, phrases: Phrases) -> Block:
    """Return a quotation with its source and what the text says around it.

    Args:
        older: what is said of an older figure where the text does not say it.
    """
    citation = quoted.citation
    note = quoted.after or (older if citation.older else "")
    return (
        *([Run(f"{quoted.before}\n")] if quoted.before else []),
        Run(citation.quote.strip(), "blockquote"),
        Run(f"\n[{citation.number}] "),
        *_cited(citation, phrases, note),
    )


def _nearest(hits: tuple[Hit, ...], phrases: Phrases) -> list[Block]:
    articles = {hit.article.article_id: hit.article for hit in hits}
    listed: list[Block] = [(Run("• "), *_source(article, phrases)) for article in articles.values()]
    return [_plain(phrases.nearest), *listed] if listed else []


def _cited(citation: Citation, phrases: Phrases, note: str = "") -> Block:
    """Return the source of a citation, a note on it, and the other articles that tell the same story."""
    copies = citation.copies[:MAX_COPIES]
    left = len(citation.copies) - len(copies)
    named = [run for copy in copies for run in (Run(", "), *_copy(copy, phrases))][1:]
    return (
        *_source(citation, phrases),
        *([Run(f"\n{note}")] if note else []),
        *([Run(f"\n{phrases.also} "), *named] if named else []),
        *([Run(f" +{phrases.number(left)}")] if left else []),
    )


def _copy(copy: Copy, phrases: Phrases) -> Block:
    """Return the name of an article that tells the same story, and its language."""
    name = _spaced(copy.source or "") or _spaced(copy.title) or copy.article_id
    url, language = link(copy.url), phrases.language(copy.language)
    return (Run(name, "text_link", url) if url else Run(name), *([Run(f" ({language})")] if language else []))


def _source(of: Citation | Article, phrases: Phrases) -> Block:
    """Return title, source, date and language of a citation or an article."""
    url = link(of.url)
    title = _spaced(of.title) or _spaced(of.source or "") or of.article_id
    details = (_spaced(of.source or ""), phrases.day(of.published), phrases.language(of.language))
    return (
        Run(title, "text_link", url) if url else Run(title, "italic"),
        Run("\n" + " · ".join(detail for detail in details if detail)),
    )


def _plain(text: str) -> Block:
    return (Run(text),)


def _spaced(text: str) -> str:
    return " ".join(text.split())
