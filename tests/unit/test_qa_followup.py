from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.followup import followup_language, read_followup
from qa.records import Turn

ALIKE = (
    "exports imports exportaciones importaciones экспорт импорт экспарт імпарт eksport import 出口 进口 Export Import",
    "bread milk хлеб молоко малако Brot Milch chleb mleko pan leche 面包 牛奶",
    "Angela Merkel Emmanuel Macron",
)
"""Words with one vector each line; any other text has one of its own."""


def alike(texts: Sequence[str]) -> np.ndarray:
    """Return vectors of texts: the same for words that are alike, orthogonal for others."""
    groups = [next((line for line in ALIKE if set(text.split()) <= set(line.split())), text) for text in texts]
    places = {group: place for place, group in enumerate(dict.fromkeys(groups))}
    return np.eye(len(places), dtype=np.float32)[[places[group] for group in groups]]


def read(question: str, *turns: Turn, language: str | None = None) -> str | None:
    """Read a question after some turns."""
    return read_followup(question, language or turns[-1].language, turns, alike)


@pytest.mark.parametrize(
    ("language", "before", "question", "reading"),
    [
        ("be", "Колькі школ закрылі ў 2021 годзе?", "А ў 2022 годзе?", "Колькі школ закрылі ў 2022 годзе?"),
        ("ru", "Сколько школ закрыли в 2021 году?", "А в 2022-м?", "Сколько школ закрыли в 2022 году?"),
        ("en", "How many schools closed in 2021?", "And in 2022?", "How many schools closed in 2022?"),
        ("de", "Wie viele Schulen schlossen 2021?", "Und 2022?", "Wie viele Schulen schlossen 2022?"),
        ("pl", "Ile szkół zamknięto w 2021 roku?", "A w 2022?", "Ile szkół zamknięto w 2022 roku?"),
        ("es", "¿Cuántas escuelas cerraron en 2021?", "¿Y en 2022?", "¿Cuántas escuelas cerraron en 2022?"),
        ("zh", "2021年关闭了多少所学校？", "2022年呢？", "2022年关闭了多少所学校？"),
    ],
)
def test_a_year_takes_the_place_of_a_year(language: str, before: str, question: str, reading: str) -> None:
    """The words around it stay as they were."""
    assert read(question, Turn(before, language)) == reading


@pytest.mark.parametrize(
    ("language", "before", "question", "reading"),
    [
        ("be", "Які заробак у Літве?", "А ў Польшчы?", "Які заробак у Польшчы?"),
        ("ru", "Какая зарплата в Литве?", "А в Польше?", "Какая зарплата в Польше?"),
        ("en", "What is the wage in Lithuania?", "What about Poland?", "What is the wage in Poland?"),
        ("de", "Wie hoch ist der Lohn in Litauen?", "Und in Polen?", "Wie hoch ist der Lohn in Polen?"),
        ("pl", "Ile wynosi płaca na Litwie?", "A w Polsce?", "Ile wynosi płaca w Polsce?"),
        ("es", "¿Cuál es el salario en Lituania?", "¿Y en Polonia?", "¿Cuál es el salario en Polonia?"),
        ("zh", "立陶宛的工资是多少？", "波兰呢？", "波兰的工资是多少？"),
        ("en", "How high is Poland's wage?", "And Lithuania's?", "How high is Lithuania's wage?"),
        ("en", "How many people live in Gomel?", "And in Brest?", "How many people live in Brest?"),
        ("be", "Калі будзе кірмаш у Нясвіжы?", "А ў Слуцку?", "Калі будзе кірмаш у Слуцку?"),
    ],
)
def test_a_place_takes_the_place_of_a_place(language: str, before: str, question: str, reading: str) -> None:
    """A country by any of its names, a town by the word before it."""
    assert read(question, Turn(before, language)) == reading


