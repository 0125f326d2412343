"""The bytes of a page into clean text, whatever encoding they are in.

UTF-8 and marked UTF-16 say what they are. Old eight-bit encodings are told apart by how well the result reads,
among those the seven languages were written in: charset-normalizer, the usual choice, takes Latin-1 Spanish for
cp1250.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from index.errors import NoArticle

MAX_PAGE_BYTES = 20_000_000

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In order of preference where a text reads equally well in several.
_OLD_ENCODINGS = ("cp1252", "cp1251", "cp1250", "iso8859-2", "gb18030", "koi8-r", "cp866", "big5")
_WIDE_ENCODINGS = ("utf-16-le", "utf-16-be")
_SAMPLE_BYTES = 60_000
_DAMAGED_SHARE = 0.05
_CONTROL_SHARE = 0.002
_ORDINARY_SHARE = 0.7

_MARKS = frozenset(" ©®°·§±«»„“”‘’‚–—…•№€£")
_WESTERN = frozenset("äöüßÄÖÜáéíóúñçàèìòùâêîôûëïœæøåÁÉÍÓÚÑÇÀÈØÅ¿¡ªº´")
_CENTRAL = frozenset("äöüßÄÖÜąćęłńóśźżĄĆĘŁŃÓŚŹŻáéíúýčďěňřšťůžľőűÁÉČŘŠŽ")
_CYRILLIC = re.compile("[а-яА-ЯёЁіІўЎїЇєЄґҐ]")
_EXPECTED = {"cp1252": _WESTERN, "cp1250": _CENTRAL, "iso8859-2": _CENTRAL}
_CHINESE = re.compile("[\u4e00-\u9fff\u3001-\u3017\uff01-\uff5e]")
_ORDINARY = re.compile("[\t\n\r -~\xa0-\u024f\u0401-\u045f\u2010-\u2026\u3001-\u3011\u4e00-\u9fff\uff01-\uff1f]")
# A capital inside a word, or letters of two scripts in one: signs of the wrong encoding.
_BROKEN_WORD = re.compile(
    r"[a-zа-яёіў][A-ZА-ЯЁІЎ]|[a-zA-Z][а-яА-Яіў\u4e00-\u9fff]|[а-яА-Яіў\u4e00-\u9fff][a-zA-Z]"
    r"|[a-z][^\W\da-z]*[ĄĆĘŁŃŚŹŻ]|(?<!\w)[żź](?=[A-Z])"
)

_NEWLINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")


def decode_page(content: bytes, declared: str | None = None) -> str:
    """Decode a page, by its own declaration (an HTTP or HTML charset) where that works.

    Raises: NoArticle (empty, or no text at all).
    """
    if not content.strip(b" \t\r\n\0"):
        raise NoArticle("the file is empty")
    text = _decode(content, declared)
    controls = len(_CONTROL.findall(text, 0, _SAMPLE_BYTES))
    if controls > max(1, _CONTROL_SHARE * min(len(text), _SAMPLE_BYTES)):
        raise NoArticle("binary content, not a text")
    return text


def tidy_record(text: str) -> str:
    """Normalise to NFC and line ends to `\\n`; take out control characters; change nothing else."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", _NEWLINES.sub("\n", text)))


def tidy_page(text: str) -> str:
    """Clean the text of a page: as `tidy_record`, and without invisible characters and runs of spaces."""
    return _SPACES.sub(" ", tidy_record(_INVISIBLE.sub("", text)))


def _decode(content: bytes, declared: str | None) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) if encoding == "utf-8" else 0 :].decode(encoding, "replace")
    nulls = content.count(b"\0")
    try:
        if nulls <= _CONTROL_SHARE * len(content) + 1:
            return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if nulls:
        return _decode_wide(content)
    utf8 = content.decode("utf-8", "replace")
    damaged = utf8.count("\ufffd")
    if damaged <= _DAMAGED_SHARE * (sum(char > "\x7f" for char in utf8) - damaged):
        return utf8.replace("\ufffd", "")
    if declared and (text := _as_declared(content, declared)):
        return text
    return _best_of(_OLD_ENCODINGS, content)


def _decode_wide(content: bytes) -> str:
    """Decode UTF-16 without a mark: the right byte order is the one that gives ordinary letters and spaces."""
    texts = [content.decode(encoding, "replace") for encoding in _WIDE_ENCODINGS]
    shares = [len(_ORDINARY.findall(text, 0, _SAMPLE_BYTES)) / len(text[:_SAMPLE_BYTES]) for text in texts]
    if max(shares) < _ORDINARY_SHARE or b"\0\0\0\0" in content:
        raise NoArticle("binary content, not a text")
    return texts[shares.index(max(shares))].replace("\ufffd", "")


def _as_declared(content: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(declared).name
        # What calls itself Latin-1 or GB2312 is nearly always its larger sister.
        name = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(name, name)
        return None if name == "utf-8" else content.decode(name)
    except (LookupError, ValueError):
        return None


def _best_of(encodings: tuple[str, ...], content: bytes) -> str:
    sample = content[:_SAMPLE_BYTES]
    best = max(encodings, key=lambda encoding: _readability(sample.decode(encoding, "replace"), encoding))
    return content.decode(best, "replace").replace("\ufffd", "")


def _readability(text: str, encoding: str) -> float:
    """Say how well a decoded sample reads: 1.0 when every special letter is expected, less than 0 for noise."""
    special = [char for char in text if char > "\x7f"]
    expected = _EXPECTED.get(encoding)
    good = 0
    for char in special:
        if (
            char in _MARKS
            or (expected and char in expected)
            or (expected is None and (_CYRILLIC.match(char) or _CHINESE.match(char)))
        ):
            good += 1
    bad = len(special) - good + len(_BROKEN_WORD.findall(text)) + 5 * len(_CONTROL.findall(text))
    return (good - bad) / max(len(special), 1)
