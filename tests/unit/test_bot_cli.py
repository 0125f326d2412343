"""The command: what it prints where, its exit statuses, and that it stays light where no model is needed."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from fakes import BRIDGE, BRIDGE_DE, FakeAnswerer

from bot.cli import vestka
from bot.cli_output import json_line
from bot.cli_session import Session
from bot.settings import Settings
from bot.wiring import Wiring, refuse_unsupported, warn_of_unsupported
from index.errors import BadSetting, StoreMissing, VestkaError
from index.progress import Progress
from index.records import IndexReport, Skipped, StoredArticle, StoreStatus
from qa.answerer import MAX_QUESTION_CHARS

QUESTION = "How much did the harbour bridge of Port Elling cost?"
COMMANDS = sorted(vestka.commands)
HEAVY = ("torch", "sentence_transformers", "transformers", "trafilatura", "fastapi", "uvicorn", "telegram")


class FakeWiring(Wiring):
    """The commands' surroundings with a fake archive; remembers what it was asked to do."""

    def __init__(self, answerer: FakeAnswerer | None = None, **settings: Any) -> None:
        self.answerer = answerer or FakeAnswerer()
        self.given = settings
        self.report = IndexReport(added=2, passages=2)
        self.problems: list[str] = []
        self.directories: list[Path] = []
        self.calls: list[Any] = []

    def configure_logging(self, *, verbose: bool) -> None:
        """Leave the log of the tests alone."""

    def settings(self) -> Settings:
        return Settings(_env_prefix="NO_SUCH_PREFIX_", **self.given)

    def read_article(self, directory: Path, article_id: str) -> StoredArticle:
        self.directories.append(directory)
        return self.answerer.article(article_id)

    def read_status(self, directory: Path) -> StoreStatus:
        self.directories.append(directory)
        return self.answerer.status()

    def remove_articles(self, directory: Path, article_ids: Sequence[str]) -> IndexReport:
        return self.answerer.remove(article_ids)

    def check_store(self, directory: Path) -> list[str]:
        return self.problems

    def repair_store(self, directory: Path) -> list[str]:
        mended, self.problems = self.problems, []
        return mended

    def index_sources(
        self, directory: Path, sources: Sequence[str], settings: Settings, progress: Progress, *, prune: bool
    ) -> IndexReport:
        progress.stage("Reading", 2)
        progress.done()
        self.calls.append((list(sources), prune))
        return self.report

    def open_answerer(self, directory: Path, settings: Settings, progress: Progress) -> FakeAnswerer:
        self.directories.append(directory)
        return self.answerer

    def evaluate(self, directory: Path, dataset: Path, settings: Settings, progress: Progress) -> dict[str, Any]:
        return {"pooled": {"success@1": 0.5, "questions": 2}, "languages": {"en": {"success@1": 1.0}}}

    def serve(
        self, directory: Path, settings: Settings, progress: Progress, bound: socket.socket, *, telegram: bool
    ) -> None:
        self.calls.append((bound.getsockname()[0], telegram))

    def run_telegram(self, directory: Path, settings: Settings, progress: Progress) -> None:
        self.calls.append("telegram")


def run(*arguments: str, wiring: Wiring | None = None, stdin: str | bytes | None = None) -> Result:
    """Run `vestka` in this process."""
    return CliRunner().invoke(vestka, arguments, input=stdin, obj=Session(wiring or FakeWiring()), prog_name="vestka")