@pytest.mark.parametrize(
    ("language", "before", "question", "reading"),
    [
        ("be", "Якім быў экспарт калію?", "А імпарт?", "Якім быў імпарт калію?"),
        ("ru", "Каким был экспорт калия?", "А импорт?", "Каким был импорт калия?"),
        ("en", "How high were potash exports?", "And imports?", "How high were potash imports?"),
        ("de", "Wie hoch war der Export von Kali?", "Und der Import?", "Wie hoch war der Import von Kali?"),
        ("pl", "Ile wyniósł eksport potażu?", "A import?", "Ile wyniósł import potażu?"),
        (
            "es",
            "¿Cuánto sumaron las exportaciones de potasa?",
            "¿Y las importaciones?",
            "¿Cuánto sumaron las importaciones de potasa?",
        ),
        ("zh", "钾肥的出口额是多少？", "那进口呢？", "钾肥的进口额是多少？"),
        ("en", "Why did the price of bread rise?", "And milk?", "Why did the price of milk rise?"),
        ("en", "When did Angela Merkel visit Minsk?", "And Emmanuel Macron?", "When did Emmanuel Macron visit Minsk?"),
    ],
)
def test_a_word_takes_the_place_of_the_one_most_like_it(
    language: str, before: str, question: str, reading: str
) -> None:
    """Imports are like exports, a person like a person."""
    assert read(question, Turn(before, language)) == reading


@pytest.mark.parametrize(
    ("before", "question", "reading"),
    [
        ("How much does a ride of 10 kilometres cost?", "And 20?", "How much does a ride of 20 kilometres cost?"),
        ("How many people came in February 2025?", "And in March?", "How many people came in March 2025?"),
        ("How many people came?", "And in 2024?", "How many people came in 2024?"),
        ("How many people came?", "And 2024?", "How many people came in 2024?"),
        ("How many people came?", "And the trolls?", "How many people came, trolls?"),
        (
            "How many cars were sold in Poland?",
            "How many in Germany in 2024?",
            "How many cars were sold in Germany in 2024?",
        ),
        (
            "How many cars were sold in Poland?",
            "And imports in 2024?",
            "How many cars were sold in Poland in 2024, imports?",
        ),
    ],
)
def test_numbers_months_and_what_has_no_like(before: str, question: str, reading: str) -> None:
    """A month stays in the year that was asked about; what fits nowhere is added."""
    assert read(question, Turn(before, "en")) == reading


@pytest.mark.parametrize(
    ("language", "before", "question", "reading"),
    [
        ("be", "Калі зачынілі мост?", "А чаму?", "Чаму зачынілі мост?"),
        ("ru", "Когда закрыли мост?", "Почему?", "Почему закрыли мост?"),
        ("en", "When was the bridge closed?", "And why?", "Why was the bridge closed?"),
        ("de", "Wann wurde die Brücke gesperrt?", "Warum?", "Warum wurde die Brücke gesperrt?"),
        ("pl", "Kiedy zamknięto most?", "A dlaczego?", "Dlaczego zamknięto most?"),
        ("es", "¿Cuándo cerraron el puente?", "¿Por qué?", "¿Por qué cerraron el puente?"),
        ("zh", "大桥是什么时候关闭的？", "为什么？", "大桥是为什么关闭的？"),
        ("en", "Who signed the treaty?", "When?", "When was it that someone signed the treaty?"),
        ("de", "Wer hat den Vertrag unterschrieben?", "Wann?", "Wann hat jemand den Vertrag unterschrieben?"),
        ("en", "Is the bridge closed?", "Since when?", "Since when is the bridge closed?"),
    ],
)
def test_a_question_word_asks_about_the_same(language: str, before: str, question: str, reading: str) -> None:
    """In place of the one before, so that the kind of answer is right."""
    assert read(question, Turn(before, language)) == reading


WHO_IS = {
    "be": ("Хто такая Ганна Журавель?", "Дзе яна жыве?", "Дзе Ганна Журавель жыве?"),
    "ru": ("Кто такая Анна Журавель?", "Где она живёт?", "Где Анна Журавель живёт?"),
    "en": ("Who is Anna Kowalska?", "How old is she?", "How old is Anna Kowalska?"),
    "de": ("Wann wurde Jutta Brandl gewählt?", "Wie alt ist sie?", "Wie alt ist Jutta Brandl?"),
    "pl": ("Kim jest Anna Kowalska?", "Gdzie ona mieszka?", "Gdzie Anna Kowalska mieszka?"),
    "es": ("¿Quién es Lucía Barrantes?", "¿Dónde vive ella?", "¿Dónde vive Lucía Barrantes?"),
    "zh": ("谁是林雨桐？", "她住在哪里？", "林雨桐住在哪里？"),
}


