from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import split_sentences

CASES = {
    "ru": """\
А. С. Пушкин родился в 1799 г. в Москве.|Он жил на ул. Ленина.
Объем составил 5 млрд. руб. в год.|Это много.
Завод им. Кирова, т.е. старый завод, закрыт.
«Мы придем!» — сказал он.|Все ушли.
«Что это?»|Он не ответил.
"Мы все сделаем", - сказал он.|"Как всегда."|Он ушел.
Рост на 3,5 проц. в 2024 году.|Кто это?!|Да...|Нет.
Об этом сообщил замминистра И. И. Иванов.|Он добавил, что работа продолжается.
Экспорт вырос до $1,5 млрд.|Импорт снизился.
В г. Минске и др. городах, в т. ч. в Бресте, открыли школы.
См. рис. 5 и стр. 12.|Там все ясно.
Встреча прошла 24 мая 2024 г.|Президент остался доволен.
Он сказал: «Да. Мы готовы».|Потом ушел.
Книга стоит 20 руб. 50 коп. в магазине.
1. Первый пункт.|2. Второй пункт.
Акад. В. И. Вернадский и проф. Н. Петров приехали.
«Победа! Мы это сделали!» – заявил тренер.|Матч завершен.
Ждать осталось недолго…|Скоро весна.
Кто это (и зачем)?|Неизвестно.
Сайт www.primer.by работает с 9.30 до 18.00.|Звоните.
Доклад вел к.э.н. П. Сидоров.|После него выступил А. Ким.
Площадь участка – 12 кв. м.|Цена не указана.
Компания ООО «Рога и копыта» в пос. Лесной закрыта с 1 янв. 2023 г.|Причина неизвестна.
Температура воздуха составит -5...-7 градусов.|Будет ветрено.
В 2023 г. Бразилия стала третьей.|Потом она ушла.
Мы видели яблоки, груши и т. д.|Потом пошли домой.
""",
    "be": """\
А. С. Пушкін нарадзіўся ў 1799 г. у Маскве.|Ён жыў на вул. Леніна.
Гэта 5 млрд. руб. у год.|Шмат.
Тэатр імя Купалы, г. зн. стары тэатр, зачынены.
«Мы прыйдзем!» — сказаў ён.|Усе пайшлі.
Пра гэта паведаміў І. І. Іваноў.|Ён дадаў, што праца працягваецца.
Завод ім. Кірава закрыты.
У г. Мінску і інш. гарадах, у т. л. у Брэсце, адкрылі школы.
Экспарт вырас да 1,5 млрд. долараў.|Імпарт знізіўся.
Сустрэча прайшла 24 мая 2024 г. у Гродне.
Гл. мал. 5 і стар. 12.|Там усё ясна.
1. Першы пункт.|2. Другі пункт.
Хто гэта?!|Невядома...|Пачакаем.
Праф. М. Гарэцкі і акад. Я. Карскі прыехалі.
«Што гэта?»|Ён не адказаў.
Даклад зрабіў П. Сідараў.|Пасля яго выступіла Я. Кім.
Цана – каля 20 руб. за кг.|Гэта танна.
У 2023 г. экспарт вырас на 4,5 %.|Імпарт зменшыўся.
Мы бачылі яблыкі, грушы і г. д.|Потым пайшлі дадому.
— Дзе мы? — спытала Оля.|Адказу не было.
Дырэктар завода ім. Я. Коласа С. В. Зуб сышоў.|Чаму?
""",
    "de": """\
Am 24. Mai kam Dr. Müller.|Er sagte z. B. nichts.
Die 1. Bundesliga kostet 3 Mrd. Dollar bzw. 5 Mio. Euro u.a. in Berlin.
„Das geht nicht.“|Sie ging.
„Das geht nicht“, sagte er.|„Warum?“, fragte sie.
Er kam am 3. 5. 2024 an.|Niemand war da.
Im 19. Jahrhundert lebte Ludwig XIV. nicht mehr.
Die Zahl stieg auf 15.|Das ist viel.
Das war 2020.|Danach kam nichts.
Prof. Dr. h.c. Meier und Fr. Schmidt wohnen in der Hauptstr. 5.|Sie sind alt.
Laut Art. 5 Abs. 3 GG gilt das, d. h. immer.
Es kostet ca. 3,5 Mio. Euro.|Zu viel!
Der FC gewann gegen den 1. FC Köln.|Das Spiel endete 2:1.
J. W. von Goethe schrieb das.|Er starb 1832.
Um 10.30 Uhr begann es.|Wirklich?!|Ja...
Die Firma Müller & Co. KG sowie die Meier GmbH u. Co. sind pleite.
Vom 1. bis 5. Oktober ist geschlossen.
Die Sitzung beginnt am Mo., 3. März, um 9 Uhr.|Alle kommen.
Papst Johannes Paul II. besuchte Polen.|Er blieb drei Tage.
Der 2. Weltkrieg endete 1945.|Danach kam der Frieden.
Sie wohnt in Frankfurt a. M. und arbeitet i. d. R. nachts.|Er nicht.
Er hat ca. 20 Bücher geschrieben, vgl. S. 12.|Das ist viel.
Das Tor fiel in der 90. Minute.|Niemand jubelte.
""",
    "en": """\
Dr. Smith of the U.S. Army paid $3.5 million.|It was No. 5 in Jan. 2020 at 10 a.m. on Friday.
J. K. Rowling wrote it.|"I will."|He left.
"Why?" he asked.|Nobody knew.
He moved to the U.S. in 1990.|He liked it.
Mr. and Mrs. Jones met Gen. Lee, Sen. Cruz and St. John Jr. on Monday.
The firm Apple Inc. said so.|It fell 2.5 percent.
It has vitamin C.|The end.
He arrived at 5 p.m.|The meeting began.
“We won.”|He smiled.
He said, "We won. It was great."|Then he left.
Ph.D. students, e.g. chemists, i.e. scientists, vs. others etc. came.
Wait... what?|Really?!|Yes.
George W. Bush met Lt. Col. John F. Smith.|They talked.
Visit example.com.|It is free.
1. First item.|2. Second item.
It costs approx. 5 million.|That is a lot.
Yahoo! said it would close.|Fine.
The case Smith v. Jones ended.|See p. 5 and Fig. 3.
Gov. Brown and Rep. Lee met at 5 p.m. Tuesday.|No deal was made.
The company, Foo Corp., lost $1.2 bn.|Shares fell.
Washington, D.C. is hot.|So is Texas.
"Stop!" she cried.|"Why?"|He ran.
See Sec. 4.2 on pp. 10-12.|It helps.
He was born on Sept. 3, 1950.|He died in Feb. 2001.
""",
    "pl": """\
Prof. Nowak mieszka przy ul. Długiej 5.|W 2020 r. zarobił 5 tys. zł.
J. Kowalski, tj. prezes, odszedł.|Nie wróci.
Spotkanie odbyło się 24 maja 2024 r.|Prezydent był zadowolony.
To kosztuje 3,5 mln zł, tzn. dużo.
W XX w. powstał m.in. most im. Piłsudskiego.
Dr hab. A. Nowak i mgr. inż. B. Lis przyjechali.|Byli zmęczeni.
„Nie wiem” – powiedział.|„Dlaczego?” – zapytała.
„To koniec.”|Wyszedł.
Zajął 1. miejsce, a nie 2. pozycję.
Zob. str. 5 i art. 3 ust. 2.|Tam jest wszystko.
Kto to?!|Nie wiadomo...|Poczekajmy.
Premier RP, tzw. szef, im. i nazwisko itd. są znane.
1. Pierwszy punkt.|2. Drugi punkt.
Ok. 5 tys. osób przyszło.|To dużo.
Pociąg odjeżdża o godz. 10.30 z al. Solidarności.
Ustawa z dn. 5 maja 2020 r. weszła w życie.|Nikt nie protestował.
Firma zarobiła 3 mld zł.|To rekord.
Por. Jan Nowak i ks. Adam Lis przyszli o godz. 18.|Było zimno.
– Gdzie jesteśmy? – zapytała Ola.|Nikt nie odpowiedział.
W latach 90. XX w. mieszkał w Krakowie.|Potem wyjechał.
Kupił jabłka, gruszki itp.|Potem wrócił.
""",
    "es": """\
El Sr. López vive en EE.UU. desde 2010.|¿Qué pasa?|¡Nada!
La Sra. Gómez pagó 3,5 millones.|El Dr. Ruiz no.
EE. UU. y la U.E. firmaron.|Fue en enero.
«No lo sé», dijo.|«¿Por qué?»|Nadie respondió.
Vive en la Av. Colón núm. 5, aprox. a 2 calles.|Está lejos.
J. L. Borges nació en Bs. As. en 1899.|Murió en 1986.
—No —dijo ella—.|Me voy.
Fue en el s. XX a.C. y d.C. también.
El Prof. Díaz y la Dra. Vega llegaron a las 10 a.m. del lunes.
«Hemos ganado.»|Sonrió.
Ud. y Uds. pueden ver la pág. 5.|Es fácil.
¿Quién es?|¡¿Qué?!|Espera...|Bien.
1. Primer punto.|2. Segundo punto.
Cobró 1.500,50 euros, p. ej. en mayo.|Nada más.
El Gral. San Martín y Sto. Domingo.
La empresa Foo S.A. perdió 3 mill. de euros.|Nadie lo esperaba.
El Ing. Pérez vive en la c/ Mayor n.º 5.|Es feliz.
¿Dónde estamos? —preguntó Ana.|Nadie respondió.
La reunión es a las 5 p. m. en Madrid.|Vendrán todos.
«¡Alto!», gritó.|Todos corrieron.
Los EE. UU. crecieron un 2,5 %.|México también.
""",
    "zh": """\
中国。|“你好！”|他说。
好吗？|「是。」|完了
他说：“今天很好。”|然后走了。
价格上涨了3.5%。|真的吗？！|是的……好吧。
《新闻》报道。|记者：“什么？”|没人回答。
他（总统）来了。|她走了！
第一。|第二。|第三。
Apple公司发布iPhone 16。|很贵。
『好。』|他笑了。
他问：“你去哪里？”|她没有回答。
会议于5月24日举行。|共有1,200人参加！
《人民》杂志（2020年）报道了此事。|“真的吗？”|是的。
""",
}
"""Lines to split; `|` stands where a sentence ends."""


