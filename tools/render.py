"""Typeset an administrative document on A4 pages as Decree 30 (Nghị định 30/2020/NĐ-CP) lays it out.

A document is a :class:`Draft`, read from a TOML file; :func:`render` gives its pages, each an image with the
text lines that are on it, in reading order; :func:`render_plain` sets a page of body text alone. The same
draft, fonts and Pillow give the same pixels. The typefaces have about the measures of Times New Roman and
every Vietnamese letter; some look-alikes (Liberation Serif 1) print boxes for them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from restore.language.vietnamese import nfc
from tools.stamp import draw_signature, draw_stamp
from tools.typeface import DPI, TINOS, Typeface, load_font, pixels

NATIONAL_NAME, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
INK = (24, 24, 28)

# Measures of Decree 30, Phụ lục I, in millimetres and points.
PAGE_MM = (210, 297)
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20, 20, 30, 18
INDENT_MM = 12.7
BODY_PT, HEADER_PT, LIST_PT = 14, 13, 11
LEADING = 1.22  # line pitch in font sizes; the Decree asks for single to one and a half
PARAGRAPH_PT = 6
SIGNATURE_LINES = 4.5  # room for signature and stamp

# Column centres as shares of the text width: issuer and national name at the top, recipients and signer at
# the end.
LEFT_CENTRE, RIGHT_CENTRE, SIGNER_CENTRE = 0.19, 0.70, 0.74


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body.

    Attributes:
        text: with ``**bold**`` and ``_italic_`` runs.
        style: ``paragraph`` (indented, justified), ``basis`` (the same in italics), ``centre`` (bold,
        centred). outline: what it is in the outline: level, number, title; empty where it is none of it.
    """

    text: str
    style: str = "paragraph"
    outline: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A document to typeset; lines of header and closing are given as they shall break."""

    issuer_parent: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    place_date: str
    title: str
    subject: tuple[str, ...]
    body: tuple[Paragraph, ...]
    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    position: tuple[str, ...]
    name: str
    stamp: tuple[str, ...] = ()
    fields: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """Where a word was set: its left edge, the top of its line, its width and type size, in pixels."""

    text: str
    left: float
    top: float
    width: float
    size: float


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page image (RGB, 300 dpi), its blocks of lines in reading order, and its words as they were set."""

    image: Image.Image
    blocks: tuple[tuple[str, ...], ...]
    words: tuple[PlacedWord, ...]

    @property
    def text(self) -> str:
        """One printed line a line, an empty line between blocks."""
        return "\n\n".join("\n".join(block) for block in self.blocks) + "\n"


def read_draft(path: Path) -> Draft:
    """A draft from its TOML file.

    The keys are the attributes of :class:`Draft`; ``[[body]]`` tables those of :class:`Paragraph`,
    ``outline`` a table.
    """
    raw = tomllib.loads(nfc(path.read_text(encoding="utf-8")))
    body = tuple(
        Paragraph(entry["text"], entry.get("style", "paragraph"), tuple(entry.get("outline", {}).items()))
        for entry in raw.pop("body")
    )
    lists = {key: tuple(value) for key, value in raw.items() if isinstance(value, list)}
    return Draft(**(raw | lists | {"body": body}))


Run = tuple[str, str]  # a word and its style


def parse_runs(text: str, style: str) -> list[Run]:
    """The words of a text with their style; ``**`` switches bold and ``_`` italics.

    >>> parse_runs("**Điều 1.** Mở đầu", "")
    [('Điều', 'b'), ('1.', 'b'), ('Mở', ''), ('đầu', '')]
    """
    runs: list[Run] = []
    bold, italic = "b" in style, "i" in style
    for word in text.split():
        bold, word = (not bold, word[2:]) if word.startswith("**") else (bold, word)
        italic, word = (not italic, word[1:]) if word.startswith("_") else (italic, word)
        closes_bold, closes_italic = word.endswith("**"), word.endswith("_")
        word = word.removesuffix("**").removesuffix("_")
        runs.append((word, "b" * bold + "i" * italic))
        bold, italic = bold ^ closes_bold, italic ^ closes_italic
    return runs


def break_lines(
    runs: list[Run], points: float, width: int, indent: int, face: Typeface = TINOS
) -> list[list[Run]]:
    """Runs broken into lines of at most ``width`` pixels, the first one shortened by ``indent``."""
    lines: list[list[Run]] = [[]]
    used = float(indent)
    for word, style in runs:
        font = load_font(style, points, face)
        length = font.getlength(word)
        blank = font.getlength(" ") if lines[-1] else 0.0
        if lines[-1] and used + blank + length > width:
            lines.append([])
            used, blank = 0.0, 0.0
        lines[-1].append((word, style))
        used += blank + length
    return lines