@pytest.mark.parametrize("language", WHO_IS)
def test_a_pronoun_stands_for_the_person_asked_about(language: str) -> None:
    """In its place, where the form of the name is right there."""
    before, question, reading = WHO_IS[language]
    assert read(question, Turn(before, language)) == reading


@pytest.mark.parametrize(
    ("language", "before", "quote", "question", "reading"),
    [
        (
            "be",
            "Хто напісаў оперу?",
            "Оперу напісала Ганна Журавель.",
            "Калі яе абралі?",
            "Калі яе абралі (Ганна Журавель)?",
        ),
        (
            "ru",
            "Кто возглавил театр?",
            "Театр возглавил Игорь Лаптев.",
            "Сколько ему лет?",
            "Сколько ему лет (Игорь Лаптев)?",
        ),
        (
            "en",
            "Who won the race?",
            "The race was won by Darya Karpenka.",
            "Where does she live?",
            "Where does Darya Karpenka live?",
        ),
        (
            "en",
            "Who won the race?",
            "The race was won by Darya Karpenka.",
            "What about her trainer?",
            "Darya Karpenka’s trainer?",
        ),
        (
            "de",
            "Wer leitet das Museum?",
            "Es leitet der Historiker Konrad Voss.",
            "Woher kommt er?",
            "Woher kommt der Historiker Konrad Voss?",
        ),
        ("pl", "Kto wygrał konkurs?", "Konkurs wygrał Marek Wilk.", "Skąd on pochodzi?", "Skąd Marek Wilk pochodzi?"),
        (
            "es",
            "¿Quién ganó la vuelta?",
            "La ganó Iker Zubieta.",
            "¿Cuántos años tiene?",
            "¿Cuántos años tiene (Iker Zubieta, ganó la vuelta)?",
        ),
        ("zh", "市长是谁？", "波尔图的市长是陈立明。", "他多大年纪？", "陈立明多大年纪？"),
    ],
)
def test_who_answered_is_spoken_of(language: str, before: str, quote: str, question: str, reading: str) -> None:
    """After a question for a person the pronoun means the one in the answer."""
    assert read(question, Turn(before, language, (), (quote,))) == reading


@pytest.mark.parametrize(
    ("language", "before", "question", "reading"),
    [
        (
            "en",
            "Which shipyard built the ferry Aurelia?",
            "How much did it cost?",
            "How much did the ferry Aurelia cost?",
        ),
        (
            "en",
            "Why do the tram drivers of Riga strike?",
            "What do they want?",
            "What do the tram drivers of Riga want?",
        ),
        ("en", "Who governs Moldova?", "What is its capital?", "What is Moldova’s capital?"),
        (
            "en",
            "How many people visited the castle in Mir?",
            "How much is a ticket there?",
            "How much is a ticket in Mir?",
        ),
        (
            "en",
            "Who owns the mill in Orsha?",
            "When was this mill built?",
            "When was this mill built (owns the mill in Orsha)?",
        ),
        (
            "de",
            "Wo steht der neue Windpark Nordfeld?",
            "Wie viel hat er gekostet?",
            "Wie viel hat der neue Windpark Nordfeld gekostet?",
        ),
        ("de", "Wer regiert Estland?", "Wie heißt seine Hauptstadt?", "Wie heißt seine Hauptstadt (Estland)?"),
        ("ru", "Где строят мост через Сож?", "Сколько он стоит?", "Сколько он стоит (строят мост через Сож)?"),
        (
            "es",
            "¿Por qué protestan los pescadores de Huelva?",
            "¿Qué piden ellos?",
            "¿Qué piden los pescadores de Huelva?",
        ),
        ("zh", "谁收购了黄河玻璃厂？", "这家工厂是什么时候成立的？", "这家工厂是什么时候成立的（收购了黄河玻璃厂）？"),
    ],
)
def test_pronouns_stand_for_things_and_places(language: str, before: str, question: str, reading: str) -> None:
    """In their place where grammar permits, beside the question where it does not."""
    assert read(question, Turn(before, language)) == reading


