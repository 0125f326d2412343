"""The commands that ask: what they print, and that a bad line or question spoils no other."""

import json
from dataclasses import replace
from typing import Any

import pytest
from fake_wiring import QUESTION, FakeWiring, complaint, lines, run
from fakes import BRIDGE, FakeAnswerer

from bot.cli_output import json_line
from qa.answerer import MAX_QUESTION_CHARS


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
    """--language, --since, --until, --source and --as-of reach the archive."""
    wiring = FakeWiring()
    filters = {"since": "2024-01-01", "until": "2024-12-31", "language": "de", "source": "Ellinger Bote"}
    filters["as_of"] = "2024-06-30"
    options = (f"--{name.replace('_', '-')}={value}" for name, value in filters.items())

    run("ask", QUESTION, *options, "--json", wiring=wiring)

    (asked,) = wiring.answerer.questions
    assert {name: getattr(asked[1], name) for name in filters} == filters


@pytest.mark.parametrize("command", ["ask", "search", "chat"])
@pytest.mark.parametrize(
    "wrong",
    [
        ("--since", "2024-13-01"),
        ("--until", "24-01-01"),
        ("--since", "20240101"),
        ("--as-of", "yesterday"),
        ("--language", "de_DE"),
    ],
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


def test_search_knows_what_was_known() -> None:
    """--as-of leaves out what came later."""
    (found,) = lines(run("search", "harbour bridge", "--as-of", "2024-03-03", "--json"))

    assert max(hit["published"][:10] for hit in found["hits"]) == "2024-03-03"


def test_ask_explains_to_people_and_programs() -> None:
    """--explain adds how the answer came about: after it as text, within it as JSON."""
    told = run("ask", QUESTION, "--explain").stdout
    plain = run("ask", QUESTION).stdout

    assert told.startswith(plain.rstrip("\n"))
    assert "How this answer came about" in told
    assert "How this answer came about" not in plain
    (explained,) = lines(run("ask", QUESTION, "--explain", "--json"))
    (answer,) = lines(run("ask", QUESTION, "--json"))
    assert explained["explanation"]["question"]["text"] == QUESTION
    assert "explanation" not in answer


def test_each_line_of_a_batch_has_its_own_day_and_explanation() -> None:
    """A line's as_of comes before the command's; explain may be asked of one line or of all."""
    wiring = FakeWiring()
    batch = "".join(
        json.dumps({"question": QUESTION} | more) + "\n"
        for more in ({"as_of": "2024-03-03"}, {"explain": True}, {"explain": False}, {"explain": None})
    )

    some = lines(run("ask", "--batch", "-", "--as-of", "2024-06-30", stdin=batch, wiring=wiring))
    every = lines(run("ask", "--batch", "-", "--explain", stdin=batch))

    days = ["2024-03-03", "2024-06-30", "2024-06-30", "2024-06-30"]
    assert [filters.as_of for _, filters in wiring.answerer.questions] == days
    assert [answer["as_of"] for answer in some] == days
    assert ["explanation" in answer for answer in some] == [False, True, False, False]
    assert ["explanation" in answer for answer in every] == [True] * 4


def test_lines_of_a_batch_with_one_conversation_id_go_on_from_each_other() -> None:
    """Lines of one conversation are read in order and never mixed with others or with lines that stand alone."""
    wiring = FakeWiring()
    asked = [
        (QUESTION, "a"),
        ("And when?", "b"),
        ("And how many years to build?", "a"),
        ("And who?", None),
        ("Ah?", ""),
    ]
    batch = "".join(json.dumps({"question": text, "conversation_id": name}) + "\n" for text, name in asked)

    answers = lines(run("ask", "--batch", "-", stdin=batch, wiring=wiring))

    assert wiring.answerer.histories == [[], [], [QUESTION], [], []]
    assert answers[2]["read_as"] == f"{QUESTION} And how many years to build?"
    assert [answer["read_as"] for answer in answers if answer is not answers[2]] == [None] * 4


@pytest.mark.parametrize("more", [{"explain": "yes"}, {"explain": 1}, {"conversation_id": 5}, {"as_of": 2024}])
def test_a_batch_line_with_a_wrong_option_gets_a_reason(more: dict[str, Any]) -> None:
    """What is of the wrong type is named, and so is a conversation id that is too long."""
    for wrong in (more, {"conversation_id": "x" * 201}, {"as_of": "yesterday"}):
        result = run("ask", "--batch", "-", stdin=json.dumps({"id": 1, "question": QUESTION} | wrong) + "\n")

        (line,) = lines(result)
        assert (result.exit_code, line["id"], line["line"]) == (1, 1, 1)
        assert "error" in line


def test_what_only_a_question_can_have_is_passed_over_in_a_search() -> None:
    """A query's line may hold keys of other programs."""
    batch = json.dumps({"query": "harbour bridge", "explain": "later", "conversation_id": 5}) + "\n"

    assert run("search", "--batch", "-", stdin=batch).exit_code == 0


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
        def ask(self, question: str, *more: Any, **options: Any) -> Any:
            if "boom" in question:
                raise ZeroDivisionError
            return super().ask(question, *more, **options)

    batch = "".join(json.dumps({"question": question}) + "\n" for question in ("boom", QUESTION))

    result = run("ask", "--batch", "-", stdin=batch, wiring=FakeWiring(Moody()))

    assert [line.get("error") for line in lines(result)] == ["unexpected ZeroDivisionError", None]


@pytest.mark.parametrize("arguments", [(), (QUESTION, "--batch", "-")])
def test_a_text_or_a_batch_is_needed(arguments: tuple[str, ...]) -> None:
    """Neither and both are wrong usage."""
    assert run("ask", *arguments).exit_code == 2


def test_chat_answers_line_by_line() -> None:
    """Each line is a question; a bad one is answered with a reason, `exit` ends it."""
    wiring = FakeWiring()
    stdin = f"{QUESTION}\n\n{'x' * 3000}\nWho?\nexit\nnever asked\n"

    result = run("chat", "--json", stdin=stdin, wiring=wiring)

    assert [answer["answered"] for answer in lines(result)] == [True, False]
    assert "3000" in complaint(result)
    assert [question for question, _ in wiring.answerer.questions] == [QUESTION, "Who?"]


@pytest.mark.parametrize("command", ["/new", "new", " /NEW "])
def test_chat_is_one_conversation_until_a_new_one(command: str) -> None:
    """A question goes on from those before it; /new forgets them and is not asked."""
    wiring = FakeWiring()
    stdin = f"{QUESTION}\nAnd how many years to build?\n{command}\nAnd when?\n"

    result = run("chat", "--json", stdin=stdin, wiring=wiring)

    first = f"{QUESTION} And how many years to build?"
    assert [answer["read_as"] for answer in lines(result)] == [None, first, None]
    assert wiring.answerer.histories == [[], [QUESTION], []]
    assert result.stderr == "A new conversation.\n"


def test_chat_help_tells_of_new() -> None:
    """How to begin anew is in the help."""
    assert "/new" in run("chat", "--help").stdout


def test_json_stays_on_one_line_whatever_a_text_holds() -> None:
    """Characters at which readers break lines, or which terminals obey, are escaped and come back."""
    hostile = replace(BRIDGE, title="a\u2028b\x85c\x9b2J\x7f\n\x1b").title

    line = json_line({"title": hostile})

    assert len(line.splitlines()) == 1
    assert not any(char in line for char in "\x7f\x85\x9b\x1b\u2028")
    assert json.loads(line) == {"title": hostile}
