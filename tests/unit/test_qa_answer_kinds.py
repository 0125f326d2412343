from __future__ import annotations

import pytest

from qa.answer_kinds import DATE, NUMBER, PERSON, PLACE, REASON, offers, wanted_kind

NOTHING_KNOWN: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("kind", "questions"),
    [
        (
            NUMBER,
            [
                "How many trees were planted?", "What was its price?", "Wie viele Bäume wurden gepflanzt?",
                "Wie hoch ist der Turm?", "Сколько деревьев посадили?", "Какая была цена моста?",
                "Колькі дрэў пасадзілі?", "Ile drzew posadzono?", "Jak wysoka jest wieża?",
                "¿Cuántos árboles se plantaron?", "种了多少棵树？", "公园有多大？",
            ],
        ),
        (
            DATE,
            [
                "When was the bridge closed?", "In what year did it open?", "Wann wurde die Brücke gesperrt?",
                "In welchem Jahr war das?", "Когда закрыли мост?", "В каком году открыли театр?", "Калі закрылі мост?",
                "У якім годзе гэта было?", "Kiedy zamknięto most?", "W którym roku otwarto teatr?",
                "¿Cuándo cerró el puente?", "¿En qué año abrió?", "公园什么时候开放？", "哪年开放的？",
            ],
        ),
        (
            PERSON,
            [
                "Who leads the orchard?", "Wer leitet den Betrieb?", "Кто поставил спектакль?", "Хто пачаў калекцыю?",
                "Kto prowadzi teatr?", "¿Quién dirige el teatro?", "谁参加了开幕式？",
            ],
        ),
        (
            PLACE,
            [
                "Where is the museum?", "In which city did it open?", "Wo liegt es?", "In welcher Stadt war das?",
                "Где находится музей?", "В каком городе открыли музей?", "Дзе знаходзіцца музей?",
                "Gdzie jest muzeum?", "W którym mieście?", "¿Dónde está el museo?", "公园在哪里？",
            ],
        ),
        (
            REASON,
            [
                "Why was the bridge closed?", "Warum wurde die Brücke gesperrt?", "Почему закрыли мост?",
                "Чаму закрылі мост?", "Dlaczego zamknięto most?", "¿Por qué cerró el puente?", "为什么关闭大桥？",
            ],
        ),
        (
            None,
            [
                "What happened in Zarechye?", "Was geschah in Grünfeld?", "Что случилось в Заречье?",
                "Што здарылася ў Прылесках?", "Co się stało w Zarzeczu?", "¿Qué pasó?", "绿湖市发生了什么？",
                "", "?!",
            ],
        ),
    ],
)  # fmt: skip
def test_a_question_wants_a_kind_of_answer(kind: str | None, questions: list[str]) -> None:
    """In all seven languages, whatever the words around."""
    assert {question: wanted_kind(question) for question in questions} == dict.fromkeys(questions, kind)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (NUMBER, "It has 60 beams."),
        (NUMBER, "Es waren zwölf Balken."),
        (NUMBER, "Собрали пять тонн."),
        (NUMBER, "Zebrano dziesięć ton."),
        (NUMBER, "种了三千棵树。"),
        (DATE, "It was closed on 5 March."),
        (DATE, "Im Jahr 1998 wurde es gebaut."),
        (DATE, "Открыли в 2003 году."),
        (DATE, "2024年开放。"),
        (PERSON, "The mayor is Anton Veras."),
        (PERSON, "Спектакль поставила Вера Лугова."),
        (PERSON, "市长李明参加了开幕式。"),
        (PLACE, "Das Museum liegt in Grünfeld."),
        (REASON, "It was closed because of cracks."),
        (REASON, "Мост закрыли из-за трещин."),
        (REASON, "Мост закрылі, бо ён стары."),
        (REASON, "Most zamknięto z powodu pęknięć."),
        (REASON, "El puente cerró debido a las grietas."),
        (REASON, "因为有裂缝。"),
    ],
)
def test_a_sentence_offers_what_it_holds(kind: str, sentence: str) -> None:
    """A number, a day, a name, a place or a cause, in any of the languages."""
    assert offers(kind, sentence, NOTHING_KNOWN)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (NUMBER, "The beams were old."),
        (DATE, "The beams were old."),
        (PERSON, "The beams were old."),
        (PLACE, "мост закрыли."),
        (REASON, "The beams were old."),
        (PERSON, ""),
        (NUMBER, ""),
    ],
)
def test_a_sentence_without_it_offers_nothing(kind: str, sentence: str) -> None:
    """The first word's capital makes no name."""
    assert not offers(kind, sentence, NOTHING_KNOWN)


def test_what_the_question_says_itself_is_no_answer() -> None:
    """A year or name that was asked about answers neither how many nor who."""
    assert not offers(NUMBER, "In 2021 the bridge was closed.", frozenset({"2021"}))
    assert not offers(PERSON, "The mayor, Veras, spoke.", frozenset({"veras"}))