@pytest.mark.parametrize(
    ("language", "before", "question", "reading"),
    [
        ("be", "Што здарылася на чыгунцы?", "Хто вінаваты?", "Хто вінаваты (на чыгунцы)?"),
        ("ru", "Что произошло на шахте?", "Есть пострадавшие?", "Есть пострадавшие (на шахте)?"),
        ("en", "Which team won the cup?", "What was the score?", "What was the score (team won the cup)?"),
        ("de", "Was geschah beim Brand in Zwettl?", "Gab es Verletzte?", "Gab es Verletzte (beim Brand in Zwettl)?"),
        ("pl", "Co się stało w kopalni?", "Kto zawinił?", "Kto zawinił (w kopalni)?"),
        ("es", "¿Qué pasó en el túnel?", "¿Hubo heridos?", "¿Hubo heridos (en el túnel)?"),
        ("zh", "泰山索道发生了什么？", "有人受伤吗？", "有人受伤吗（泰山索道）？"),
        ("en", "How many storks nest in Lithuania?", "Tell me more", "Tell me more (storks nest in Lithuania)?"),
        (
            "en",
            "When does the concert hall open?",
            "Who designed the hall?",
            "Who designed the hall (the concert hall open)?",
        ),
    ],
)
def test_a_question_that_says_too_little_keeps_the_topic(
    language: str, before: str, question: str, reading: str
) -> None:
    """It stands beside it, so that it is clear what was added."""
    assert read(question, Turn(before, language)) == reading


NEW = {
    "be": [
        "Якая вакцына дапамагае ад шаленства?",
        "А хто адкрыў першую электрастанцыю?",
        "Што такое інфляцыя?",
        "Ці праўда гэта, што ваўкі вярнуліся?",
        "Чаму дырэктар сказаў, што ён не прадасць завод?",
    ],
    "ru": [
        "Какое лекарство помогает от малярии?",
        "А сколько рыбы выловили рыбаки?",
        "Что такое инфляция?",
        "Это правда, что зубров выпустят в пущу?",
        "Почему министр заявил, что он уходит?",
        "Есть ли жизнь на Марсе?",
    ],
    "en": [
        "Who won the Nobel Prize in Literature?",
        "And who was appointed head of the railway?",
        "What is inflation?",
        "Is it true that the observatory will be closed?",
        "Why did Merkel say that she would leave?",
        "When did the brewery open its museum?",
        "How many libraries are there in Mogilev?",
        "What time is it?",
        "What happened in May 2024?",
        "price of wheat 2024",
    ],
    "de": [
        "Wer komponierte die Oper in Bayreuth?",
        "Und wer wurde zum Präsidenten gewählt?",
        "Was ist Inflation?",
        "Regnet es morgen in Bremen?",
        "Haben Sie Artikel über Bienen im Winter?",
        "Wie viel hat das Rathaus gekostet?",
        "Warum sagte der Trainer, dass er nach der Saison aufhört?",
        "Wie viele Tote gab es beim Erdbeben in der Türkei?",
    ],
    "pl": [
        "Jaki lek pomaga na malarię?",
        "A kto odkrył największy diament?",
        "Co to jest deflacja?",
        "Czy to prawda, że żaglowiec wrócił?",
        "Dlaczego minister powiedział, że on nie podpisze umowy?",
    ],
    "es": [
        "¿Qué vacuna protege contra la malaria?",
        "¿Y quién descubrió el cometa?",
        "¿Qué es la inflación?",
        "¿Es cierto que llueve menos en el desierto?",
        "¿Cuándo vendió la fábrica su terreno?",
    ],
    "zh": [
        "哪种疫苗可以预防疟疾？",
        "那么谁发现了新鱼种？",
        "什么是通货膨胀？",
        "天文台要关闭，这是真的吗？",
        "默克尔为什么说她要离开政坛？",
        "丰田公司什么时候出售了它的股份？",
    ],
}


@pytest.mark.parametrize(("language", "question"), [(code, each) for code, texts in NEW.items() for each in texts])
def test_a_new_subject_is_a_question_of_its_own(language: str, question: str) -> None:
    """Whatever it begins with, and whatever pronoun in it stands for something in it or for nothing."""
    assert read(question, Turn(WHO_IS[language][0], language)) is None


