from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language import INTERFACE_LANGUAGES, detect_language

QUESTIONS = {
    "be": """
        Хто пасол?
        Хто пасол Польшчы ў Беларусі?
        Дзе адбылася сустрэча?
        Колькі каштуе праезд у метро?
        Што сказаў прэм'ер-міністр?
        Якая тэмпература чакаецца заўтра?
        Навошта патрэбна рэформа?
        Праз тры месяцы пасля перамогі""",
    "ru": """
        Кто посол?
        Кто посол Польши в Беларуси?
        Где прошла встреча?
        Сколько стоит проезд в метро?
        Что сказал премьер-министр?
        Какая температура ожидается завтра?
        Когда выйдет iPhone 18 Pro Max?
        Зачем нужна реформа?""",
    "uk": """
        Хто посол Польщі в Білорусі?
        Де відбулася зустріч?
        Скільки коштує проїзд у метро?
        Навіщо потрібна реформа?""",
    "en": """
        Who is the ambassador?
        How much is a metro ticket in Minsk?
        Which countries signed the agreement?
        WHO WON THE CUP?""",
    "de": """
        Wer ist der Botschafter?
        Was kostet eine Fahrkarte in Minsk?
        Wie hoch ist die Inflation?
        Und der Export?""",
    "pl": """
        Kto jest ambasadorem?
        Ile kosztuje bilet w Mińsku?
        Dlaczego zamknięto most?""",
    "es": """
        ¿Quién es el embajador?
        Que paises firmaron el acuerdo?
        ¿Y las exportaciones?
        cuanto es la inflacion""",
    "zh": """
        谁是大使？
        橋為什麼被關閉了？
        iPhone 16 Pro Max 什么时候发布？
        2024年有多少游客？""",
    "ja": "大使は誰ですか？",
    "ko": "대사는 누구입니까?",
    "fr": "Qui est l'ambassadeur de France ?",
    "it": "Chi è l'ambasciatore italiano?",
    "cs": "Kdo je velvyslanec v Praze?",
    "bg": "Колко струва билетът за метрото?",
    "lt": "Kiek kainuoja metro bilietas?",
    "el": "Ποιος είναι ο πρέσβης;",
    "ar": "من هو السفير؟",
}


@pytest.mark.parametrize(
    ("language", "question"),
    [(code, line.strip()) for code, lines in QUESTIONS.items() for line in lines.strip().splitlines()],
)
def test_the_language_of_a_short_question_is_recognised(language: str, question: str) -> None:
    """Even a few words are enough, Belarusian and Russian told apart."""
    assert detect_language(question) == language


@pytest.mark.parametrize("text", ["", "  \n", "2024 - 15.5 %", "?!", "😀"])
def test_text_without_letters_has_no_language(text: str) -> None:
    """Numbers and signs belong to every language, whatever anybody declares."""
    assert detect_language(text) == "und"
    assert detect_language(text, "en") == "und"


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("А экспарт?", "be", "be"),
        ("Minsk?", "pl-PL", "pl"),
        ("Taxi Hotel Radio", "de_AT", "de"),
        ("東京？", "ja", "ja"),
        ("東京？", None, "zh"),
    ],
)
def test_a_hint_decides_where_the_text_does_not(text: str, hint: str | None, language: str) -> None:
    """A word that several languages share is read as it was declared."""
    assert detect_language(text, hint) == language


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("Кто посол Польши?", "en-US", "ru"),
        ("Кто посол Польши?", "be", "ru"),
        ("谁是大使？", "en", "zh"),
        ("The new bridge over the river was opened on Friday by the mayor of the town.", "de", "en"),
        ("Новы мост праз раку адкрылі ў пятніцу, паведаміў кіраўнік горада журналістам.", "ru", "be"),
        ("Who is the ambassador?", "nonsense", "en"),
    ],
)
def test_a_wrong_hint_loses(text: str, hint: str, language: str) -> None:
    """A page that declares the language of its template is still read as what it is."""
    assert detect_language(text, hint) == language


def test_half_a_character_does_no_harm() -> None:
    """What a broken escape in a JSON record leaves behind is passed over."""
    assert detect_language("Кто \udc00посол Польши?") == "ru"


def test_detection_is_fast() -> None:
    """A question takes well under a millisecond, a megabyte no more than a few."""
    detect_language("warm up")
    begun = time.process_time()
    for _ in range(100):
        detect_language("Хто пасол Польшчы ў Беларусі?")
    detect_language("слово " * 200_000)
    assert time.process_time() - begun < 0.1


@given(st.text(max_size=80), st.one_of(st.none(), st.text(max_size=6), st.sampled_from(INTERFACE_LANGUAGES)))
def test_any_text_has_a_code(text: str, hint: str | None) -> None:
    """Whatever comes, a code of two letters or `und` is returned."""
    code = detect_language(text, hint)
    assert code == "und" or (len(code) == 2 and code.isascii() and code.islower())
