from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.names import name_sound


@pytest.mark.parametrize(
    "spellings",
    [
        "Zelensky Selenskij Зеленский Zełenski",
        "Chekhov Tschechow Czechow Чехов Чэхаў",
        "Yanukovych Janukowitsch Janukowycz Янукович Януковіч",
        "Washington Вашингтон Вашынгтон Waszyngton",
        "Williams Уильямс Вільямс",
        "Trump Трамп",
        "Merkel Меркель",
        "Przybylski Пшибыльский",
        "Dzerzhinsky Dzierżyński",
        "Xavier Савиер",
        "Kohl Коль",
        "Maria Maryja Мария Марыя",
        "O'Brajen О'Брайен",
        "Lodna Лодна Лодны Лодне",
    ],
)
def test_spellings_of_a_name_begin_with_one_sound(spellings: str) -> None:
    """English, German, Polish, Russian and Belarusian spell the same sounds in their own ways."""
    beginnings = {name_sound(name)[:4] for name in spellings.split()}
    assert len(beginnings) == 1, beginnings


@pytest.mark.parametrize(
    ("one", "other"),
    [("Putin", "Pushkin"), ("Minsk", "Münster"), ("Merkel", "Macron"), ("Жуков", "Зуев"), ("Brest", "Prag")],
)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    """What is coarse still tells names apart."""
    assert name_sound(one)[:5] != name_sound(other)[:5]


@given(st.text(max_size=60))
@example("ЬЬЬ")
@example("ŁżŚćßØ\u0130ў")
def test_a_sound_is_written_in_few_letters(text: str) -> None:
    """Code downstream tells names from numbers and countries by their first character."""
    assert re.fullmatch("[a-zšč]*", name_sound(text))
