"""Many questions from JSON Lines: one line out for each line in, in order; a bad line spoils no other."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from bot.conversation import MAX_CONVERSATION_CHARS
from bot.present import Json
from index.errors import UsageError, VestkaError
from index.records import Filters

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of a batch: a question or query, its filters, and the whole record."""

    text: str
    filters: Filters
    record: Json

    def explain(self) -> bool:
        """Say whether the line asks how its answer comes about. Raises: UsageError."""
        value = self.record.get("explain")
        if not isinstance(value, bool | None):
            raise UsageError("'explain' is neither true nor false: mend it, or leave it out")
        return bool(value)

    def conversation(self) -> str | None:
        """Return the name of the line's conversation, None where it stands alone. Raises: UsageError."""
        value = self.record.get("conversation_id")
        if value is not None and not (isinstance(value, str) and len(value) <= MAX_CONVERSATION_CHARS):
            limit = f"a string of at most {MAX_CONVERSATION_CHARS} characters"
            raise UsageError(f"'conversation_id' is not {limit}: mend it, or leave it out")
        return value or None


def run_batch(
    lines: Iterable[bytes], key: str, filters: Filters, answer: Callable[[Asked], Json]
) -> Iterator[tuple[Json, bool]]:
    """Yield for each line its answer, or `{"id"?, "line", "error"}`, and whether it is an answer.

    Args:
        key: where the text stands: `question` or `query`.
        filters: those of the command; a line's own come before them.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        echo: Json = {}
        try:
            record = _parse(line)
            echo = {"id": record["id"]} if "id" in record else {}
            yield echo | answer(_read(record, key, filters)), True
        except VestkaError as error:
            yield echo | {"line": number, "error": str(error)}, False
        except Exception as error:  # noqa: BLE001 - the outermost handler of this line: thousands may follow it
            log.warning("line %d: unexpected %s: %s", number, type(error).__name__, error)
            yield echo | {"line": number, "error": f"unexpected {type(error).__name__}"}, False


def _parse(line: bytes) -> Json:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"this is not a JSON object in UTF-8 ({error}): mend the line") from None
    if not isinstance(record, dict):
        raise UsageError("this is not a JSON object: write one on each line")
    return record


def _read(record: Json, key: str, filters: Filters) -> Asked:
    text = record.get(key)
    if not isinstance(text, str):
        raise UsageError(f"there is no {key!r} that is a string: add one")
    own: dict[str, str] = {}
    for name in asdict(filters):
        value = record.get(name)
        if value is not None and not isinstance(value, str):
            raise UsageError(f"{name!r} is not a string: mend it, or leave it out")
        if value is not None:
            own[name] = value
    return Asked(whole(text), replace(filters, **own), record)


def whole(text: str) -> str:
    """Return a text without half characters (lone surrogates), which no tokenizer takes."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