def lines(result: Result) -> list[Any]:
    """Return standard output as JSON Lines."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def complaint(result: Result) -> str:
    """Return the one line of standard error, having made sure that it is one and no traceback."""
    (line,) = result.stderr.splitlines()
    assert line.startswith("vestka: ")
    return line


def test_the_commands_are_those_of_the_contract() -> None:
    """Every promised command is there."""
    promised = "index ask search show remove status check chat serve telegram eval"

    assert sorted(promised.split()) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    """Help is shown whatever the settings are, and no option goes without a word."""

    class Broken(FakeWiring):
        def settings(self) -> Settings:
            raise BadSetting("must not be read")

    result = run(name, "--help", wiring=Broken())

    assert result.exit_code == 0
    assert vestka.commands[name].help
    options = [each for each in vestka.commands[name].params if isinstance(each, click.Option)]
    assert all(each.help for each in options)
    assert "--store" in {name for each in options for name in each.opts}


def test_ask_prints_an_answer_of_the_contract() -> None:
    """With --json an answer is one object on one line of standard output, letters as they are."""
    result = run("ask", QUESTION, "--json")

    (answer,) = lines(result)
    assert result.exit_code == 0
    assert answer["answered"] is True
    assert answer["citations"][0]["article_id"] == BRIDGE.article_id
    assert "für" in result.stdout
    assert result.stderr == ""


def test_ask_speaks_to_people_without_json() -> None:
    """Without --json the answer is text with its sources, and no escape sequences into a pipe."""
    result = run("ask", "How much did the harbour bridge", "of Port Elling cost?")

    assert BRIDGE.title in result.stdout
    assert "\x1b" not in result.stdout


def test_filters_restrict_the_evidence() -> None:
    """--language, --since, --until and --source reach the archive."""
    wiring = FakeWiring()
    filters = {"since": "2024-01-01", "until": "2024-12-31", "language": "de", "source": "Ellinger Bote"}

    run("ask", QUESTION, *(f"--{name}={value}" for name, value in filters.items()), "--json", wiring=wiring)

    (asked,) = wiring.answerer.questions
    assert {name: getattr(asked[1], name) for name in filters} == filters


@pytest.mark.parametrize("command", ["ask", "search", "chat"])
@pytest.mark.parametrize(
    "wrong",
    [("--since", "2024-13-01"), ("--until", "24-01-01"), ("--since", "20240101"), ("--language", "de_DE")],
)
def test_a_wrong_filter_is_wrong_usage(command: str, wrong: tuple[str, str]) -> None:
    """A date or language that cannot be is refused at once, with the form it should have."""
    words = [] if command == "chat" else [QUESTION]

    result = run(command, *words, *wrong)

    assert result.exit_code == 2
    assert wrong[1] in complaint(result)


@pytest.mark.parametrize("question", ["", "  ", "x" * (MAX_QUESTION_CHARS + 1)])
def test_a_question_of_a_wrong_length_is_wrong_usage(question: str) -> None:
    """An empty or over-long question is refused before a model is loaded."""
    wiring = FakeWiring()

    result = run("ask", question, wiring=wiring)

    assert result.exit_code == 2
    assert "1 to 2,000 characters" in complaint(result)
    assert wiring.directories == []


def test_search_prints_hits_of_the_contract() -> None:
    """With --json a search is one object with the query and its hits, best first."""
    (found,) = lines(run("search", "harbour bridge", "-k", "2", "--json"))

    assert found["query"] == "harbour bridge"
    assert [hit["rank"] for hit in found["hits"]] == [1, 2]
    assert run("search", "harbour bridge").stdout.startswith("1. Harbour bridge")


def test_a_batch_is_answered_in_order_and_one_bad_line_spoils_no_other() -> None:
    """Each line gets one line with its id: an answer, or a reason, and then the status is 1."""
    batch = [
        json.dumps({"id": "a", "question": QUESTION}),
        "{broken",
        "",
        json.dumps({"id": 7, "question": ""}),
        json.dumps({"id": None}),
        json.dumps(["a list"]),
        json.dumps({"id": "f", "question": QUESTION, "since": 5}),
        json.dumps({"id": "g", "question": QUESTION, "language": "de"}),
        json.dumps({"question": "half \ud83d a character"}),
    ]

    result = run("ask", "--batch", "-", stdin="\n".join(batch))

    answers = lines(result)
    assert result.exit_code == 1
    assert [answer.get("id", "none") for answer in answers] == [
        "a",
        "none",
        7,
        None,
        "none",
        "f",
        "g",
        "none",
    ]
    assert ["error" in answer for answer in answers] == [False, True, True, True, True, True, False, False]
    assert [answer["line"] for answer in answers if "error" in answer] == [2, 4, 5, 6, 7]
    assert {citation["language"] for citation in answers[6]["citations"]} == {"de"}


def test_a_batch_without_faults_succeeds() -> None:
    """A whole batch ends with status 0; an id comes back as it was given, whatever its type."""
    batch = "\ufeff" + json.dumps({"id": [1, {"a": None}], "query": "harbour bridge"}) + "\r\n"

    result = run("search", "--batch", "-", stdin=batch)

    assert result.exit_code == 0
    assert lines(result)[0]["id"] == [1, {"a": None}]


def test_a_batch_in_another_encoding_gets_a_reason() -> None:
    """A line that is not UTF-8, or nested beyond reason, is one line with its reason."""
    result = run("ask", "--batch", "-", stdin=b'{"question": "\xe4"}\n' + b"[" * 100_000 + b"\n")

    assert ["error" in line for line in lines(result)] == [True, True]


def test_an_unexpected_fault_costs_one_line_of_a_batch() -> None:
    """Whatever goes wrong inside with one question, the others are answered."""

    class Moody(FakeAnswerer):
        def ask(self, question: str, *more: Any) -> Any:
            if "boom" in question:
                raise ZeroDivisionError
            return super().ask(question, *more)

    batch = "".join(json.dumps({"question": question}) + "\n" for question in ("boom", QUESTION))

    result = run("ask", "--batch", "-", stdin=batch, wiring=FakeWiring(Moody()))

    assert [line.get("error") for line in lines(result)] == ["unexpected ZeroDivisionError", None]


@pytest.mark.parametrize("arguments", [(), (QUESTION, "--batch", "-")])
def test_a_text_or_a_batch_is_needed(arguments: tuple[str, ...]) -> None:
    """Neither and both are wrong usage."""
    assert run("ask", *arguments).exit_code == 2


def test_index_prints_its_report() -> None:
    """The report is JSON where a program reads it; progress stays on standard error."""
    wiring = FakeWiring()
    wiring.report = IndexReport(added=1, skipped=[Skipped("b.txt", "no text")], passages=3, seconds=0.5)

    result = run("index", "a", "b", "--prune", wiring=wiring)

    assert result.exit_code == 0
    assert lines(result) == [
        {"added": 1, "updated": 0, "unchanged": 0, "removed": 0,
         "skipped": [{"source": "b.txt", "reason": "no text"}], "passages": 3, "seconds": 0.5}
    ]  # fmt: skip
    assert wiring.calls == [(["a", "b"], True)]
    assert "Reading" in result.stderr


def test_index_fails_when_nothing_could_be_read() -> None:
    """Sources without a single article are a failure, and the report says why."""
    wiring = FakeWiring()
    wiring.report = IndexReport(skipped=[Skipped("a", "empty")])

    result = run("index", "a", wiring=wiring)

    assert result.exit_code == 1
    assert lines(result)[0]["skipped"] == [{"source": "a", "reason": "empty"}]


def test_index_takes_the_sample_archive() -> None:
    """--sample indexes what comes with Vestka; without it a SOURCE is needed."""
    wiring = FakeWiring()

    run("index", "--sample", wiring=wiring)

    ((sources, _prune),) = wiring.calls
    assert [Path(source).parts[-2:] for source in sources] == [("index", "sample")]
    assert run("index").exit_code == 2


def test_show_prints_the_article_as_json() -> None:
    """The text is the one that offsets count in."""
    (article,) = lines(run("show", BRIDGE_DE.article_id))

    assert article["text"] == BRIDGE_DE.text
    assert article["passages"] == [{"start": 0, "end": len(BRIDGE_DE.text)}]


def test_an_article_that_is_not_there_is_one_line() -> None:
    """The error says what is missing, with exit status 1."""
    result = run("show", "nowhere")

    assert result.exit_code == 1
    assert "nowhere" in complaint(result)


def test_status_counts_what_is_there() -> None:
    """Status is one JSON object with the fields of the contract."""
    (status,) = lines(run("status"))

    promised = "articles passages languages first_published last_published model store_bytes generation"
    assert set(promised.split()) <= set(status)
    assert status["languages"]["en"] == 1


def test_remove_forgets_what_is_there_and_names_what_is_not() -> None:
    """An unknown id is a failure with its reason, and the others are removed all the same."""
    result = run("remove", BRIDGE.article_id, "nowhere")

    assert result.exit_code == 1
    assert lines(result)[0]["removed"] == 1
    assert "nowhere: no such article" in complaint(result)
    assert run("remove", BRIDGE.article_id).exit_code == 0


def test_check_fails_on_problems_until_they_are_repaired() -> None:
    """Problems are named with exit status 1; --repair says what it mended and looks again."""
    wiring = FakeWiring()
    wiring.problems = ["2 vectors are missing"]

    assert run("check", wiring=wiring).stdout == "wrong: 2 vectors are missing\n"
    assert run("check", wiring=wiring).exit_code == 1
    repaired = run("check", "--repair", "--json", wiring=wiring)

    assert repaired.exit_code == 0
    assert lines(repaired) == [{"ok": True, "problems": [], "repaired": ["2 vectors are missing"]}]


def test_chat_answers_line_by_line() -> None:
    """Each line is a question; a bad one is answered with a reason, `exit` ends it."""
    wiring = FakeWiring()
    stdin = f"{QUESTION}\n\n{'x' * 3000}\nWho?\nexit\nnever asked\n"

    result = run("chat", "--json", stdin=stdin, wiring=wiring)

    assert [answer["answered"] for answer in lines(result)] == [True, False]
    assert "3000" in complaint(result)
    assert [question for question, _ in wiring.answerer.questions] == [QUESTION, "Who?"]


def test_eval_prints_a_table_or_json(tmp_path: Path) -> None:
    """Figures stand in columns, languages in rows, the pooled ones last."""
    table = run("eval", str(tmp_path)).stdout.splitlines()

    assert table[0].split() == ["success@1", "questions"]
    assert [row.split() for row in table[1:]] == [["en", "1.000", "-"], ["all", "0.500", "2"]]
    assert lines(run("eval", str(tmp_path), "--json"))[0]["pooled"]["questions"] == 2


def test_serve_listens_on_loopback_by_itself() -> None:
    """Without options nobody else can reach the server, and the bot does not run."""
    wiring = FakeWiring()

    assert run("serve", "--port", "0", wiring=wiring).exit_code == 0
    assert wiring.calls == [("127.0.0.1", False)]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - that it is refused is the point
def test_serve_beyond_loopback_needs_keys_or_consent(host: str) -> None:
    """What other machines can reach needs API keys, or --open-to-everyone."""
    if host == "::" and not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    refused = run("serve", "--host", host, "--port", "0")
    with_keys = run("serve", "--host", host, "--port", "0", wiring=FakeWiring(api_keys="a"))
    opened = run("serve", "--host", host, "--port", "0", "--open-to-everyone")

    assert refused.exit_code == 2
    assert "--open-to-everyone" in complaint(refused)
    assert (with_keys.exit_code, opened.exit_code) == (0, 0)


def test_a_port_that_is_taken_is_one_line() -> None:
    """The error names the port before anything slow is loaded."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("serve", "--port", port)

    assert result.exit_code == 2
    assert port in complaint(result)