def _split(text: str, language: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, language)]


def _lines() -> list[tuple[str, str]]:
    return [(language, line) for language, lines in CASES.items() for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("language", "line"), _lines())
def test_sentences_of_each_language_end_where_a_reader_ends_them(language: str, line: str) -> None:
    """Abbreviations, initials, ordinals, quotations and dates do not cut a sentence, and its end does."""
    sentences = line.split("|")
    assert _split(("" if language == "zh" else " ").join(sentences), language) == sentences


def test_a_long_article_in_one_line_is_cut_as_its_lines_are() -> None:
    """A text far longer than the library is given at once is still cut at its sentences only."""
    sentences = [line.replace("|", " ") for language, line in _lines() if language == "be" and "|" not in line]
    sentences = [sentence for sentence in sentences if sentence[0].isupper()] * 60
    assert _split(" ".join(sentences), "be") == sentences


def test_a_quotation_nobody_closed_does_not_swallow_the_sentences_after_it() -> None:
    """A forgotten quotation mark costs the cuts near it, not those of the whole paragraph."""
    rest = ["The council met again on Friday to read the report in full."] * 20
    sentences = _split('He called it "a small step and left. ' + " ".join(rest), "en")
    assert len(sentences) > 15


def test_a_line_ends_a_sentence() -> None:
    """Headings and list entries without a full stop are sentences of their own."""
    assert _split("Погода\n\nМинск +5\r\nБрест +7\u2028Гродно", "ru") == [
        "Погода",
        "Минск +5",
        "Брест +7",
        "Гродно",
    ]


