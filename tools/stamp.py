"""A round red stamp and a signature, drawn over a page as ink is: both darken what lies below them."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

RED = (214, 42, 52)
BLUE = (36, 48, 140)
STAMP_MM = 36  # diameter of an agency's stamp
_MM = 300 / 25.4


def _multiply(page: Image.Image, layer: Image.Image, corner: tuple[int, int]) -> None:
    """Lay a layer of ink on white over the page."""
    box = (*corner, corner[0] + layer.width, corner[1] + layer.height)
    page.paste(ImageChops.multiply(page.crop(box), layer), corner)


def _ring_text(
    layer: Image.Image, text: str, font: ImageFont.FreeTypeFont, radius: float, *, below: bool
) -> None:
    """Letters along a circle, over its top or, upright, along its bottom."""
    middle = layer.width / 2
    lengths = [font.getlength(letter) for letter in text]
    angle = -sum(lengths) / 2 / radius
    for letter, length in zip(text, lengths, strict=True):
        turn = angle + length / 2 / radius
        angle += length / radius
        size = round(font.size * 2)
        tile = Image.new("L", (size, size), 0)
        ImageDraw.Draw(tile).text((size / 2, size / 2), letter, 255, font, anchor="mm")
        degrees = math.degrees(turn) if below else -math.degrees(turn)
        tile = tile.rotate(degrees, Image.Resampling.BICUBIC)
        x = middle + radius * math.sin(turn)
        y = middle + radius * math.cos(turn) if below else middle - radius * math.cos(turn)
        layer.paste(RED, (round(x - size / 2), round(y - size / 2)), tile)


def _star(draw: ImageDraw.ImageDraw, middle: float, radius: float) -> None:
    points = [
        (middle + r * math.sin(math.pi * k / 5), middle - r * math.cos(math.pi * k / 5))
        for k, r in enumerate([radius, radius * 0.382] * 5)
    ]
    draw.polygon(points, RED)


def draw_stamp(
    page: Image.Image,
    middle: tuple[int, int],
    text: tuple[str, ...],
    ring_font: ImageFont.FreeTypeFont,
    centre_font: ImageFont.FreeTypeFont,
) -> None:
    """Stamp a page.

    Args:
        page: RGB, 300 dpi; changed in place.
        middle: centre of the stamp in pixels.
        text: over the ring's top, along its bottom, then the lines in the middle, under the star.
        ring_font: font of the ring.
        centre_font: font of the lines in the middle.
    """
    size = round(STAMP_MM * _MM)
    layer = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(layer)
    draw.ellipse((4, 4, size - 5, size - 5), outline=RED, width=9)
    draw.ellipse((18, 18, size - 19, size - 19), outline=RED, width=3)
    inner = size * 0.31
    draw.ellipse(
        (size / 2 - inner, size / 2 - inner, size / 2 + inner, size / 2 + inner), outline=RED, width=3
    )
    radius = size * 0.385
    _ring_text(layer, text[0], ring_font, radius, below=False)
    _ring_text(layer, text[1], ring_font, radius, below=True)
    if len(text) < 3:
        _star(draw, size / 2, size * 0.1)
    pitch = centre_font.size * 1.15
    for index, line in enumerate(text[2:]):
        y = size / 2 + (index - (len(text) - 3) / 2) * pitch
        draw.text((size / 2, y), line, RED, centre_font, anchor="mm")
    # Ink does not cover evenly: it pales towards one side.
    shade = np.linspace(0.72, 1.0, size)[None, :, None]
    uneven = 255 - (255 - np.asarray(layer, dtype=np.float64)) * shade
    turned = Image.fromarray(uneven.astype(np.uint8)).rotate(-7, Image.Resampling.BICUBIC, fillcolor="white")
    _multiply(page, turned, (middle[0] - size // 2, middle[1] - size // 2))


def draw_signature(page: Image.Image, middle: tuple[int, int], seed: int) -> None:
    """A signature in blue ink: a few long strokes around ``middle``, other ones for another seed."""
    width, height = round(52 * _MM), round(22 * _MM)
    layer = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(layer)
    rng = np.random.default_rng(seed)
    phase = rng.uniform(0, 2 * math.pi, 3)
    steps = np.linspace(0, 1, 400)
    swing = 0.62 - 0.4 * steps
    x = width * (0.1 + 0.75 * steps + 0.06 * np.sin(steps * 23 + phase[0]))
    y = height * (0.5 + 0.5 * swing * np.sin(steps * 27 + phase[1]) + 0.1 * np.sin(steps * 5 + phase[2]))
    draw.line(list(zip(x.tolist(), y.tolist(), strict=True)), BLUE, 6, joint="curve")
    draw.line((width * 0.06, height * 0.86, width * 0.93, height * 0.6), BLUE, 5)
    _multiply(page, layer, (middle[0] - width // 2, middle[1] - height // 2))