@pytest.mark.parametrize("arguments", [("telegram",), ("serve", "--port", "0", "--telegram")])
def test_the_bot_needs_a_token(arguments: tuple[str, ...]) -> None:
    """Without a token the remedy is said; with one the bot runs."""
    wiring = FakeWiring(telegram_token="1:a")  # noqa: S106 - invented

    refused = run(*arguments)

    assert refused.exit_code == 2
    assert "VESTKA_TELEGRAM_TOKEN" in complaint(refused)
    assert run(*arguments, wiring=wiring).exit_code == 0
    assert wiring.calls in (["telegram"], [("127.0.0.1", True)])


def test_the_store_is_the_nearest_that_is_named() -> None:
    """What stands after the command wins, then what stands ahead of it, the setting, ./store."""
    wiring, plain = FakeWiring(store="from-setting"), FakeWiring()

    run("--store", "ahead", "status", "--store", "after", wiring=wiring)
    run("--store", "ahead", "status", wiring=wiring)
    run("status", wiring=wiring)
    run("status", wiring=plain)

    assert wiring.directories == [Path("after"), Path("ahead"), Path("from-setting")]
    assert plain.directories == [Path("store")]


@pytest.mark.parametrize("arguments", [("ask", "--nonsense"), ("nonsense",), ("search", "a", "-k", "0"), ("show",)])
def test_wrong_usage_is_one_line_and_status_2(arguments: tuple[str, ...]) -> None:
    """The line says where help is."""
    result = run(*arguments)

    assert result.exit_code == 2
    assert "--help`" in complaint(result)


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (StoreMissing("there is no store:\n  make one"), 1, "there is no store: make one"),
        (BadSetting("VESTKA_X is wrong"), 2, "VESTKA_X is wrong"),
        (
            PermissionError(13, "Permission denied", "s/vestka.sqlite"),
            1,
            "s/vestka.sqlite: Permission denied",
        ),
        (ZeroDivisionError("\x1b[31mdivision"), 1, "unexpected ZeroDivisionError: [31mdivision"),
        (KeyboardInterrupt(), 130, None),
    ],
)
def test_every_error_is_one_line(error: BaseException, status: int, said: str | None) -> None:
    """No traceback, no control characters: what is wrong, and the exit status for it."""

    class Failing(FakeWiring):
        def read_status(self, directory: Path) -> StoreStatus:
            raise error

    result = run("status", wiring=Failing())

    assert result.exit_code == status
    assert result.stdout == ""
    if said is not None:
        assert said in complaint(result)


