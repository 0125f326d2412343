"""The shapes of requests and of what is not an answer: they check what comes in and make up the OpenAPI document."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    model_validator,
)

from bot.conversation import MAX_CONVERSATION_CHARS
from bot.http_answers import HeaderModel
from index.records import Filters
from qa.answerer import MAX_QUESTION_CHARS

MAX_HITS = 100


def _encodable(text: str) -> str:
    """Refuse half of a surrogate pair, which JSON can spell and UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("must be Unicode text") from None
    return text


def _trimmed(question: str) -> str:
    question = question.strip()
    if not 1 <= len(question) <= MAX_QUESTION_CHARS:
        raise ValueError(f"must have 1 to {MAX_QUESTION_CHARS} characters after trimming")
    return question


def _day(text: str) -> str:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        date.fromisoformat(text)
    except ValueError:
        raise ValueError("must be a day written YYYY-MM-DD") from None
    return text


# The lengths are told, not enforced, by the schema: trimming comes first.
Question = Annotated[
    str,
    AfterValidator(_encodable),
    AfterValidator(_trimmed),
    Field(description=f"1 to {MAX_QUESTION_CHARS} characters, in any language"),
]
Day = Annotated[str, AfterValidator(_day), Field(json_schema_extra={"format": "date"})]
Language = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_lower=True, pattern="^[A-Za-z]{2,3}$"),
    Field(examples=["de"]),
]
Source = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_encodable),
]
ConversationId = Annotated[
    str,
    StringConstraints(max_length=MAX_CONVERSATION_CHARS),
    AfterValidator(_encodable),
    Field(description="the caller's own name for a conversation: a question may go on from those before it"),
]


class FilterFields(BaseModel):
    """What the evidence is restricted to; both days are included."""

    language: Language | None = None
    since: Day | None = None
    until: Day | None = None
    source: Source | None = None
    as_of: Annotated[Day, Field(description="only what was known at the end of this day")] | None = None

    def filters(self) -> Filters:
        """Return them as the answerer takes them."""
        return Filters(self.since, self.until, self.language, self.source, self.as_of)


class AskRequest(FilterFields):
    """A question."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"question": "How much did the harbour bridge cost?", "since": "2024-01-01", "language": "de"}]
        }
    )

    question: Question
    conversation_id: ConversationId | None = None
    explain: Annotated[StrictBool, Field(description="whether the answer tells how it came about")] = False
    stream: StrictBool = False


class SearchRequest(FilterFields):
    """A query, with how many hits are wanted and whether an article may come more than once."""

    q: Question
    k: Annotated[int, Field(ge=1, le=MAX_HITS)] = 10
    passages: bool = False


class SpanModel(BaseModel):
    """A slice of an article's text, in Unicode code points."""

    start: int
    end: int


class ArticleModel(HeaderModel):
    """A stored article."""

    corrected: str | None
    section: str | None
    dateline: str | None
    authors: list[str]
    text: str
    passages: list[SpanModel]


class ArticleRecord(BaseModel):
    """An article to store; the id is the address's. Other fields are kept and not used."""

    model_config = ConfigDict(extra="allow")

    text: str
    title: str | None = None
    url: str | None = None
    published: str | None = Field(None, description="ISO 8601")
    language: str | None = Field(None, description="ISO 639-1; found from the text when missing")
    source: str | None = None
    corrected: str | None = Field(None, description="ISO 8601, when the text was last changed")
    section: str | None = None
    authors: Any = None

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, record: Any) -> Any:
        """Refuse what JSON can spell and UTF-8 or strict JSON cannot: half of a surrogate pair, NaN."""
        if not isinstance(record, dict):
            return record
        try:
            json.dumps(record, ensure_ascii=False, allow_nan=False).encode()
        except (ValueError, RecursionError):
            raise ValueError("holds a character or number that cannot be stored") from None
        return record


class SkippedModel(BaseModel):
    """What gave no article, and why."""

    source: str
    reason: str


class ReportModel(BaseModel):
    """What a change did."""

    added: int
    updated: int
    unchanged: int
    removed: int
    skipped: list[SkippedModel]
    passages: int
    seconds: float


class LivenessModel(BaseModel):
    """The server runs."""

    status: str = Field(examples=["alive"])


class ReadinessModel(BaseModel):
    """The store and the model are loaded."""

    status: str = Field(examples=["ready"])
    generation: int = Field(description="counts the changes of the store")
    articles: int
    passages: int
    languages: dict[str, int] = Field(description="articles by language")
    first_published: str | None
    last_published: str | None


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class ProblemModel(BaseModel):
    """An error, RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None