def test_a_chain_of_follow_ups_keeps_what_was_said() -> None:
    """Each reading is what the next one leans on."""
    first = Turn("How many cars were sold in Poland in 2022?", "en")
    second = read("And in 2023?", first)
    assert second is not None
    assert read("And in Slovakia?", first, Turn(second, "en")) == "How many cars were sold in Slovakia in 2023?"


def test_a_person_is_remembered_over_a_question_about_something_else() -> None:
    """The turns before the last are looked at too."""
    turns = (Turn("Who is Anna Kowalska?", "en"), Turn("How high is the tower?", "en"))
    assert read("How old is she?", *turns) == "How old is Anna Kowalska?"


@pytest.mark.parametrize(
    ("before", "language", "question", "detected", "reading"),
    [
        ("Wie hoch ist der Lohn in Lettland?", "de", "А в Эстонии?", "ru", "В Эстонии (Wie hoch ist der Lohn)?"),
        ("How many bikes were stolen in 2023?", "en", "Und 2024?", "de", "2024 (How many bikes were stolen)?"),
        ("Сколько стоит билет?", "ru", "And why?", "en", "Why (стоит билет)?"),
        ("Кто такая Ольга Снежкова?", "ru", "How old is she?", "en", "How old is Ольга Снежкова?"),
    ],
)
def test_another_language_is_not_mixed_into_the_question(
    before: str, language: str, question: str, detected: str, reading: str
) -> None:
    """The last question stands beside, without what the new one exchanges."""
    assert read(question, Turn(before, language), language=detected) == reading


@pytest.mark.parametrize(
    ("question", "detected", "before", "language"),
    [
        ("Wo?", "it", "de", "de"),
        ("Kiedy?", "en", "pl", "pl"),
        ("A import?", "en", "pl", "pl"),
        ("А мяса?", "ru", "be", "be"),
        ("And imports?", "en", "de", "en"),
        ("2024?", "und", "pl", "pl"),
        ("为什么？", "zh", "en", "zh"),
        ("Warum?", "de", "ru", "de"),
        ("Qui a gagné le match de football ?", "fr", "en", "fr"),
        ("Ile on ma lat?", "en", "en", "pl"),
    ],
)
def test_a_short_question_is_in_the_language_whose_words_it_has(
    question: str, detected: str, before: str, language: str
) -> None:
    """A detector errs on one word; that of the turn before is likely."""
    assert followup_language(question, detected, [Turn("?", before)]) == language


@pytest.mark.parametrize("question", ["And in 2024?", "Why?", "How old is she?"])
def test_nothing_is_read_without_a_turn_before(question: str) -> None:
    """There is nothing to lean on."""
    assert read_followup(question, "en", (), alike) is None


def test_long_questions_and_unknown_languages_stand_alone() -> None:
    """Only what is short leans, and only words that are known tell how."""
    turn = Turn("Who is Anna Kowalska?", "en")
    assert read("How old is she " + "really " * 60 + "?", turn) is None
    assert read("Kuinka vanha hän on nykyisin oikeasti?", turn, language="fi") is None


@given(
    st.text(max_size=60),
    st.sampled_from(["be", "ru", "en", "de", "pl", "es", "zh", "fr", "und"]),
    st.lists(st.builds(Turn, st.text(max_size=80), st.sampled_from(["be", "de", "zh", "fr"])), max_size=3),
)
def test_any_text_is_read_or_left_alone(question: str, language: str, history: list[Turn]) -> None:
    """A reading has something in it and is not longer than a question may be."""
    reading = read_followup(question, language, history, alike)
    assert reading is None or 0 < len(reading.strip()) <= 700


def test_the_model_is_asked_once_at_most() -> None:
    """And about a few short texts."""
    asked: list[Sequence[str]] = []

    def counting(texts: Sequence[str]) -> np.ndarray:
        asked.append(texts)
        return alike(texts)

    turn = Turn("How high were the exports of potash, oil and gas from Poland in 2023 " * 8 + "?", "en")
    read_followup("And imports in Germany in 2024?", "en", [turn], counting)
    assert len(asked) == 1
    assert len(asked[0]) <= 25
