"""A question as a turn of its conversation, the same through every door."""

from __future__ import annotations

from index.records import Filters
from qa.answerer import NO_FILTERS, Answerer
from qa.conversations import Conversations
from qa.records import Answer

MAX_CONVERSATION_CHARS = 200
"""The longest name that a caller may give a conversation."""


def ask_in_turn(
    answerer: Answerer,
    conversations: Conversations,
    key: str | None,
    question: str,
    filters: Filters = NO_FILTERS,
    *,
    explain: bool = False,
) -> Answer:
    """Answer a question with what was said before it, and remember the answer.

    Args:
        key: the conversation's; None for a question that stands alone.

    Raises: VestkaError; then the conversation stays as it was.
    """
    if key is None:
        return answerer.ask(question, filters, explain=explain)
    answer = answerer.ask(question, filters, history=conversations.history(key), explain=explain)
    conversations.remember(key, answer)
    return answer
