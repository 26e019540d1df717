"""Decoding of bytes and recognition of the codes of old fonts."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from viparse.normalize.encodings import CHARMAPS

from restore.errors import InputError
from restore.language.encodings import convert_legacy, decode
from restore.language.legacy import LEGACY_ENCODINGS, from_legacy
from restore.language.vietnamese import nfc, split_letter, strip_marks, strip_tones

CASES = Path(__file__).parent / "cases" / "encodings"
SENTENCES: list[str] = json.loads((CASES / "sentences.json").read_text(encoding="utf-8"))
NEGATIVE: list[dict[str, str]] = json.loads((CASES / "negative.json").read_text(encoding="utf-8"))
TEXT = "\r\n".join(SENTENCES) + "\r\n"
# TCVN3 has no code for accented capitals; the sentences hold none.
_ADDED = {"ẳ": "aú", "ỵ": "î"}  # of VNI, where viparse has no entry


def encode_legacy(text: str, encoding: str) -> str:
    """The Latin-1 reading of a text in a legacy encoding: the tables the other way round."""
    codes: dict[str, str] = dict(_ADDED) if encoding == "vni" else {}
    for code, letter in CHARMAPS[encoding].pairs:
        codes.setdefault(letter, code)
    return "".join(codes.get(letter, letter) for letter in text)


def encode_1258(text: str) -> bytes:
    """Windows-1258: letters with their mark, tones as combining characters after them."""
    return "".join(strip_tones(letter) + split_letter(letter).tone for letter in text).encode("cp1258")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_round_trip(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert decoded.encoding == {"utf-16": "utf-16-le"}.get(encoding, encoding)
    assert decoded.replaced == 0


def test_utf_16_big_endian_with_mark() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")) == (TEXT, "utf-16-be", 0)


@pytest.mark.parametrize("text", [TEXT, *SENTENCES])
@pytest.mark.parametrize("encoding", LEGACY_ENCODINGS)
def test_legacy_bytes_round_trip(encoding: str, text: str) -> None:
    assert decode(encode_legacy(text, encoding).encode("latin-1")) == (text, encoding, 0)


@pytest.mark.parametrize("text", [TEXT, *SENTENCES])
def test_windows_1258_is_given_as_decoded(text: str) -> None:
    decoded = decode(encode_1258(text))
    assert decoded.encoding == "windows-1258"
    assert nfc(decoded.text) == text
    assert decoded.text != text  # tones stay combining characters: composing them is an edit, not a decoding


@pytest.mark.parametrize("text", [TEXT, *SENTENCES])
@pytest.mark.parametrize("encoding", LEGACY_ENCODINGS)
def test_legacy_code_points_are_converted(encoding: str, text: str) -> None:
    assert convert_legacy(encode_legacy(text, encoding)) == (text, encoding)


@pytest.mark.parametrize("encoding", ["viscii", "vps"])
def test_legacy_code_points_read_as_windows_1252(encoding: str) -> None:
    """What a program shows that takes the bytes for Windows-1252; five bytes have no character there."""
    text = TEXT + TEXT.upper()
    codes = encode_legacy(text, encoding).encode("latin-1")
    seen = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in codes)
    assert seen != codes.decode("latin-1")
    assert convert_legacy(seen) == (text, encoding)


def test_tcvn3_from_a_pdf_layer_has_minus_signs_for_letters() -> None:
    layer = encode_legacy("nhà nước, Thủ tướng, số 12", "tcvn3").replace("\u00ad", "\u2212")
    assert "\u2212" in layer
    assert from_legacy(layer, "tcvn3") == "nhà nước, Thủ tướng, số 12"
    assert from_legacy("3 \u2212 2 = 1", "tcvn3") == "3 \u2212 2 = 1"


def test_tcvn3_capital_fonts() -> None:
    """Capital fonts draw the codes of small letters large: TØNH is TỈNH, not TỉNH."""
    heading = encode_legacy("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".lower(), "tcvn3")
    typed = re.sub("[a-z]", lambda letter: letter[0].upper(), heading)
    assert (
        from_legacy(typed + "\nQuận Kiến An", "tcvn3").splitlines()[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    )
    assert from_legacy(encode_legacy("Và Sở Y tế gửi UBND", "tcvn3"), "tcvn3") == "Và Sở Y tế gửi UBND"


def test_a_stamp_in_unicode_stays_as_it_is() -> None:
    stamp = "Ký bởi: Sở Nội vụ, cô Vân có nhà"
    lines = [*SENTENCES[:4], stamp, *SENTENCES[4:]]
    text = "\n".join(line if line == stamp else encode_legacy(line, "tcvn3") for line in lines)
    assert convert_legacy(text) == ("\n".join(lines), "tcvn3")


@pytest.mark.parametrize("case", NEGATIVE, ids=[case["label"] for case in NEGATIVE])
def test_never_fires(case: dict[str, str]) -> None:
    assert convert_legacy(case["text"]) is None
    assert convert_legacy("\n".join([case["text"]] * 20)) is None


def test_every_part_of_correct_text_is_left_alone() -> None:
    """Correct, stripped and decomposed text, in windows of one to twelve words."""
    words = " ".join(SENTENCES).split()
    for size in (1, 2, 3, 5, 8, 12):
        for start in range(len(words) - size):
            window = " ".join(words[start : start + size])
            for text in (window, window.upper(), strip_marks(window), unicodedata.normalize("NFD", window)):
                assert convert_legacy(text) is None, text


SYLLABLES = sorted({word.strip(",;:") for sentence in SENTENCES for word in sentence.split()})


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=30))
def test_correct_vietnamese_is_never_converted(words: list[str]) -> None:
    text = " ".join(words)
    assert convert_legacy(text) is None
    assert decode(text.encode()) == (text, "utf-8", 0)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])))
def test_any_text_in_utf_8_is_read_as_it_is(text: str) -> None:
    data = text.encode()
    if not data.startswith((b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\xef\xbb\xbf", b"II*", b"MM")):
        assert decode(data).text == text


def test_plain_latin_text_is_windows_1252() -> None:
    french = "Le comité a décidé – enfin – que l’été sera long. Où êtes-vous né, garçon?"
    assert decode(french.encode("cp1252")) == (french, "windows-1252", 0)


def test_ascii_and_empty() -> None:
    assert decode(b"Ke hoach\r\n") == ("Ke hoach\r\n", "utf-8", 0)
    assert decode(b"") == ("", "utf-8", 0)


def test_a_broken_byte_costs_one_character() -> None:
    data = ("\n".join(SENTENCES) * 5).encode()
    place = data.index("ứ".encode()) + 1
    decoded = decode(data[:place] + data[place + 1 :])
    assert decoded.encoding == "utf-8"
    assert decoded.replaced == 1
    assert decoded.text.count("\ufffd") == 1


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"PK\x03\x04\x14", "ZIP, DOCX, XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "DOC, XLS"),
    ],
)
def test_other_kinds_of_files_are_named(data: bytes, kind: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "a.txt")
    assert caught.value.key == "text-is-binary"
    assert caught.value.values == {"path": "a.txt", "kind": kind}


@pytest.mark.parametrize("size", [40, 1000, 20_000])
def test_random_bytes_are_no_text(size: int) -> None:
    data = random.Random(size).randbytes(size)
    with pytest.raises(InputError) as caught:
        decode(data, "noise.bin")
    assert caught.value.key == "unreadable-text"


@pytest.mark.parametrize(
    "data",
    [
        b"abc\0\0\0def" * 50,  # many, and in rows
        b"PATH=/bin:/usr/bin\0LANG=vi_VN.UTF-8\0" * 50,  # strings that end in NUL
        b"ustar" + b"\0" * 512 + b"Lorem ipsum " * 100_000,  # padding
        b"\0\1\2\3\4",
        b"\0",
        ("Căn cứ Kế hoạch\0".encode() + b"\xff") * 3,
    ],
)
def test_nul_bytes_are_no_text(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode(data)
    assert caught.value.key == "unreadable-text"


def test_a_stray_nul_is_part_of_its_text() -> None:
    short = "Căn cứ Kế hoạch số\0 12 của Ủy ban nhân dân"
    assert decode(short.encode()) == (short, "utf-8", 0)
    long = "\0".join("\n".join(SENTENCES) * 3 for _ in range(3))
    assert decode(long.encode()) == (long, "utf-8", 0)


@pytest.mark.parametrize(
    "text", ["a", "Ke", "Uy ban nhan dan huyen", "Căn cứ Kế hoạch", "\n".join(SENTENCES)]
)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_not_taken_for_utf_8_with_nuls(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding, 0)


def test_tables_are_unambiguous() -> None:
    """Two letters never share a code in one encoding, or a conversion could not be right."""
    for encoding in LEGACY_ENCODINGS:
        codes = sorted(code for code, _ in CHARMAPS[encoding].pairs)
        assert all(first != second for first, second in pairwise(codes))


@pytest.mark.parametrize("encoding", LEGACY_ENCODINGS)
def test_the_lines_in_an_old_encoding_of_a_mixed_text_are_converted(encoding: str) -> None:
    lines = TEXT.split("\r\n")
    half = len(lines) // 2
    old = encode_legacy("\n".join(lines[half:]), encoding)
    mixed = "\n".join(lines[:half]) + "\n" + old + "\n" + "\n".join(lines[:half])
    assert convert_legacy(mixed) == ("\n".join([*lines, *lines[:half]]), encoding)


def test_prices_and_names_in_a_unicode_text_are_no_old_encoding() -> None:
    text = "\n".join(
        [*SENTENCES, "Müller & Søn: £500, 30 µm, 5 €", "Æther ©2023 ®", "José, François, Jürgen, Ångström"]
    )
    assert convert_legacy(text) is None
