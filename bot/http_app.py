"""The HTTP endpoint: questions, hits and articles under /v1, the chat page at /, health and documentation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from bot.conversation import ask_in_turn
from bot.http_access import KeyGate, conversation_key
from bot.http_answers import AnswerModel, SearchModel
from bot.http_body_limit import BodyLimit
from bot.http_envelope import Envelope
from bot.http_loading import LoadingAnswerer
from bot.http_openapi import NEEDS_ADMIN_KEY, STREAM, TAKES_KEY, complete, problems
from bot.http_problems import (
    HttpProblem,
    general_detail,
    on_problem,
    on_vestka_error,
    problem_response,
    validation_problem,
)
from bot.http_schemas import (
    ArticleModel,
    ArticleRecord,
    AskRequest,
    LivenessModel,
    ReadinessModel,
    ReportModel,
    SearchRequest,
)
from bot.http_stream import answer_stream
from bot.http_workers import DEFAULT_AT_ONCE, DEFAULT_WAITING, Workers
from bot.present import answer_json, article_json, report_json, search_json
from index.errors import VestkaError
from index.page_jsonl import article_from_record
from index.records import IndexReport
from qa.answerer import Answerer
from qa.conversations import Conversations

PAGE = Path(__file__).parent / "page"

routes = APIRouter(redirect_slashes=False)
page = StaticFiles(directory=PAGE)


def create_app(
    source: Callable[[], Answerer] | LoadingAnswerer,
    *,
    api_keys: Iterable[str] = frozenset(),
    admin_key: str | None = None,
    at_once: int = DEFAULT_AT_ONCE,
    waiting: int = DEFAULT_WAITING,
) -> FastAPI:
    """Return the application; the answerer is loaded in the background once it starts.

    Args:
        source: loads the answerer, or holds it.
        api_keys: keys that may read; with none, everyone may.
        admin_key: the key that may change articles; without one, nobody may.
        at_once: questions answered at the same time.
        waiting: questions that may wait; more are told to try again.
    """
    loading = source if isinstance(source, LoadingAnswerer) else LoadingAnswerer(source)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        loading.start()
        yield
        loading.stop()

    app = FastAPI(
        title="Vestka",
        version=_version(),
        summary="Answers questions about a news archive with exact, linked quotations.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[
            Middleware(Envelope),
            Middleware(KeyGate, api_keys=api_keys, admin_key=admin_key),
            Middleware(BodyLimit),
        ],
        exception_handlers={
            RequestValidationError: _on_invalid,
            VestkaError: on_vestka_error,
            HttpProblem: on_problem,
            HTTPException: _on_http_exception,
        },
    )
    app.state.loading = loading
    app.state.answering = Workers(at_once, waiting)
    app.state.changing = Workers(1, waiting)
    app.state.conversations = Conversations()
    app.include_router(routes)
    plain_openapi = app.openapi
    app.openapi = lambda: complete(plain_openapi())  # type: ignore[method-assign] # FastAPI's documented way
    app.mount("/page", page, name="page")
    return app


async def _ready(request: Request) -> Answerer:
    """Return the answerer. Raises: HttpProblem (503) while it is being loaded."""
    loading: LoadingAnswerer = request.app.state.loading
    return loading.get()


async def _answering(request: Request) -> Workers:
    workers: Workers = request.app.state.answering
    return workers


async def _changing(request: Request) -> Workers:
    workers: Workers = request.app.state.changing
    return workers


async def _conversing(request: Request) -> Conversations:
    conversations: Conversations = request.app.state.conversations
    return conversations


Ready = Annotated[Answerer, Depends(_ready)]
Answering = Annotated[Workers, Depends(_answering)]
Changing = Annotated[Workers, Depends(_changing)]
Conversing = Annotated[Conversations, Depends(_conversing)]


@routes.post(
    "/v1/ask",
    response_model=AnswerModel,
    responses={200: STREAM, **problems(400, 401, 413, 422, 503)},
    openapi_extra=TAKES_KEY,
)
async def ask(
    asked: AskRequest, request: Request, answerer: Ready, workers: Answering, conversations: Conversing
) -> Response:
    """Answer a question with quotations from the archive, or say that it does not answer it."""
    key = conversation_key(request.scope, asked.conversation_id)
    turn = partial(ask_in_turn, answerer, conversations, key, asked.question, asked.filters(), explain=asked.explain)
    if asked.stream:
        return answer_stream(partial(workers.run, turn), request.state.request_id)
    return JSONResponse(answer_json(await workers.run(turn)))


@routes.get(
    "/v1/search",
    response_model=SearchModel,
    responses=problems(401, 422, 503),
    openapi_extra=TAKES_KEY,
)
async def search(wanted: Annotated[SearchRequest, Query()], answerer: Ready, workers: Answering) -> Response:
    """Find passages; at most one an article unless `passages` is true."""
    per_article = not wanted.passages
    found = await workers.run(answerer.search, wanted.q, wanted.k, wanted.filters(), per_article=per_article)
    return JSONResponse(search_json(found))


@routes.get(
    "/v1/articles/{article_id:path}",
    response_model=ArticleModel,
    responses=problems(401, 404, 503),
    openapi_extra=TAKES_KEY,
)
async def read_article(article_id: str, answerer: Ready) -> Response:
    """Return a stored article. Its id is percent-encoded: it may hold slashes or be an address."""
    return JSONResponse(article_json(await anyio.to_thread.run_sync(answerer.article, article_id)))


@routes.put(
    "/v1/articles/{article_id:path}",
    response_model=ReportModel,
    responses={
        201: {"model": ReportModel, "description": "Added."},
        **problems(400, 401, 403, 413, 422, 503),
    },
    openapi_extra=NEEDS_ADMIN_KEY,
)
async def put_article(article_id: str, record: ArticleRecord, answerer: Ready, workers: Changing) -> Response:
    """Add an article under this id, or replace it."""
    if not article_id:
        raise HttpProblem(HTTPStatus.NOT_FOUND, "The address names no article.")
    given = record.model_dump(exclude_unset=True)
    if given.get("id", article_id) != article_id:
        detail = "The record's id is not the one in the address; leave it out."
        raise HttpProblem(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
    report = await workers.run(_put, answerer, given | {"id": article_id})
    return JSONResponse(report_json(report), HTTPStatus.CREATED if report.added else HTTPStatus.OK)


@routes.delete(
    "/v1/articles/{article_id:path}",
    response_model=ReportModel,
    responses=problems(401, 403, 404, 503),
    openapi_extra=NEEDS_ADMIN_KEY,
)
async def delete_article(article_id: str, answerer: Ready, workers: Changing) -> Response:
    """Forget an article."""
    report = await workers.run(answerer.remove, [article_id])
    if not report.removed:
        raise HttpProblem(HTTPStatus.NOT_FOUND, "No article has this id.")
    return JSONResponse(report_json(report))


@routes.get("/healthz", response_model=LivenessModel)
async def alive() -> Response:
    """Say that the server runs."""
    return JSONResponse({"status": "alive"})


@routes.get("/readyz", response_model=ReadinessModel, responses=problems(503))
async def ready(answerer: Ready) -> Response:
    """Say that the store and the model are loaded, and what the archive holds."""
    status = await anyio.to_thread.run_sync(answerer.status)
    return JSONResponse(
        {
            "status": "ready",
            "generation": status.generation,
            "articles": status.articles,
            "passages": status.passages,
            "languages": status.languages,
            "first_published": status.first_published,
            "last_published": status.last_published,
        }
    )


@routes.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
async def chat_page(request: Request) -> Response:
    """Serve the chat page."""
    return await page.get_response("index.html", request.scope)


@routes.api_route("/docs", methods=["GET", "HEAD"], include_in_schema=False)
async def docs_page(request: Request) -> Response:
    """Serve a page that shows /openapi.json, with nothing from elsewhere."""
    return await page.get_response("docs.html", request.scope)


def _put(answerer: Answerer, record: dict[str, Any]) -> IndexReport:
    """Store a record that has its id. Raises: NoArticle."""
    return answerer.put([article_from_record(record, record["id"])])


async def _on_invalid(request: Request, error: RequestValidationError) -> Response:
    return validation_problem(error.errors())


async def _on_http_exception(request: Request, error: HTTPException) -> Response:
    """Answer what the framework itself refuses: an unknown address, a method that it does not take."""
    if error.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        return problem_response(error.status_code, general_detail(error.status_code), error.headers)
    fitting = [each for each in routes.routes if isinstance(each, Route) and each.path_regex.match(request.url.path)]
    methods = ", ".join(sorted({method for route in fitting for method in route.methods or ()})) or "GET, HEAD"
    return problem_response(error.status_code, f"This address takes {methods}.", {"Allow": methods})


def _version() -> str:
    try:
        return version("vestka")
    except PackageNotFoundError:
        return "0"
