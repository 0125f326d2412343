from __future__ import annotations

import codecs
import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_pages import PAGES

from index.errors import NoArticle
from index.page_bytes import decode_page, tidy_page, tidy_record

TEXTS = {page.language: "\n".join(page.body) for page in PAGES}
ENCODINGS = [
    ("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "cp866"), ("be", "cp1251"), ("de", "latin-1"), ("de", "cp1252"),
    ("es", "latin-1"), ("pl", "cp1250"), ("zh", "gb18030"), ("en", "cp1252"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "encoding"), ENCODINGS)
def test_old_encodings_are_recognised(language: str, encoding: str) -> None:
    """A page without a word about its encoding is read rightly in the encodings of its language."""
    text = TEXTS[language].encode(encoding, "ignore").decode(encoding)
    assert decode_page(text.encode(encoding)) == text


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_its_mark(language: str, encoding: str) -> None:
    """UTF-8, UTF-16 and UTF-32 come out the same, in every language."""
    assert decode_page(TEXTS[language].encode(encoding)) == TEXTS[language]


def test_polish_in_latin_2_with_and_without_its_name() -> None:
    """A declared encoding is used where it works, and a wrong one does no harm."""
    text = "Czekaliśmy na to dwadzieścia lat, powiedziała burmistrz."
    assert decode_page(text.encode("iso-8859-2"), "iso-8859-2") == text
    assert decode_page(text.encode("iso-8859-2"), "utf-8") == text
    assert decode_page(text.encode("utf-8"), "iso-8859-2") == text
    assert decode_page(text.encode("cp1250"), "no-such-encoding") == text


def test_a_damaged_letter_does_not_change_the_encoding() -> None:
    """One broken byte in a page of UTF-8 is left out and the rest is read."""
    content = TEXTS["ru"].encode().replace("моря".encode(), b"") + b"\xd0"
    assert decode_page(content) == TEXTS["ru"]


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\0\0\0"])
def test_empty_files_say_so(content: bytes) -> None:
    """A file of nothing is called empty."""
    with pytest.raises(NoArticle, match="empty"):
        decode_page(content)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    "start", [b"", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"PK\x03\x04", b"\x7fELF\x02\x01\x01\0", b"%PDF-1.7\n"]
)
def test_binary_files_say_so(seed: int, start: bytes) -> None:
    """Pictures, archives and programs are no texts, whatever their names end with."""
    with pytest.raises(NoArticle, match="binary"):
        decode_page(start + random.Random(seed).randbytes(4000))  # noqa: S311


@given(st.binary(max_size=2000), st.none() | st.sampled_from(["utf-8", "cp1251", "idna", "base64", "rot13", "x"]))
def test_any_bytes_give_text_or_a_reason(content: bytes, declared: str | None) -> None:
    """No bytes and no declaration make decoding fail in another way."""
    try:
        text = decode_page(content, declared)
    except NoArticle:
        return
    assert isinstance(text, str)


@given(st.text())
def test_tidying_is_done_once(text: str) -> None:
    """Tidied text is NFC, has no control characters, and stays as it is when tidied again."""
    for tidy in (tidy_page, tidy_record):
        clean = tidy(text)
        assert tidy(clean) == clean
        assert unicodedata.is_normalized("NFC", clean)
        assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in clean.replace("\n", "").replace("\t", ""))


def test_records_are_tidied_lightly() -> None:
    """A record keeps its spaces, tabs and soft hyphens; line ends become one kind."""
    assert tidy_record("a\xa0 b\tc\xad\r\nd\0e\u0301") == "a\xa0 b\tc\xad\nd" + "é"
    assert tidy_page("a\xa0 b\tc\xad\r\nd\0") == "a b c\nd"


def test_marks_are_no_part_of_the_text() -> None:
    """A byte order mark is not a letter."""
    assert decode_page(codecs.BOM_UTF8 + "Мост".encode()) == "Мост"
