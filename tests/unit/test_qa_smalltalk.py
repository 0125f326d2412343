from __future__ import annotations

import pytest

from qa.smalltalk import small_talk_reply

NOTHING = "???"
HEARD = {
    "be": ("Прывітанне!", "Дзякуй вялікі", "Да пабачэння", "Хто ты?"),
    "ru": ("Здравствуйте!", "Большое спасибо", "До свидания", "Кто ты?"),
    "en": ("Hello!", "Thank you very much", "Goodbye", "Who are you?"),
    "de": ("Guten Tag!", "Vielen Dank", "Auf Wiedersehen", "Wer bist du?"),
    "pl": ("Cześć!", "Dziękuję bardzo", "Do widzenia", "Kim jesteś?"),
    "es": ("¡Buenos días!", "Muchas gracias", "Hasta luego", "¿Quién eres?"),
    "zh": ("你好！", "谢谢", "再见", "你是谁？"),
}
GREETED = {"uk": "Добрий день!", "fr": "Bonjour !", "it": "Buongiorno!", "pt": "Bom dia!", "nl": "Goedemorgen!"} | {
    "tr": "Merhaba!"
}
THANKED = {"uk": "Дякую!", "fr": "Merci beaucoup", "it": "Grazie mille", "pt": "Obrigado!", "nl": "Dank je wel"} | {
    "tr": "Teşekkürler!"
}


def reply(text: str, language: str = "en") -> str:
    """Return the reply to what must be small talk."""
    said = small_talk_reply(text, language)
    assert said is not None, text
    return said


@pytest.mark.parametrize("language", HEARD)
def test_each_kind_of_small_talk_has_a_reply_of_its_own(language: str) -> None:
    """In its language whatever the detector says of so few letters."""
    replies = [reply(text, language) for text in HEARD[language]]
    assert len(set(replies)) == len(replies)
    assert [reply(text, "fi") for text in HEARD[language]] == replies


@pytest.mark.parametrize("language", GREETED)
def test_neighbours_are_greeted_in_their_languages(language: str) -> None:
    """And their thanks are returned."""
    greeted, thanked = reply(GREETED[language], language), reply(THANKED[language], language)
    assert len({greeted, thanked, reply(GREETED["fr" if language != "fr" else "it"], language)}) == 3
    assert greeted != reply("Hello!")


def test_languages_do_not_share_replies() -> None:
    """To greetings, and to nothing, which is answered in the language that was detected."""
    languages = [*HEARD, *GREETED]
    greetings = {reply(({code: heard[0] for code, heard in HEARD.items()} | GREETED)[code], code) for code in languages}
    assert len(greetings) == len({reply(NOTHING, code) for code in languages}) == len(languages)


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("hello, vestka!", "Hello"), ("Hi there", "Hello"),
        ("  HELLO!!! 👋🏽", "Hello"), ("thank you very much!", "Thanks"),
        ("Привет!", "Здравствуйте"), ("добрый день, спасибо", "Спасибо"), ("Добры дзень, Вестка!", "Прывітанне"),
        ("Hello! Who are you?", "Who are you?"), ("what can you do", "Who are you?"), ("help", "Who are you?"),
        ("Are you a robot?", "Who are you?"),
    ],
)  # fmt: skip
def test_phrases_are_known_however_they_are_written(text: str, like: str) -> None:
    """In capitals, with signs, names and pictures, and one after the other."""
    assert reply(text, "fi") == reply(like, "fi")


@pytest.mark.parametrize(
    ("text", "language", "spoken"),
    [
        ("Hello!", "de", "Who are you?"),
        ("Hola", "pt", "Quién eres"),
    ],
)
def test_a_phrase_of_one_language_decides_the_language(text: str, language: str, spoken: str) -> None:
    """Not the detector."""
    what_it_does = max(reply(spoken).split(". "), key=len).split(" ")[-3:]
    assert " ".join(what_it_does) in reply(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "?", "...", "🙂", "🙂🙂🙂", "!!! 😀", "—", "1", "42", "aaaa", "ААААА", "asdfgh", "qwerty", "asdf", "zxcvbn",
        "йцукен",
        "ываыва", "фыва", "asdasd", "a", "Я",
    ],
)  # fmt: skip
def test_texts_about_nothing_are_answered_as_nothing(text: str) -> None:
    """Signs, pictures, short numbers, lone letters and keys struck at random."""
    for language in ("en", "zh", "be"):
        assert reply(text, language) == reply(NOTHING, language)
    assert reply(text, "und") == reply(NOTHING, "en")


@pytest.mark.parametrize(
    "text",
    [
        # A greeting before a question.
        "Hello, who won the biathlon?", "Привет, кто построил мост?", "Добры дзень! Хто перамог на выбарах?",
        "Hallo, was kostet Brot?", "Dzień dobry, ile kosztuje chleb?", "Hola, ¿quién ganó?", "你好，谁赢得了比赛？",
        "Thanks. And who was second?", "Спасибо, а когда это было?", "ok, when?", "Goodbye Lenin",
        # Short questions.
        "Минск?", "Мінск", "Why?", "Чаму?", "Когда?", "Wer?", "Kiedy?", "¿Dónde?", "谁？", "钱", "水？",
        "biathlon", "Brexit",
        "2023", "2023?", "1999", "GDP 2023", "GDP", "ЕС", "EU", "AI", "WHO", "UNO", "ООН", "C4 2020",
        # Names and words that look like mash, or hold a phrase.
        "Pepe", "Dodo", "Smith", "Смит", "мить", "were", "property", "tree", "Wert", "Power", "Aaron", "Mississippi",
        "Good Friday agreement", "Great Britain", "Hi-tech park", "help for farmers", "помощь Украине", "пока не ясно",
        "Bonjour tristesse", "Hello Kitty", "who are you voting for", "What can you do about inflation?",
        "Are robots a danger?", "Guten Morgen Deutschland Sendung", "привет из Минска", "Vestka", "Добрый день Минск",
        "谢谢侬", "再见列宁",
        # Scripts that no table knows.
        "이름", "שלום עולם", "नमस्ते दुनिया",
    ],
)  # fmt: skip
def test_questions_are_searched(text: str) -> None:
    """What may be a question is never taken for small talk, whatever language was detected."""
    for language in ("en", "ru", "zh", "und"):
        assert small_talk_reply(text, language) is None


@pytest.mark.parametrize("piece", ["hello ", "a", "ab", "asd", "спасибо ", "你好", "?", "qwerty " * 2, "a\u0301"])
def test_long_texts_are_read_at_once(piece: str) -> None:
    """As long as a question may be, made to be read slowly; a question at the end remains one."""
    text = (piece * 2000)[:1950]
    small_talk_reply(text, "en")
    assert small_talk_reply(f"{text} Who built the mill?", "en") is None
