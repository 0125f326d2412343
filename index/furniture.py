"""Lines that belong to a site and not to its articles, told by what they are.

Weather, network names, addresses, rights, and the calls and list headings that news sites everywhere put around a
text, in seven languages. What is special to one site is left to `index.boilerplate`, which sees it recur.
"""

from __future__ import annotations

import re
from enum import Enum

_SHORT_LETTERS = 120
_CREDIT_LETTERS = 90
_LABEL_LETTERS = 30
_HAN_WEIGHT = 2.5
_HAN = re.compile("[\u3400-\u9fff]")
_ALPHANUMERIC = re.compile(r"[^\W_]")
SENTENCE_END = re.compile(r"""[.!?…。！？]["'»”“’)\]）」』]*$""")

_NETWORKS = (
    r"x|twitter|telegram|телеграмм?|тэлеграм|facebook|фейсбук|instagram|инстаграм|youtube|ютуб|vk(?:ontakte)?|"
    r"вк(?:онтакте)?|odnoklassniki|одноклассники|ok|ок|viber|вайбер|whats ?app|tik ?tok|linkedin|rss|threads|"
    r"bluesky|mastodon|pinterest|reddit|flickr|rutube|e-?mail|messenger|(?:яндекс[ .]?)?дзен|(?:yandex[ .]?)?zen|"
    r"微信|微博|抖音|脸书|推特|电报|google news|livejournal|ok\.ru|vk\.com|max"
)
_ONLY_NETWORKS = re.compile(rf"\W*(?:(?:{_NETWORKS})\b[\W_]*)+", re.IGNORECASE)

