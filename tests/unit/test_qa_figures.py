from __future__ import annotations

import pytest

from qa.figures import PERCENT, find_figures, number_values, units_in


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The quay cost 63.5 million crowns.", 63_500_000),
        ("Die Mole kostete 63,5 Mio. Kronen.", 63_500_000),
        ("Причал обошёлся в 63,5 млн крон.", 63_500_000),
        ("Прычал каштаваў 63,5 мільёна крон.", 63_500_000),
        ("Nabrzeże kosztowało 63,5 mln koron.", 63_500_000),
        ("El muelle costó 63,5 millones de coronas.", 63_500_000),
        ("码头耗资6350万克朗。", 63_500_000),
        ("码头耗资6.35亿克朗。", 635_000_000),
        ("It fell to 3.2bn euros.", 3_200_000_000),
        ("Das sind 3,2 Milliarden Euro.", 3_200_000_000),
        ("Son 3,2 mil millones de euros.", 3_200_000_000),
        ("To 380 tysięcy ton.", 380_000),
        ("Это 1 240 домов.", 1240),
        ("Das sind 1.240 Häuser.", 1240),
        ("These are 1,240 houses.", 1240),
    ],
)
def test_a_figure_is_worth_the_same_in_every_language(text: str, value: float) -> None:
    """Scale words, decimal commas and thousands are read as each language writes them."""
    (figure,) = find_figures(text)
    assert figure.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("up 14 per cent", PERCENT), ("um 14 Prozent", PERCENT), ("на 14 процентов", PERCENT),
        ("на 14 працэнтаў", PERCENT), ("o 14 procent", PERCENT), ("un 14 por ciento", PERCENT), ("百分之14", PERCENT),
        ("增长14%", PERCENT), ("310 people", "people"), ("310 Menschen", "people"), ("310 человек", "people"),
        ("310 чалавек", "people"), ("310 osób", "people"), ("310 personas", "people"), ("310人", "people"),
        ("$310", "dollar"), ("310 новых km", "kilometre"), ("5km", "kilometre"), ("2000 people", "people"),
    ],
)  # fmt: skip
def test_common_units_are_the_same_in_every_language(text: str, unit: str) -> None:
    """The sign or word before or after a figure says what it counts."""
    (figure,) = find_figures(text)
    assert unit in figure.units


def test_what_else_figures_count_is_told_by_the_words_after_them() -> None:
    """An inflected word counts as the same, and an adjective does not hide it."""
    (houses,) = find_figures("240 neue Häuser")
    (house,) = find_figures("1 Haus")
    (beams,) = find_figures("14 beams")
    assert houses.units & house.units
    assert not houses.units & beams.units
    assert find_figures("3, for what it is worth")[0].units == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "It opened in 1998.", "Am 12. März 2023", "12 сакавіка", "2023年3月12日", "el 3 de mayo", "at 15:30",
        "12.03.2024", "5-7 people", "the 7th time", "20-летний", "the V-40E", "a 40E engine", "score 3:1",
        "1.2.3", "no number at all",
    ],
)  # fmt: skip
def test_years_dates_times_ranges_and_names_are_no_figures(text: str) -> None:
    """They say neither how many nor how much."""
    assert find_figures(text) == []


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("48.7 tonnes", "almost 49 tonnes", True),
        ("48.7 tonnes", "over 48 tonnes", True),
        ("57 million", "56.8 million", True),
        ("1,240 people", "1,200 people", True),
        ("14 beams", "15 beams", False),
        ("240 beds", "204 beds", False),
        ("57 million", "63.5 million", False),
        ("5.4 %", "5.6 %", False),
    ],
)
def test_rounding_is_agreement(one: str, other: str, agree: bool) -> None:
    """Two figures agree when one may be the other, told less finely; the order does not matter."""
    (first,), (second,) = find_figures(one), find_figures(other)
    assert first.agrees(second) is second.agrees(first) is agree


def test_all_numbers_of_a_text_have_values() -> None:
    """Years count too, scale words are counted in, and what is no number is left out."""
    assert number_values("In 1998 63,5 млн, 14 and 14.0, 12.03.2024, 120万") == {1998, 63_500_000, 14, 1_200_000}


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("How many people came?", "people"), ("Wie viel Prozent?", PERCENT), ("Сколько человек?", "people"),
        ("Колькі чалавек?", "people"), ("Ile procent?", PERCENT), ("¿Cuántas personas?", "people"),
        ("多少人？", "people"),
    ],
)  # fmt: skip
def test_a_question_names_the_unit_it_asks_for(question: str, unit: str) -> None:
    """So that of several figures the right one is compared."""
    assert unit in units_in(question)


@pytest.mark.parametrize("piece", ["1", "1,", "1.000", " 1", "1 mil ", "$", "百分之", "a", "١٢,", "12.03."])
def test_hostile_texts_are_read_quickly(piece: str) -> None:
    """However long, and whatever stands in them, reading comes to an end."""
    find_figures(piece * 200_000)
    number_values(piece * 200_000)
