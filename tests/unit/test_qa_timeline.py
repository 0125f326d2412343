"""Which questions want a timeline, what day a sentence is about, and what a timeline is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.timeline import MAX_ENTRIES, MAX_OF_STORY, Dated, build_timeline, event_date, wants_timeline


@pytest.mark.parametrize(
    "question",
    [
        "What happened with the Kresnava bridge?",
        "What's new about the library boat?",
        "Give me a timeline of the flood",
        "How did the strike continue?",
        "What happened in Minsk in May 2021?",
        "What has happened to the lynx since 5 May?",
        "Wie ging es mit der Klinik weiter?",
        "Was ist mit der Brücke passiert?",
        "Was gibt es Neues über den Luchs?",
        "Chronik des Hochwassers",
        "Что произошло с мостом?",
        "Хроника наводнения",
        "Что нового о трамвае?",
        "Как развивались события вокруг банка?",
        "Што здарылася з мостам?",
        "Што новага пра трамвай?",
        "Як развіваліся падзеі вакол банка?",
        "Co się stało z mostem?",
        "Co nowego w sprawie tramwaju?",
        "Jak potoczyły się losy banku?",
        "¿Qué pasó con el puente?",
        "¿Qué hay de nuevo sobre el tranvía?",
        "Cronología de la inundación",
        "大桥发生了什么？",
        "洪水的时间线",
        "有轨电车的最新进展",
    ],
)
def test_a_question_about_what_happened_wants_a_timeline(question: str) -> None:
    """With something, since then, over a month or a year."""
    assert wants_timeline(question)


@pytest.mark.parametrize(
    "question",
    [
        "What happened on 5 May 2021 in Minsk?",
        "What happened yesterday?",
        "What happened when the dam broke?",
        "Who wrote the Chronicle of the Lakes?",
        "What is the new bridge made of?",
        "When did it happen?",
        "Was geschah am 24. Mai 2024?",
        "Wann ist der Unfall passiert?",
        "Wer schrieb die Chronik der Stadt?",
        "Что произошло 14 октября 2022 года?",
        "Кто снял «Хроники озёр»?",
        "Што адбылося 5 мая 2021 года?",
        "Калі гэта адбылося?",
        "Co wydarzyło się 5 maja 2021 roku?",
        "Kto napisał kronikę miasta?",
        "¿Qué pasó el 14 de octubre de 2025?",
        "¿Cuándo ocurrió el accidente?",
        "2021年5月5日在明斯克发生了什么？",
        "谁写了城市年表？",
    ],
)
def test_a_question_about_one_event_wants_none(question: str) -> None:
    """An exact day, a moment, or one thing in a chronicle."""
    assert not wants_timeline(question)


@given(st.text())
def test_any_question_can_be_asked(text: str) -> None:
    """No text breaks it."""
    assert wants_timeline(text) in (True, False)


@pytest.mark.parametrize(
    ("language", "sentence", "day"),
    [
        ("en", "The bridge, built in 1963, was closed yesterday.", "2024-06-11"),
        ("en", "On 5 May 2024 the court ruled on a contract from 2019.", "2024-05-05"),
        ("en", "The fair will open on 14 September.", "2024-09-14"),
        ("en", "In March output fell.", "2024-03"),
        ("de", "Am Montag tagte der Rat.", "2024-06-10"),
        ("de", "Im vergangenen Jahr kamen 2000 Besucher.", "2023"),
        ("ru", "Мост закрыли вчера.", "2024-06-11"),
        ("ru", "Соглашение подписали 28 декабря.", "2023-12-28"),
        ("be", "Летась завод выпусціў 2000 трактароў.", "2023"),
        ("be", "У сакавіку 2022 года адкрылі школу.", "2022-03"),
        ("pl", "Most zamknięto wczoraj.", "2024-06-11"),
        ("es", "El lunes se aprobó el plan.", "2024-06-10"),
        ("zh", "大桥昨天关闭。", "2024-06-11"),
        ("zh", "协议于12月28日签署。", "2023-12-28"),
    ],
)
def test_a_sentence_is_about_the_time_it_names(language: str, sentence: str, day: str) -> None:
    """As exact as it says, seen from the Wednesday on which the article was published."""
    assert event_date(sentence, "2024-06-12T10:00", language) == day
    assert event_date(sentence, "2024-06-12T10:00") == day


@pytest.mark.parametrize(
    "sentence",
    ["Nobody was hurt.", "The plant plans 400 tractors by 2030.", "In 2024 prices rose.", "Since 2020 it is shut."],
)
def test_any_other_sentence_is_about_the_day_of_publication(sentence: str) -> None:
    """Without a time, with a far one to come, or with one that the publication lies in."""
    assert event_date(sentence, "2024-06-12", "en") == "2024-06-12"


@pytest.mark.parametrize(
    ("sentence", "day"),
    [("On 5 May 2021 it opened.", "2021-05-05"), ("It opened yesterday.", None), ("It opened on 5 May.", None)],
)
def test_without_a_publication_only_whole_dates_tell(sentence: str, day: str | None) -> None:
    """What counts from the publication is not known."""
    assert event_date(sentence, None, "en") == day


def test_a_timeline_is_in_order_of_time() -> None:
    """Whatever the order of the scores; a year stands before its months and days."""
    scored = [Dated("2024-05-02", 0.9, 1, "a"), Dated("2024", 0.8, 2, "b"), Dated("2023-12", 0.7, 3, "c")]

    assert [each.key for each in build_timeline(scored)] == ["c", "b", "a"]


def test_what_is_far_less_relevant_than_the_best_is_left_out() -> None:
    """A passing mention is no step of the story."""
    scored = [Dated("2024-05-02", 0.9, 1, "told"), Dated("2024-05-03", 0.1, 2, "mentioned")]

    assert [each.key for each in build_timeline(scored)] == ["told"]


def test_a_story_has_few_steps_and_one_a_day() -> None:
    """Copies of a story say the same; the best sentence of each day stands for them."""
    same_day = [Dated("2024-05-02", 0.9, 1, "best"), Dated("2024-05-02", 0.8, 1, "copy")]
    later = [Dated(f"2024-05-1{day}", 0.7, 1, day) for day in range(5)]

    chosen = build_timeline([*same_day, *later])

    assert len(chosen) == MAX_OF_STORY
    assert [each.key for each in chosen] == ["best", 0]


def test_a_timeline_keeps_the_best_steps() -> None:
    """Of many relevant ones it takes no more than fit."""
    scored = [Dated(f"2024-05-{day:02}", day / 20, day, day) for day in range(10, 21)]

    chosen = build_timeline(scored)

    assert [each.key for each in chosen] == list(range(21 - MAX_ENTRIES, 21))


def test_nothing_makes_no_timeline() -> None:
    """No sentence, no step."""
    assert build_timeline([]) == []
