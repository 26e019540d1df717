"""What is read anew in documents put together from several, and what stays as it stands: invented pages."""

from __future__ import annotations

import pytest

from restore.correct.corrector import correct
from restore.language.health import FORMULA_RE
from restore.language.vietnamese import strip_marks

HEALTHY = """\
Phòng Nông nghiệp báo cáo kết quả trồng thử giống lúa mới tại ba xã ven sông trong vụ xuân.
Năng suất bình quân đạt 62 tạ mỗi héc ta, cao hơn năm trước; sâu bệnh giảm rõ rệt ở các thửa được làm đất sớm.
Các hộ dân đề nghị được hỗ trợ thêm phân bón và được tập huấn về cách ghi sổ theo dõi đồng ruộng."""
DAMAGED = """\
Can cir KS hoach cua Uy ban nhan dan thanh ph6 v8 viec triSn khai phong trao thi dua, cac phong, ban
va cac dan vi lien quan t6 chuc th\\Ic hi~n nghiem tuc, bao cao kSt qua v8 Uy ban nhan dan thanh ph6
truac ngay 15 thang 6 hang nam dS t6ng hqp, theo doi va don d6c cac dan vi con ch~m."""
RESTORED = """\
Căn cứ Kế hoạch của Ủy ban nhân dân thành phố về việc triển khai phong trào thi đua, các phòng, ban
và các đơn vị liên quan tổ chức thực hiện nghiêm túc, báo cáo kết quả về Ủy ban nhân dân thành phố"""
FOREIGN = {
    "English": """\
Abstract. This report describes the results of a field trial which was carried out with a new
variety of rice in three communes along the river. The mean yield was higher than in the year
before, and losses from pests have been reduced where the soil was tilled early. Keywords: rice, yield.""",
    "Latin": "Danh mục cây: Oryza sativa L., Camellia sinensis (L.) Kuntze, Dipterocarpus alatus Roxb. ex G.Don.",
    "formulas": "Thành phần: H2SO4 98 %, NaHCO3, Ca(OH)2, C6H12O6; phản ứng: 2 H2 + O2 → 2 H2O; E = mc^2; {\\frac{a}{b}}.",
    "addresses": "Liên hệ: phong.nn@vidu.gov.vn hoặc https://vidu.gov.vn/bao-cao?id=12&x=y_z; www.vidu.vn/tai_lieu.pdf.",
    "program": """\
def tong(a, b):
    return a + b  # cong hai so
for i in range(10): print(f"{i}: {tong(i, 1)}")
SELECT id, ten FROM can_bo WHERE nam_sinh > 1980;""",
    "key": "ssh-ed25519 " + "AAAAC3NzaC1lZDI1NTE5" * 10,
}


def test_the_damaged_page_between_healthy_ones_is_restored_and_they_stay() -> None:
    before, restored, after = (
        "\n".join(part)
        for part in _thirds(correct("\n".join([HEALTHY, DAMAGED, HEALTHY])).restored.split("\n"))
    )
    assert (before, after) == (HEALTHY, HEALTHY)
    assert restored.startswith(RESTORED)


def _thirds(lines: list[str]) -> list[list[str]]:
    return [lines[:3], lines[3:6], lines[6:]]


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("around", [HEALTHY, DAMAGED], ids=["healthy", "damaged"])
def test_what_is_no_vietnamese_stays(name: str, around: str) -> None:
    restored = correct("\n".join([around, FOREIGN[name], around])).restored.split("\n")
    assert "\n".join(restored[3:-3]) == FOREIGN[name]
    if around == DAMAGED:
        assert "\n".join(restored).count(RESTORED) == 2


@pytest.mark.parametrize(
    "line",
    [
        "Hòa bình - Aung San Suu Kyi",
        "quốc gia Tây Ban Nha dự FIFA World Cup 2006",
        "1992: Jean Carmet, phim Merci la vie",
        "iPhone 12, iPhone 12 Mini, iPhone 12 Pro và iPhone 12 Pro Max.",
        "trên HarmonyOS.",
        "Cao thế có 4 mức: 66kV, 110kV, 220kV và 500kV",
        "20882Pb + 7030Zn → 278112Cn",
        "Ho Nan-Jie / Anthony Ho (1937-hien tai)",
        "theo quyết1",
        "Tribrômua phốtpho (PBr3)",
        "Let It Go của Tim McGraw",
        "{\\displaystyle 0\\leq F_{\\mathrm {sf} }\\leq \\mu _{\\mathrm {sf} }F_{\\mathrm {N} }}",
        "nay.",
        "1.121,12 km²).",
    ],
)
def test_a_line_alone_that_only_looks_damaged_stays(line: str) -> None:
    assert correct(line).restored == line
    assert correct(f"{HEALTHY}\n{line}\n{HEALTHY}").restored == f"{HEALTHY}\n{line}\n{HEALTHY}"


@pytest.mark.parametrize(
    ("line", "restored"),
    [
        ("- Cong an quan;", "- Công an quận;"),
        ("Thuc hien", "Thực hiện"),
        ("uv BAN NHAN DAN", "ỦY BAN NHÂN DÂN"),
    ],
)
def test_a_line_alone_that_is_damaged_is_restored(line: str, restored: str) -> None:
    assert correct(line).restored == restored


def test_healthy_words_are_context_for_what_is_read_beside_them() -> None:
    """Each lost word has several readings, and those beside it, which stay, say which: "chuc" is chức, chúc or chục."""
    lost = (
        "cac phòng, ban duoc giao nhiem vụ tổ chuc thực hiện kế hoach,\n"
        "bao cáo kết quả về Ủy ban nhân dân thanh phố truoc ngày 15."
    )
    right = (
        "các phòng, ban được giao nhiệm vụ tổ chức thực hiện kế hoạch,\n"
        "báo cáo kết quả về Ủy ban nhân dân thành phố trước ngày 15."
    )
    assert correct(lost).restored == right


def test_a_line_without_marks_in_a_healthy_text_keeps_its_letters_and_case() -> None:
    line = "Bao cao ket qua cua cac ho dan tai ba xa ven song Da Do nam truoc"
    restored = correct(f"{HEALTHY}\n{line}\n{HEALTHY}").restored.split("\n")[3]
    assert restored.startswith("Báo cáo kết quả của các hộ dân")
    assert strip_marks(restored) == line


def test_formulas_inside_damage_stay() -> None:
    line = "Cac dan vi phai kiSm tra dung dich H2SO4, NaHCO3 va PBr5, theo doi va bao cao kSt qua v8 Uy ban nhan dan thanh ph6"
    restored = correct(f"{DAMAGED}\n{line}\n{DAMAGED}").restored.split("\n")[3]
    assert [word for word in restored.split() if any(c.isdigit() for c in word)] == [
        "H2SO4,",
        "NaHCO3",
        "PBr5,",
    ]
    assert "kiểm tra dung dịch" in restored


@pytest.mark.parametrize("word", ["PH6", "N6I", "C6NG", "H6I", "B6", "T6", "PHO1", "S6"])
def test_figures_for_letters_are_no_formula(word: str) -> None:
    assert not FORMULA_RE.fullmatch(word)