class _Setter:
    """Sets lines from the top of the page down and keeps their text; begins a new page where one is full."""

    def __init__(self, face: Typeface = TINOS, points: float = BODY_PT, leading: float = LEADING) -> None:
        self.face, self.points, self.leading = face, points, leading
        self.pages: list[tuple[Image.Image, list[list[str]], list[PlacedWord]]] = []
        self.left, self.right = pixels(LEFT_MM), pixels(PAGE_MM[0] - RIGHT_MM)
        self.bottom = pixels(PAGE_MM[1] - BOTTOM_MM)
        self.y = 0.0
        self.start_page()

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def image(self) -> Image.Image:
        return self.pages[-1][0]

    @property
    def blocks(self) -> list[list[str]]:
        return self.pages[-1][1]

    def start_page(self) -> None:
        page = Image.new("RGB", (pixels(PAGE_MM[0]), pixels(PAGE_MM[1])), "white")
        self.pages.append((page, [], []))
        self.y = float(pixels(TOP_MM))
        if len(self.pages) > 1:
            # The number stands in the middle of the top margin; the first page has none.
            self.y -= pixels(8)
            self.centre(str(len(self.pages)), self.left + self.width / 2, "", BODY_PT)
            self.blocks.append([str(len(self.pages))])
            self.y = float(pixels(TOP_MM + 2))

    def font(self, style: str, points: float) -> ImageFont.FreeTypeFont:
        return load_font(style, points, self.face)

    def pitch(self, points: float) -> float:
        return points * self.leading * DPI / 72

    def centre(self, text: str, x: float, style: str, points: float) -> None:
        """One line centred on ``x``; a run of blanks stays as a gap for a number written in by hand."""
        font = self.font(style, points)
        left = x - font.getlength(text) / 2
        ImageDraw.Draw(self.image).text((left, self.y), text, INK, font)
        self.pages[-1][2].append(PlacedWord(_one_blank(text), left, self.y, font.getlength(text), font.size))
        self.y += self.pitch(points)

    def rule(self, x: float, length: float) -> None:
        y = self.y + pixels(1)
        ImageDraw.Draw(self.image).line((x - length / 2, y, x + length / 2, y), INK, 3)

    def line(self, runs: list[Run], x: float, width: float, points: float, *, justify: bool) -> None:
        """One line of runs; justified lines spread what is left over their blanks."""
        draw = ImageDraw.Draw(self.image)
        lengths = [self.font(style, points).getlength(word) for word, style in runs]
        blank = self.font("", points).getlength(" ")
        if justify and len(runs) > 1:
            blank = (width - sum(lengths)) / (len(runs) - 1)
        for (word, style), length in zip(runs, lengths, strict=True):
            font = self.font(style, points)
            draw.text((x, self.y), word, INK, font)
            self.pages[-1][2].append(PlacedWord(word, x, self.y, length, font.size))
            x += length + blank
        self.y += self.pitch(points)


def _header(setter: _Setter, draft: Draft) -> None:
    """Boxes 1 to 4 of the Decree: issuer and number left, national name, motto, place and date right."""
    top, left = setter.y, setter.left + setter.width * LEFT_CENTRE
    right = setter.left + setter.width * RIGHT_CENTRE
    widest = max(
        setter.font("b", HEADER_PT).getlength(line) for line in (*draft.issuer_parent, *draft.issuer)
    )
    points = HEADER_PT if widest < setter.width * 0.4 else HEADER_PT - 1
    for line in draft.issuer_parent:
        setter.centre(line, left, "", points)
    for line in draft.issuer:
        setter.centre(line, left, "b", points)
    setter.rule(left, pixels(22))
    issuer_end, setter.y = setter.y, top
    setter.centre(NATIONAL_NAME, right, "b", HEADER_PT - 0.5)
    setter.centre(MOTTO, right, "b", BODY_PT)
    setter.rule(right, setter.font("b", BODY_PT).getlength(MOTTO))
    setter.y = max(issuer_end, setter.y) + pixels(4)
    row = setter.y
    setter.centre(draft.number, left, "", HEADER_PT)
    setter.y = row
    setter.centre(draft.place_date, right, "i", BODY_PT)
    left_column = ([*draft.issuer_parent, *draft.issuer], [_one_blank(draft.number)])
    right_column = ([NATIONAL_NAME, MOTTO], [_one_blank(draft.place_date)])
    setter.blocks.extend((*left_column, *right_column))


def _one_blank(text: str) -> str:
    return " ".join(text.split())


