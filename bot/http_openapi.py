"""What the OpenAPI document says beyond FastAPI's own: problems, the stream, keys."""

from __future__ import annotations

from typing import Any

from bot.http_schemas import ProblemModel

_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_REASONS = {
    400: "The body is not JSON.",
    401: "A key is missing or not known.",
    403: "The key may not do this, or no admin key is configured.",
    404: "No article has this id.",
    413: "The body is too long.",
    422: "A field is missing, too long or of the wrong kind.",
    503: "The archive is not loaded, or busy; `Retry-After` says when to try again.",
}
STREAM: dict[str, Any] = {
    "description": (
        'The answer; with `"stream": true`, server-sent events: `citations` (the list), `delta` '
        "(`text`, to be joined), `answer` (the whole object), or `error` (a problem)."
    ),
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}
NEEDS_ADMIN_KEY: dict[str, Any] = {"security": [{"key": []}]}
TAKES_KEY: dict[str, Any] = {"security": [{}, {"key": []}]}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route that may answer with these problems."""
    return {status: {"description": _REASONS[status], "content": _PROBLEM} for status in statuses}


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """Add to the document what routes refer to: the problem's shape and the key."""
    components = document.setdefault("components", {})
    shape = ProblemModel.model_json_schema(ref_template="#/components/schemas/{model}")
    components.setdefault("schemas", {}).update(shape.pop("$defs", {}), Problem=shape)
    components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    return document
