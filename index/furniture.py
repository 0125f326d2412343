"""Lines that belong to a site and not to its articles, told by what they are.

Weather, network names, addresses, rights, and the calls and list headings that news sites everywhere put around a
text, in seven languages. What is special to one site is left to `index.boilerplate`, which sees it recur.
"""

from __future__ import annotations

import re
from enum import Enum

_SHORT_CHARS = 600
_SHORT_LETTERS = 120
_CREDIT_LETTERS = 90
_LABEL_LETTERS = 30
_PHONE_DIGITS = 9
_HAN_WEIGHT = 2.5
_HAN = re.compile("[\u3400-\u9fff]")
_ALPHANUMERIC = re.compile(r"[^\W_]")
SENTENCE_END = re.compile(r"""[.!?…。！？]["'»”“’)\]）」』]*$""")

_NETWORKS = (
    r"x|twitter|telegram|телеграмм?|тэлеграм|facebook|фейсбук|instagram|инстаграм|youtube|ютуб|vk(?:ontakte)?|"
    r"вк(?:онтакте)?|odnoklassniki|одноклассники|ok|ок|viber|вайбер|whats ?app|tik ?tok|linkedin|rss|threads|"
    r"bluesky|mastodon|pinterest|reddit|flickr|rutube|e-?mail|messenger|(?:яндекс[ .]?)?дзен|(?:yandex[ .]?)?zen|"
    r"微信|微博|抖音|脸书|推特|电报|google news|livejournal|ok\.ru|vk\.com"
)
_ONLY_NETWORKS = re.compile(rf"\W*(?:(?:{_NETWORKS})\b[\W_]*)+", re.IGNORECASE)