@pytest.mark.parametrize("language", ["und", "xx", "", "be-tarask", "ja"])
def test_any_language_code_is_taken(language: str) -> None:
    """A language that nobody knows is split by rules that suit most."""
    assert _split("One came. Two left!", language) == ["One came.", "Two left!"]


def test_half_a_character_stays_where_it_is() -> None:
    """What a broken escape in a JSON record leaves behind moves no offset."""
    assert _split("One\ud800 came. Two left!", "en") == ["One\ud800 came.", "Two left!"]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("unit", ["a", ".", "« ", "«", "„", "А.", "1. ", "… ", "Dr. ", '" ', "。", "」", " ", "5 г. А"])
def test_hostile_text_is_split_in_a_second(unit: str) -> None:
    """100,000 characters of anything take no more than a second or so, and nothing of them is lost."""
    text = (unit * 100_000)[:100_000]
    begun = time.process_time()
    spans = split_sentences(text, "en")
    assert time.process_time() - begun < 2
    assert sum(len(text[s.start : s.end].replace(" ", "")) for s in spans) == len(text.replace(" ", ""))


_FRAGMENTS = st.sampled_from([*".!?…。«»„“”\"'()—-,1Аяzß人\n \t\r\x85\u2028\x1c", "г. ", " Dr. ", "т. е.", "😀", "é"])


@given(
    st.one_of(st.text(max_size=200), st.lists(_FRAGMENTS, max_size=80).map("".join)),
    st.sampled_from(["be", "ru", "en", "de", "pl", "es", "zh", "und", "uk"]),
)
def test_spans_are_trimmed_and_in_order_and_cover_every_character(text: str, language: str) -> None:
    """Whatever the text, only white space lies outside its sentences, and none of it at their edges."""
    reached = 0
    for span in split_sentences(text, language):
        assert not text[reached : span.start].strip()
        assert span.start < span.end
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        reached = span.end
    assert not text[reached:].strip()