def test_debug_shows_where_it_happened(capsys: pytest.CaptureFixture[str]) -> None:
    """--debug adds the traceback."""

    class Failing(FakeWiring):
        def read_status(self, directory: Path) -> StoreStatus:
            raise VestkaError("wrong")

    assert "Traceback" in run("--debug", "status", wiring=Failing()).stderr


def test_json_stays_on_one_line_whatever_a_text_holds() -> None:
    """Characters at which readers break lines, or which terminals obey, are escaped and come back."""
    hostile = replace(BRIDGE, title="a\u2028b\x85c\x9b2J\x7f\n\x1b").title

    line = json_line({"title": hostile})

    assert len(line.splitlines()) == 1
    assert not any(char in line for char in "\x7f\x85\x9b\x1b\u2028")
    assert json.loads(line) == {"title": hostile}


def vestka_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m bot` as a process of its own, without anybody's settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("VESTKA_")}
    return subprocess.run(
        [sys.executable, *arguments], env=inherited | environment, capture_output=True, text=True, check=False
    )


def test_python_m_bot_is_the_command(tmp_path: Path) -> None:
    """`python -m bot` runs it, with real settings and a store that is not there."""
    missing = vestka_process("-m", "bot", "status", VESTKA_STORE=str(tmp_path / "none"))
    unknown = vestka_process("-m", "bot", "status", VESTKA_STROE="x")

    assert (missing.returncode, missing.stdout) == (1, "")
    assert str(tmp_path / "none") in missing.stderr
    assert unknown.returncode == 2
    assert "VESTKA_STORE" in unknown.stderr


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("serve", "--help"), ("status",), ("show", "a"), ("check",), ("remove", "a")],
    ids=" ".join,
)
def test_a_command_without_a_model_imports_none(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """The libraries of the model and of the servers, which take seconds, are not imported for nothing."""
    program = (
        "import sys\nfrom bot.cli import vestka\n"
        f"try:\n    vestka.main({[*arguments]!r})\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    result = vestka_process("-c", program, VESTKA_STORE=str(tmp_path / "none"))

    assert result.stdout.splitlines()[-1] == "[]", result.stderr


def test_a_setting_without_effect_is_not_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    """What this version cannot do is refused where it would change the archive, and said elsewhere."""
    settings = FakeWiring(llm_base_url="http://127.0.0.1:1", rate_limit="60/minute").settings()

    warn_of_unsupported(settings, "llm_base_url", "rate_limit", "telegram_webhook_url")

    assert [record.args[0] for record in caplog.records if record.args] == ["LLM_BASE_URL", "RATE_LIMIT"]
    with pytest.raises(BadSetting, match="VESTKA_STORE_URL"):
        refuse_unsupported(FakeWiring(store_url="http://127.0.0.1:19530").settings())
