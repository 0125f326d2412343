from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.furniture import Shape, count_letters, shape_of

FURNITURE = """
Subscribe to us|Follow us on:|Recent news from Veldan|All news|Print version|Read also: Choir wins a prize|X
Abonnieren Sie uns auf|Letzte Nachrichten aus Veldan|Lesen Sie auch: Neue Brücke|Druckversion|Teilen
Подписывайтесь на нас в|Свежие новости Вельдана|Все новости|Читайте также:|Поделиться|Версия для печати
Падпісвайцеся на нас у|Апошнія навіны Вельдана|Усе навіны|Чытайце таксама|Падзяліцца
Subskrybuj nas na|Najnowsze wiadomości|Wszystkie wiadomości|Czytaj także: Most|Udostępnij
Suscríbase a nuestro canal|Síganos en|Últimas noticias|Lea también: El puente|Compartir
订阅我们|关注我们|最新新闻|所有新闻|相关新闻|分享到|维尔丹最新新闻
Telegram|VK|Twitter Facebook|Яндекс.Дзен|微信|Veldan Overcast sky -0°C|Вельдан +5°C|维尔丹 多云 -2°C
© 2022 NPA|Write to us: news@npa.example|This site uses cookies.|https://npa.example/en/|Tel. +375 17 123-45-67
"""
SHARE_ROW = "Share: Telegram | Mail | Copy link"
TEXTS = """
Share of exports grew by 5%|Подписано соглашение о мосте|Падпісана пагадненне|Printing house opens in Veldan
Photo exhibition opens in the museum|Фотовыставка открылась в музее|Maximum speed to be lowered|Read my lips, mayor says
Up to +35°C expected on Sunday|Related costs rose by half last year, the town council of Veldan said in its report.
Follow the money: how the bridge was paid|Letzte Brücke gesprengt|新桥开通|Cookies baked for the fair
"""
CREDITS = """
Photo: NPA|Photos by Ann Lee|An archive photo|Foto: NPA-Archiv
Фото Анны Ли|Фото из архива|Фота з архіва|Fot. NPA|图片来源：北通社
"""


def split(block: str) -> list[str]:
    """Take the examples apart."""
    return [line for row in block.strip().split("\n") for line in row.split("|")]


@pytest.mark.parametrize("line", [*split(FURNITURE), SHARE_ROW])
def test_furniture_is_told_by_its_shape(line: str) -> None:
    """Calls, list headings, networks, weather, rights and addresses are furniture in every language."""
    assert shape_of(line) is Shape.FURNITURE


@pytest.mark.parametrize("line", split(TEXTS))
def test_headlines_and_sentences_are_text(line: str) -> None:
    """What only begins like furniture is text."""
    assert shape_of(line) is Shape.TEXT


@pytest.mark.parametrize("line", split(CREDITS))
def test_credits(line: str) -> None:
    """Credits of photos are told apart."""
    assert shape_of(line) is Shape.CREDIT


def test_letters_are_weighed() -> None:
    """Signs count nothing; a Chinese character counts two and a half letters."""
    assert count_letters("ab, 12!") == 4
    assert count_letters("新桥") == 5


@given(st.text(max_size=300))
def test_any_line_has_a_shape(line: str) -> None:
    """No line makes the rules fail."""
    assert shape_of(line) in Shape
