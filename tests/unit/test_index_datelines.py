from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datelines import find_dateline

DATELINES = {
    "Ostrin, 14 October (NPA) - Text": ("Ostrin", "NPA", None),
    "VELDAN, 24. Mai (NPA) - Text": ("VELDAN", "NPA", None),
    "NEW HALM, Oct. 14 (NPA) — Text": ("NEW HALM", "NPA", None),
    "VELDAN/HALM, 14 October (NPA) - Text": ("VELDAN", "NPA", None),
    "14 октября, Вельдан /Корр. СПА/. Текст": ("Вельдан", "СПА", None),
    "14 октября, Вельдан /Елена Зорина - СПА/. Текст": ("Вельдан", "СПА", "Елена Зорина"),
    "14 октября, аг. Новый Лог, Вельданский район /Корр. СПА/. Текст": ("Новый Лог", "СПА", None),
    "14 октября, г. Вельдан /Корр. СПА/. Текст": ("Вельдан", "СПА", None),
    "14 октября, Новый Лог, Вельданский район /Корр. СПА/. Текст": ("Новый Лог", "СПА", None),
    "Вельдан, 14 окт - РНА Новости. Текст": ("Вельдан", "РНА Новости", None),
    "ВЕЛЬДАН, 14 октября. /СПА/. Текст": ("ВЕЛЬДАН", "СПА", None),
    "14 кастрычніка, Вельдан /Кар. СПА/. Тэкст": ("Вельдан", "СПА", None),
    "WELDAN, 14 października (NPA) – Tekst": ("WELDAN", "NPA", None),
    "Weldan (NPA) - Tekst": ("Weldan", "NPA", None),
    "VELDAN, 14 de octubre de 2022 (NPA).- Texto": ("VELDAN", "NPA", None),
    "VELDAN, 14 oct (NPA) – Texto": ("VELDAN", "NPA", None),
    "(NPA) - Text": (None, "NPA", None),
    "维尔丹10月14日（北通社讯）正文": ("维尔丹", "北通社", None),
    "维尔丹，10月14日（北通社）- 正文": ("维尔丹", "北通社", None),
    "北通社维尔丹10月14日电 正文": ("维尔丹", "北通社", None),
    "【北通社维尔丹10月14日讯】正文": ("维尔丹", "北通社", None),
    "（北通社讯）正文": (None, "北通社", None),
    "The mayor (Holm) - a woman of few words": None,
    "Veldan (the capital) is a town.": None,
    "On Sunday, 14 October, the council met.": None,
    "": None,
}


@pytest.mark.parametrize(("paragraph", "parts"), DATELINES.items())
def test_datelines_of_every_order(paragraph: str, parts: tuple[str | None, str | None, str | None] | None) -> None:
    """Place, agency and author are read from the datelines of agencies, and from nothing else."""
    found = find_dateline(paragraph)
    assert (found and (found.place, found.agency, found.author)) == parts
    if found:
        assert paragraph[found.end :].lower().startswith(("tex", "тек", "тэк", "tek", "正文"))


@given(st.text(max_size=400))
def test_any_paragraph_is_safe(paragraph: str) -> None:
    """A dateline ends within its paragraph."""
    found = find_dateline(paragraph)
    assert found is None or 0 < found.end <= len(paragraph)
