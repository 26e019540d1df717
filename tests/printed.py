"""Half a page of print, and what can be done to it."""

from __future__ import annotations

from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

WORDS = ["Ủy", "ban", "nhân", "dân", "xã", "tổ", "chức", "ngày", "hội", "đọc", "sách", "cho", "thiếu", "nhi"]
DPI = 150


@cache
def _printed(dpi: int) -> np.ndarray:
    scale = dpi / DPI
    page = Image.new("L", (round(1240 * scale), round(877 * scale)), 255)
    font = ImageFont.truetype("Tinos-Regular.ttf", round(29 * scale))
    for line in range(14):
        text = " ".join(WORDS[line:] + WORDS[:line])
        ImageDraw.Draw(page).text((140 * scale, (80 + 50 * line) * scale), text, font=font, fill=0)
    return np.array(page)


def printed(dpi: int = DPI) -> np.ndarray:
    """Half an A4 page with fourteen lines of 14 points, the same words in turn, black on white."""
    return _printed(dpi).copy()


def noisy(page: np.ndarray, sigma: float, specks: float = 0.0) -> np.ndarray:
    """Grain of so many grey levels, and a share of the pixels black or white."""
    random = np.random.default_rng(5)
    result = page + random.normal(0, sigma, page.shape)
    chance = random.random(page.shape)
    result[chance < specks / 2] = 0
    result[chance > 1 - specks / 2] = 255
    return np.clip(result, 0, 255).astype(np.uint8)


def shaded(page: np.ndarray) -> np.ndarray:
    """Pale print on paper that darkens to the right."""
    shade = np.linspace(210, 140, page.shape[1])
    return (shade - (255 - page.astype(float)) * 0.4).astype(np.uint8)