# At the start of a short line. Meaning, not wording: subscribe, follow, share, print, read also, lists of news.
_CALLS = re.compile(
    r"""\W*(?:
    # en
    subscrib(?:e|ing)\b(?!rs)|(?:please\s)?follow\s(?:us|our|the\snews)|sign\sup\s(?:for|to)|join\s(?:us|our)|
    share(?:\s(?:this|on|via|it|with)\b|\s*[:|]|$)|(?:read|see|watch)\s(?:also|more|next|on)\b|related\b|print(?:\sversion|able)?\W*$|
    (?:all|latest|recent|top|more|other|breaking|popular|main|last)\s(?:news|stories|headlines|articles)\b|
    most\s(?:read|popular|viewed)|most\srecent|copy\slink|back\sto\s|leave\sa\scomment|comments?\W*\d*$|
    advertis(?:ement|ing)?\W*$|all\srights\sreserved|copyright\b|terms\sof\s|privacy\spolicy|
    (?:views?|reading\stime)\s?:|\d+\s(?:views|comments|min(?:utes)?\sread)|
    if\syou\s(?:notice|find|spot|see)\s(?:a|an)\s(?:error|mistake|typo)|(?:accept|reject)(?:\sall)?\W*$|tags?\s?:|
    # de
    abonnier|folgen\ssie\s(?:uns|der|den)|teilen(?:\s(?:auf|sie)|\s*[:|]|$)|lesen\ssie\s(?:auch|mehr|weiter)|(?:druckversion|drucken)\W*$|
    (?:alle|letzte|neu(?:e|este)|aktuelle|weitere|wichtigste|mehr|andere)\s(?:nachrichten|meldungen|news|artikel)\b|
    mehr\szum\sthema|das\skönnte\ssie|verwandte|alle\srechte\svorbehalten|link\skopieren|meistgelesen|
    # ru
    подписывайтесь|подпишитесь|подписаться|подписка\s(?:на|в)|следите\sза\sн|присоединяйтесь\sк\sнам|поделиться|поделитесь|
    чита(?:йте|ть)\s(?:также|нас|ещ[её]|далее|подробнее)|смотрите\sтакже|подробнее\W*$|
    (?:все|последние|главные|другие|свежие|топ|ещ[её]|самые|больше)[\s-](?:новости|новостей|материалы|читаемое)|
    новости\s(?:по\sтеме|рубрики|раздела|партн[её]ров|компаний)|(?:материалы\s|ещ[её]\s)?по\sтеме\b|похожие|версия\sдля\sпечати|
    (?:рас)?печата(?:ть|йте)\W*$|скопировать\sссылку|все\sправа\sзащищены|если\sвы\s(?:заметили|нашли)\s|топ-новости|популярное|
    # be
    падпіс(?:вайцеся|ацца|вацца)|падпі(?:шыце|шыся|ска\s)|сачыце\sза|далучайцеся|падзяліцца|падзяліцеся|
    чыта(?:йце|ць)\s(?:таксама|нас|яшчэ|далей)|глядзіце\sтаксама|
    (?:усе|апошнія|галоўныя|іншыя|свежыя|топ|больш|яшчэ)[\s-](?:навіны|навін|матэрыялы)|навіны\s(?:па\sтэме|рубрыкі|раздзела)|
    па\sтэме\b|версія\sдля\sдруку|друкаваць\W*$|скапіраваць|усе\sправы\sабаронены|падобныя|
    # pl
    subskryb|zapisz\ssię|śledź\snas|obserwuj(?:cie)?\snas|polub\snas|dołącz\sdo\snas|udostępnij|podziel\ssię\s(?:na|artyk)|
    (?:czytaj|przeczytaj|zobacz|obejrzyj)\s(?:także|też|również|więcej|dalej)|
    (?:wszystkie|ostatnie|najnowsze|najważniejsze|inne|pozostałe|więcej|główne)\s(?:wiadomości|aktualności|newsy|artykuły)|
    (?:wersja\sdo\sdruku|drukuj)\W*$|powiązane|podobne\sartyk|kopiuj\slink|skopiuj\slink|wszelkie\sprawa|najczęściej\sczytane|
    # es
    suscr[ií]b|s[íi]g(?:ue|a)nos|s[ií]guenos|siga\scon|[úu]nete|compartir|comparte|
    (?:lea|lee|leer|vea|ver)\s(?:también|más|además)|véase|
    (?:todas\slas|últimas|otras|principales|más|recientes)\s(?:noticias|historias)|noticias\s(?:recientes|relacionadas)|
    (?:versión\spara\s)?imprimir\W*$|versión\s(?:imprimible|para\simpresión)|relacionad|copiar\senlace|todos\slos\sderechos|lo\smás\sleído|
    # zh
    订阅|訂閱|关注我们|分享(?:到|至|[:：|\s]|$)|延伸阅读|相关(?:新闻|阅读|报道|文章|链接)|
    (?:所有|全部|最新|更多|热门|最近|近期|其他|头条)(?:的|白俄罗斯)?.{0,5}(?:新闻|消息|资讯|报道)$|(?:白俄罗斯|.{2,6})最新(?:新闻|消息)$|
    打印(?:版|本页)?$|复制链接|版权所有|责任编辑|阅读更多
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT = re.compile(
    r"""[\W_]*(?:(?:an?\s)?(?:archive|file)\sphotos?\b|photos?\s?(?:by|courtesy|from|credit|[:©/])|(?:image|picture|video)s?\s?(?:by|courtesy|credit|[:©])|
    screenshots?\s(?:of|from)|illustrative\sphoto|
    fotos?\s?(?:von|aus|de|del|:|/|©)|bild(?:er)?\s?[:©]|archivfoto|symbolfoto|
    фото\s?(?:из|носит|с\s|автора|[:©/]|[А-ЯЁ])|фота\s?(?:з|аўтара|[:©/]|[А-ЯЎІЁ])|снимок\s|скриншот|скрыншот|видео\s?[:©]|відэа\s?[:©]|архивное\sфото|архіўнае\sфота|
    zdjęci[ea]\s?(?:archiwalne|ilustracyjne|z\s|:)|(?:fot|zdj)\.|zdjęcie\s?:|foto(?:graf[íi]a)?s?\s?(?:[:©/]|de\sarchivo)|imagen\s?:|archivo\s?$|
    (?:资料|档案)?(?:图片?|照片|摄影|视频)(?:来源)?\s?[:：/]|资料(?:图|照)|图[为源]|图片(?:来源|由)|(?:新华社|白通社)?记者?.{2,4}摄$)""",
    re.IGNORECASE | re.VERBOSE,
)
_WEATHER = re.compile(r"(?:[^\W\d_][^\W\d_.'’-]*[ ,:]+){0,5}[+\-−–]?\d{1,2}\s?(?:°\s?[CFСc]?|℃)\W*")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+|\bwww\.\S+|(?:\+|\b)\d[\d ()-]{8,}\d\b")
_RIGHTS = re.compile(r"©|\(c\)\s?(?:19|20)\d\d|ctrl\s?\+\s?enter", re.IGNORECASE)
_COOKIES = re.compile(r"\bcookies?\b|куки|кукі", re.IGNORECASE)


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


def shape_of(line: str) -> Shape:
    """Say what a line is by its shape alone."""
    if not any(char.isalpha() for char in line):
        return Shape.SIGN
    letters = count_letters(line)
    if letters > 2 * _SHORT_LETTERS:
        return Shape.TEXT
    if _RIGHTS.search(line) and (letters <= _SHORT_LETTERS or not SENTENCE_END.search(line)):
        return Shape.FURNITURE
    if letters > _SHORT_LETTERS:
        return Shape.TEXT
    if _CALLS.match(line) or _ONLY_NETWORKS.fullmatch(line) or _WEATHER.fullmatch(line):
        return Shape.FURNITURE
    if _is_menu(line) or _is_address(line) or _COOKIES.search(line):
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
    rest = _ADDRESS.sub("", line)
    return rest != line and count_letters(rest) <= _LABEL_LETTERS
