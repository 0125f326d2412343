"""Pages of an invented agency's site, in seven languages, built from parts so that tests can vary each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class SitePage:
    """The lines of a text page, and what should be found in it."""

    language: str
    menu: tuple[str, ...]
    clock: str
    weather: str
    all_news: str
    section: str
    date: str
    title: str
    place: str
    agency: str
    body: tuple[str, ...]
    tail: tuple[str, ...]
    published: str = "2023-03-03T09:15"
    extra: tuple[str, ...] = field(default=())

    def text(self, *, section: bool = True, weather: bool = True, blank: str = "\n\n") -> str:
        """Put the page together as the site's text dumps are."""
        head = [*self.menu, self.clock, *([self.weather] if weather else []), self.all_news, self.all_news]
        head += [*([self.section] if section else []), self.date]
        return "\n".join(head) + blank + blank.join([self.title, *self.extra, *self.body]) + "\n" + "\n".join(self.tail)

    def with_parts(self, **parts: object) -> SitePage:
        """Return the page with some parts exchanged."""
        return replace(self, **parts)  # type: ignore[arg-type]


PAGES = [
    SitePage(
        "en", ("Projects", "Government Bodies"), "Flag Sunday, 12 March 2023", "Veldan Overcast sky -0°C", "All news",
        "Society", "3 March 2023, 09:15", "Veldan to build a new bridge over the river Orla", "VELDAN", "NPA",
        (
            "VELDAN, 3 March (NPA) - The town council of Veldan has agreed to build a new bridge over the Orla.",
            '"We have waited for this for twenty years," mayor Anna Holm said. The work will cost 12.5 million crowns.',
            "What comes next",
            "Traffic will be diverted through the old town until the autumn of 2024.",
        ),
        ("Subscribe to us", "X", "Telegram", "Recent news from Veldan", "Choir wins a prize", "Snow in the hills"),
    ),
    SitePage(
        "de", ("Projekte", "Staatsorgane"), "flagge Sonntag, 12 März 2023", "Veldan Bedeckt +3°C", "Alle Nachrichten",
        "Wirtschaft", "3 März 2023, 09:15", "Veldan baut eine neue Brücke über die Orla: \"Wir haben lange gewartet\"",
        "VELDAN", "NPA",
        (
            "VELDAN, 3. März (NPA) - Der Stadtrat von Veldan hat dem Bau einer neuen Brücke über die Orla zugestimmt.",
            "Die Arbeiten werden 12,5 Mio. Kronen kosten, wie Bürgermeisterin Anna Holm am Freitag erklärte.",
            "Bis zum Herbst 2024 wird der Verkehr durch die Altstadt geleitet, sagte sie.",
        ),
        ("Abonnieren Sie uns auf", "X", "Letzte Nachrichten aus Veldan"),
    ),
    SitePage(
        "ru", ("Проекты", "Госорганы"), "Флаг Воскресенье, 12 марта 2023", "Вельдан небольшая облачность +2°C",
        "Все новости", "Общество", "3 марта 2023, 09:15", "В Вельдане построят новый мост через Орлу", "Вельдан", "СПА",
        (
            "3 марта, Вельдан /Корр. СПА/. Городской совет Вельдана согласился построить новый мост через Орлу.",
            "\"Мы ждали этого двадцать лет\", - сказала мэр Анна Хольм. Работы обойдутся в Br12,5 млн.",
            "До осени 2024 года движение направят через старый город, уточнили в мэрии.",
        ),
        ("Подписывайтесь на нас в", "Telegram", "Свежие новости Вельдана", "14:20 Хор получил приз"),
    ),
    SitePage(
        "be", ("Праекты", "Дзяржорганы"), "Сцяг Нядзеля, 12 сакавіка 2023", "Вельдан ясна -4°C", "Усе навіны",
        "Грамадства", "3 сакавіка 2023, 09:15", "У Вельдане пабудуюць новы мост цераз Орлу", "Вельдан", "СПА",
        (
            "3 сакавіка, Вельдан /Кар. СПА/. Гарадскі савет Вельдана пагадзіўся пабудаваць новы мост цераз Орлу.",
            "\"Мы чакалі гэтага дваццаць гадоў\", - сказала мэр Ганна Хольм. Работы абыдуцца ў Br12,5 млн.",
            "Да восені 2024 года рух накіруюць праз стары горад, удакладнілі ў мэрыі.",
        ),
        ("Падпісвайцеся на нас у", "X", "Свежыя навіны Вельдана"),
    ),
    SitePage(
        "pl", ("Projekty", "Organy państwowe"), "Flaga niedziela, 12 marca 2023", "Weldan Pochmurno 1°C",
        "Wszystkie wiadomości", "Społeczeństwo", "3 marca 2023, 09:15", "W Weldanie powstanie nowy most na Orli",
        "WELDAN", "NPA",
        (
            "WELDAN, 3 marca (NPA) – Rada miasta Weldan zgodziła się na budowę nowego mostu na Orli.",
            "„Czekaliśmy na to dwadzieścia lat” – mówi burmistrz Anna Holm. Prace będą kosztować 12,5 mln koron.",
            "Do jesieni 2024 roku ruch zostanie skierowany przez stare miasto, dodała.",
        ),
        ("Subskrybuj nas na", "X", "Najnowsze wiadomości z Weldanu"),
    ),
    SitePage(
        "es", ("Proyectos", "Órganos estatales"), "Bandera domingo, 12 marzo 2023", "Veldan Cielo cubierto 5°C",
        "Todas las noticias", "Sociedad", "3 marzo 2023, 09:15", "Veldan construirá un nuevo puente sobre el Orla",
        "VELDAN", "NPA",
        (
            "VELDAN, 3 de marzo (NPA) – El consejo municipal de Veldan acordó construir un nuevo puente sobre el Orla.",
            "«Hemos esperado veinte años», dijo la alcaldesa Anna Holm. Las obras costarán 12,5 millones de coronas.",
            "Hasta el otoño de 2024 el tráfico pasará por la ciudad vieja, añadió.",
        ),
        ("Síganos en", "X", "Últimas noticias de Veldan"),
    ),
    SitePage(
        "zh", ("项目", "国家机关"), "旗帜 2023年3月12日 星期日", "维尔丹 多云 -2°C", "所有新闻", "经济",
        "2023年3月3日, 09:15", "维尔丹市将在奥尔拉河上建造新桥", "维尔丹", "北通社",
        (
            "维尔丹，3月3日（北通社）- 维尔丹市议会同意在奥尔拉河上建造一座新桥，市长星期五表示。",
            "“我们等了二十年，”市长安娜·霍尔姆对记者说。工程将耗资一千二百五十万克朗。",
            "到2024年秋天，车辆将从老城绕行。",
        ),
        ("订阅我们", "X", "维尔丹最新新闻"),
    ),
]  # fmt: skip
