"""Invented articles that tests of several kinds share."""

from __future__ import annotations

from index.records import Article

BRIDGE = Article(
    "news/bridge",
    "The old bridge over the Lesna in Zarechye was closed on Monday. Engineers found cracks in 14 of its 60 beams. "
    "Repairs will cost 3.2 million roubles, the mayor Anton Veras said.",
    "Bridge in Zarechye closed",
    "https://example.org/bridge",
    "2021-03-05",
    "en",
    "Example News",
)
ORCHARD = Article(
    "news/orchard",
    "Die Obstbauern in Grünfeld ernteten 840 Tonnen Birnen. Der Frost im April hatte die Kirschen vernichtet. "
    "Bäuerin Helga Quandt verkauft den Saft nun in Polen.",
    "Gute Birnenernte in Grünfeld",
    None,
    "2022-10-14T13:00+02:00",
    "de",
    "Landbote",
)
THEATRE = Article(
    "https://example.org/театр?id=7",
    "Театр в Заречье открыл сезон премьерой. Спектакль поставила режиссёр Вера Лугова. "
    "Билеты стоят от 12 до 40 рублей.",
    "Премьера в Заречье",
    "https://example.org/театр?id=7",
    "2023-01-20",
    "ru",
    "Example News",
)
UNDATED = Article(
    "архіў/без даты",
    "Музей саломкі ў Прылесках сабраў тысячу лялек. Калекцыю пачала настаўніца Яўгенія Бруй.",
    "Музей саломкі",
    language="be",
)
PARK = Article(
    "news/公园",
    "新公园在绿湖市开放。公园里种了三千棵树，面积为12公顷。市长李明参加了开幕式。",
    "绿湖市新公园",
    None,
    "2024-05-01",
    "zh",
    "绿湖日报",
)
ARTICLES = (BRIDGE, ORCHARD, THEATRE, UNDATED, PARK)