# What asks the reader to do something, at the start of a short line; a sentence may do so too.
_CALLS = re.compile(
    r"""\W*(?:
    subscrib(?:e|ing)\b|(?:please\s)?follow\s(?:us|our)\b|sign\sup\s(?:for|to)\b|join\s(?:us|our)\b|all\srights\sreserved|
    if\syou\s(?:notice|find|spot|see)\s(?:an?)\s(?:error|mistake|typo)|share\s(?:this|on|via|it)\b|
    abonnier|folgen\ssie\s(?:uns|unser)|alle\srechte\svorbehalten|lesen\ssie\s(?:auch|mehr|weiter)|
    подписывайтесь|подпишитесь|присоединяйтесь\sк\sнам|поделитесь|читайте\s(?:также|нас|ещ[её])|все\sправа\sзащищены|
    если\sвы\s(?:заметили|нашли)\s(?:ошибку|опечатку)|следите\sза\sнаш|
    падпі(?:свайцеся|шыцеся|шыся)|сачыце\sза\sнаш|далучайцеся\sда\sнас|падзяліцеся|чытайце\s(?:таксама|нас|яшчэ)|
    усе\sправы\sабаронены|
    subskrybuj|zapisz\ssię\s(?:na|do)|śledź\snas|obserwuj(?:cie)?\snas|polub\snas|dołącz\sdo\snas|wszelkie\sprawa\szastrz|
    (?:czytaj|przeczytaj|zobacz|obejrzyj)\s(?:także|też|również)|udostępnij\b|
    suscr[ií]b[ae]|s[íi]g(?:ue|a)nos|s[ií]guenos|[úu]nete\sa\s|todos\slos\sderechos|(?:lea|lee|vea)\s(?:también|además)|
    订阅|訂閱|关注我们|關注我們|版权所有|版權所有|延伸阅读
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Labels of links and headings of lists; a sentence that begins so is a sentence.
_HEADINGS = re.compile(
    r"""\W*(?:
    share(?:\swith)?\W*(?:$|:)|(?:read|see|watch)\s(?:also|more|next)\b|related\b|print(?:\sversion|able)?\W*$|copy\slink|
    (?:all|latest|recent|top|more|other|breaking|popular|main|last)\s(?:news|stories|headlines|articles)\b|
    most\s(?:read|popular|viewed|recent)|back\sto\s|leave\sa\scomment|comments?\W*\d*\W*$|advertis(?:ement|ing)?\W*$|
    (?:copyright|terms\sof\suse|privacy\spolicy)\b|\d+\s(?:views|comments|min(?:utes)?\sread)|(?:views?|reading\stime|tags?)\s?:|
    accept(?:\sall)?\W*$|
    teilen(?:\sauf|\ssie)?\W*(?:$|:)|(?:druckversion|drucken)\W*$|mehr\szum\sthema|das\skönnte\ssie|verwandte\s|
    (?:alle|letzte|neue|neueste|aktuelle|weitere|wichtigste|mehr|andere)\s(?:nachrichten|meldungen|news|artikel)\b|
    link\skopieren|meistgelesen|
    подписаться|подписка\W*(?:$|:|на\s(?:нас|новости|рассылку))|поделиться|читать\s(?:также|далее|ещ[её])|
    (?:смотрите|смотреть)\sтакже|подробнее\W*$|(?:рас)?печатать\W*$|
    (?:все|последние|главные|другие|свежие|топ|ещ[её]|больше)[\s-](?:новости|новостей|материалы)|топ-новости|популярное\W*$|
    новости\s(?:по\sтеме|рубрики|раздела|партн[её]ров)|(?:материалы\s|новости\s|ещ[её]\s)?по\sтеме\W*(?:$|:)|похожие\s|
    версия\sдля\sпечати|скопировать\sссылку|
    падпіса(?:цца|ць)|падпіска\W*(?:$|:|на\s(?:нас|навіны))|падзяліцца|чытаць\s(?:таксама|далей|яшчэ)|глядзіце\sтаксама|
    (?:усе|апошнія|галоўныя|іншыя|свежыя|топ|больш|яшчэ)[\s-](?:навіны|навін|матэрыялы)|навіны\s(?:па\sтэме|рубрыкі|раздзела)|
    (?:матэрыялы\s)?па\sтэме\W*(?:$|:)|версія\sдля\sдруку|друкаваць\W*$|скапіраваць\s|падобныя\s|
    subskrypcja\W*$|(?:czytaj|zobacz)\s(?:więcej|dalej)|podziel\ssię\W*(?:$|:)|podobne\sartyk|powiązane\s|
    (?:wszystkie|ostatnie|najnowsze|najważniejsze|inne|pozostałe|więcej|główne)\s(?:wiadomości|aktualności|newsy|artykuły)|
    (?:wersja\sdo\sdruku|drukuj)\W*$|s?kopiuj\slink|najczęściej\sczytane|
    compartir\W*(?:$|:|en\s)|comparte\W*(?:$|:|en\s)|(?:leer|ver)\s(?:más|también)|véase\stambién|
    (?:todas\slas|últimas|otras|principales|más|recientes)\s(?:noticias|historias)|noticias\s(?:recientes|relacionadas)|
    (?:versión\spara\s)?imprimir\W*$|versión\s(?:imprimible|para\simpresión)|artículos\srelacionad|copiar\senlace|
    lo\smás\sleído|
    分享(?:到|至|[:：|\s]|$)|相关(?:新闻|阅读|报道|文章|链接)|(?:所有|全部|最新|更多|热门|最近|近期|其他|头条).{0,8}(?:新闻|消息|资讯)$|
    .{2,6}(?:最新|近期)(?:新闻|消息)$|打印(?:版|本页|页面)?$|复制链接|责任编辑|阅读更多
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT = re.compile(
    r"""[\W_]*(?:(?:an?\s)?(?:archive|file)\sphotos?\b|photos?\s?(?:by|courtesy|from|credit|[:©/])|(?:image|picture|video)s?\s?(?:by|courtesy|credit|[:©])|
    screenshots?\s(?:of|from)|illustrative\sphoto|
    fotos?\s?(?:von|aus|de|del|:|/|©)|bild(?:er)?\s?[:©]|archivfoto|symbolfoto|
    фото(?:\s(?:из\s|носит|с\sсайта|автора|(?-i:[А-ЯЁ]))|\s?[:©/])|фота(?:\s(?:з\s|аўтара|(?-i:[А-ЯЎІЁ]))|\s?[:©/])|снимок\s|скриншот|скрыншот|видео\s?[:©]|відэа\s?[:©]|архивное\sфото|архіўнае\sфота|
    zdjęci[ea]\s?(?:archiwalne|ilustracyjne|z\s|:)|(?:fot|zdj)\.|zdjęcie\s?:|foto(?:graf[íi]a)?s?\s?(?:[:©/]|de\sarchivo)|imagen\s?:|archivo\s?$|
    (?:资料|档案)?(?:图片?|照片|摄影|视频)(?:来源)?\s?[:：/]|资料(?:图|照)|图[为源]|图片(?:来源|由)|(?:新华社|白通社)?记者?.{2,4}摄$)""",
    re.IGNORECASE | re.VERBOSE,
)
_WEATHER = re.compile(r"(?:[^\W\d_][^\W\d_.'’-]*[ ,:]+){0,5}[+\-−–]?\d{1,2}\s?(?:°\s?[CFСc]?|℃)\W*")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+|\bwww\.\S+|(?:\+|\b)\d[\d ()-]{8,}\d\b")
_RIGHTS = re.compile(r"©|\(c\)\s?(?:19|20)\d\d|ctrl\s?\+\s?enter", re.IGNORECASE)
_COOKIES = re.compile(r"\bcookies?\b|куки|кукі", re.IGNORECASE)
_COOKIES_OF = re.compile(
    r"site|web|seite|browser|сайт|браузер|stron|witryn|sitio|página|accept|网站|浏览", re.IGNORECASE
)


class Shape(Enum):
    """What a line looks like, by itself."""

    TEXT = "text"
    CREDIT = "credit of a photo or video"
    SIGN = "signs without words"
    FURNITURE = "furniture of the site"


def count_letters(line: str) -> int:
    """Count letters and digits; a Chinese character says as much as two and a half."""
    han = len(_HAN.findall(line))
    return len(_ALPHANUMERIC.findall(line)) - han + round(_HAN_WEIGHT * han)


def shape_of(line: str, letters: int | None = None) -> Shape:
    """Say what a line is by its shape alone; `letters` is their count, if it is known already."""
    if not any(char.isalpha() for char in line):
        return Shape.SIGN
    letters = count_letters(line) if letters is None else letters
    if letters > 2 * _SHORT_LETTERS or len(line) > _SHORT_CHARS:
        return Shape.TEXT
    if _RIGHTS.search(line) and (letters <= _SHORT_LETTERS or not SENTENCE_END.search(line)):
        return Shape.FURNITURE
    if letters > _SHORT_LETTERS:
        return Shape.TEXT
    sentence = letters > _LABEL_LETTERS and SENTENCE_END.search(line) is not None
    if _CALLS.match(line) or (not sentence and _HEADINGS.match(line)):
        return Shape.FURNITURE
    if _ONLY_NETWORKS.fullmatch(line) or _WEATHER.fullmatch(line):
        return Shape.FURNITURE
    if _is_menu(line) or _is_address(line) or (_COOKIES.search(line) and _COOKIES_OF.search(line)):
        return Shape.FURNITURE
    if letters <= _CREDIT_LETTERS and _CREDIT.match(line):
        return Shape.CREDIT
    return Shape.TEXT


def _is_menu(line: str) -> bool:
    """Whether a line is a row of links: `Share: Telegram | Mail | Copy link`."""
    parts = [part for part in re.split(r"\s[|•·]\s|\s?\|\s?", line) if part.strip()]
    return len(parts) > 1 and all(count_letters(part) <= _LABEL_LETTERS for part in parts[1:])


def _is_address(line: str) -> bool:
    """Whether a line is an address with at most a label."""
    if not ("@" in line or "//" in line or "www." in line or sum(map(str.isdigit, line)) >= _PHONE_DIGITS):
        return False
    rest = _ADDRESS.sub("", line)
    return rest != line and count_letters(rest) <= _LABEL_LETTERS