def _title(setter: _Setter, draft: Draft) -> None:
    """Box 5a: type and subject, and the rule below them."""
    middle = setter.left + setter.width / 2
    setter.y += pixels(6)
    setter.centre(draft.title, middle, "b", BODY_PT)
    for line in draft.subject:
        setter.centre(line, middle, "b", BODY_PT)
    setter.rule(middle, pixels(30))
    setter.y += pixels(6)
    setter.blocks.append([draft.title, *draft.subject])


def _paragraph(setter: _Setter, paragraph: Paragraph) -> None:
    """Box 6: one paragraph, over a page break where it must."""
    centred = paragraph.style == "centre"
    style = {"basis": "i", "centre": "b"}.get(paragraph.style, "")
    indent = 0 if centred else pixels(INDENT_MM)
    runs = parse_runs(paragraph.text, style)
    texts: list[str] = []
    lines = break_lines(runs, setter.points, setter.width, indent, setter.face)
    for index, line in enumerate(lines):
        if setter.y + setter.pitch(setter.points) > setter.bottom:
            if texts:
                setter.blocks.append(texts)
            setter.start_page()
            texts = []
        text = " ".join(word for word, _ in line)
        if centred:
            setter.centre(text, setter.left + setter.width / 2, "b", setter.points)
        else:
            shift = indent if index == 0 else 0
            left, width = setter.left + shift, setter.width - shift
            setter.line(line, left, width, setter.points, justify=index < len(lines) - 1)
        texts.append(text)
    setter.blocks.append(texts)
    setter.y += PARAGRAPH_PT * DPI / 72


def _closing(setter: _Setter, draft: Draft) -> None:
    """Boxes 7 to 9b: recipients on the left, signer with signature and stamp on the right."""
    height = (len(draft.authority) + len(draft.position) + 1 + SIGNATURE_LINES) * setter.pitch(BODY_PT)
    if setter.y + height > setter.bottom:
        setter.start_page()
    setter.y += pixels(4)
    top = setter.y
    setter.line([("Nơi", "bi"), ("nhận:", "bi")], setter.left, setter.width, LIST_PT + 1, justify=False)
    recipients = ["Nơi nhận:"]
    for recipient in draft.recipients:
        width = round(setter.width * 0.46)
        for line in break_lines(parse_runs(recipient, ""), LIST_PT, width, 0, setter.face):
            setter.line(line, setter.left, setter.width, LIST_PT, justify=False)
            recipients.append(" ".join(word for word, _ in line))
    centre, setter.y = setter.left + setter.width * SIGNER_CENTRE, top
    for line in (*draft.authority, *draft.position):
        setter.centre(line, centre, "b", BODY_PT)
    signature = setter.y
    setter.y += SIGNATURE_LINES * setter.pitch(BODY_PT)
    name = setter.y
    setter.centre(draft.name, centre, "b", BODY_PT)
    setter.blocks.extend((recipients, [*draft.authority, *draft.position], [draft.name]))
    draw_signature(setter.image, (round(centre), round((signature + name) / 2)), len(draft.name))
    if draft.stamp:
        # A third of the stamp covers the signature (Decree 30, Điều 33), and here its lower edge the name.
        middle = (round(centre - pixels(20)), round(name - pixels(13)))
        draw_stamp(setter.image, middle, draft.stamp, setter.font("b", 7.5), setter.font("b", 6.5))


def render(
    draft: Draft, face: Typeface = TINOS, points: float = BODY_PT, leading: float = LEADING
) -> tuple[RenderedPage, ...]:
    """The pages of a draft; size and leading (in type sizes) are those of its body.

    Raises:
        FileNotFoundError: the typeface is not installed.
    """
    setter = _Setter(face, points, leading)
    _header(setter, draft)
    _title(setter, draft)
    for paragraph in draft.body:
        _paragraph(setter, paragraph)
    _closing(setter, draft)
    return _rendered(setter)


def render_plain(
    paragraphs: Iterable[Paragraph], face: Typeface = TINOS, points: float = BODY_PT, leading: float = LEADING
) -> RenderedPage:
    """One page of body text, as many paragraphs as it holds, the last one cut where the page ends.

    Raises:
        FileNotFoundError: the typeface is not installed.
    """
    setter = _Setter(face, points, leading)
    for paragraph in paragraphs:
        _paragraph(setter, paragraph)
        if len(setter.pages) > 1:
            break
    return _rendered(setter)[0]


def _rendered(setter: _Setter) -> tuple[RenderedPage, ...]:
    return tuple(
        RenderedPage(image, tuple(map(tuple, blocks)), tuple(words)) for image, blocks, words in setter.pages
    )
