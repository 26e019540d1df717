"""Deadlines and dates in running text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore.content import Deadline
from restore.meaning.moments import iso_moment, last_day, moment_at
from restore.parser import build_document

HEAD = "ỦY BAN NHÂN DÂN\nXÃ AN LÃO\n\nSố: 5/KH-UBND\n\nAn Lão, ngày 01 tháng 3 năm 2024\n\nKẾ HOẠCH\nTrồng cây\n\nI. NỘI DUNG\n"


def deadlines(text: str) -> tuple[Deadline, ...]:
    return build_document(f"{HEAD}1. {text}\n").deadlines


def values(text: str) -> list[tuple[str, str | None]]:
    return [(one.kind, one.date.value or one.period or one.recurrence) for one in deadlines(text)]


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        ("Báo cáo trước ngày 05/12/2024.", "trước ngày 05/12/2024", "2024-12-05"),
        (
            "Gửi chậm nhất là ngày 20 tháng 6 năm 2024 về xã.",
            "chậm nhất là ngày 20 tháng 6 năm 2024",
            "2024-06-20",
        ),
        ("Gửi trước 16 giờ 00 ngày 12/4.", "trước 16 giờ 00 ngày 12/4", "2024-04-12"),
        ("Gửi trước 17h00, thứ Sáu, ngày 12/4/2024.", "trước 17h00, thứ Sáu, ngày 12/4/2024", "2024-04-12"),
        (
            "Thời gian hoàn thành xong trước ngày 31/3/2025.",
            "hoàn thành xong trước ngày 31/3/2025",
            "2025-03-31",
        ),
        ("Làm đến hết ngày 30/6.", "đến hết ngày 30/6", "2024-06-30"),
        ("Hoàn thành trong tháng 6 năm 2024.", "Hoàn thành trong tháng 6 năm 2024", "2024-06"),
        ("Tập huấn trong quý III/2024.", "trong quý III/2024", "2024-Q3"),
        ("Trồng xong trước quý II năm 2025.", "xong trước quý II năm 2025", "2025-Q2"),
        ("Giải ngân hết vốn trong năm 2024.", "trong năm 2024", "2024"),
        ("Trồng xong trong 6 tháng đầu năm 2024.", "xong trong 6 tháng đầu năm 2024", "2024-01/2024-06"),
        (
            "Ra quân từ ngày 01/5/2024 đến ngày 31/5/2024.",
            "từ ngày 01/5/2024 đến ngày 31/5/2024",
            "2024-05-01/2024-05-31",
        ),
        (
            "Ra quân từ ngày 05 đến hết ngày 10/6/2024.",
            "từ ngày 05 đến hết ngày 10/6/2024",
            "2024-06-05/2024-06-10",
        ),
        ("Ra quân từ tháng 3 đến tháng 6 năm 2024.", "từ tháng 3 đến tháng 6 năm 2024", "2024-03/2024-06"),
        ("Thời gian: 01 buổi, vào 14 giờ 00 ngày 12/6/2024.", "ngày 12/6/2024", "2024-06-12"),
        ("Hạn cuối nhận hồ sơ: 17 giờ 00 ngày 30/4/2024.", "ngày 30/4/2024", "2024-04-30"),
        ("Thời gian: 02 ngày 15 và 16/6/2024.", "15 và 16/6/2024", "2024-06-15/2024-06-16"),
        ("Gửi báo cáo năm trước ngày 15/12.", "trước ngày 15/12", "2024-12-15"),
        ("Gửi trước 10h00' ngày 15/4/2024.", "trước 10h00' ngày 15/4/2024", "2024-04-15"),
        ("Hạn nộp: 15/5/2024.", "15/5/2024", "2024-05-15"),
        ("Nộp báo cáo năm trước ngày 05/12/2024.", "trước ngày 05/12/2024", "2024-12-05"),
        ("Nộp trước  ngày 05/12/2024.", "trước ngày 05/12/2024", "2024-12-05"),
        ("Để xã kịp ban hành trong quý II năm 2024.", "trong quý II năm 2024", "2024-Q2"),
        ("Tham mưu ban hành trước ngày 30/6/2024.", "trước ngày 30/6/2024", "2024-06-30"),
        ("Thời gian: từ 7 giờ 30 đến 11 giờ 30 ngày 15/5/2024.", "ngày 15/5/2024", "2024-05-15"),
        ("Ra quân từ 05-10/6/2024.", "từ 05-10/6/2024", "2024-06-05/2024-06-10"),
        ("Ra quân từ 01/3-30/4/2024.", "từ 01/3-30/4/2024", "2024-03-01/2024-04-30"),
        ("Gửi không muộn hơn ngày 20/5/2024.", "muộn hơn ngày 20/5/2024", "2024-05-20"),
        ("Hoàn thành xong trong ngày 20/5/2024.", "xong trong ngày 20/5/2024", "2024-05-20"),
        ("Sửa chữa hoàn thành vào tháng 6/2024.", "hoàn thành vào tháng 6/2024", "2024-06"),
        (
            "Bà An phụ trách kể từ ngày 01 tháng 5 năm 2024 đến hết ngày 31 tháng 7 năm 2024.",
            "kể từ ngày 01 tháng 5 năm 2024 đến hết ngày 31 tháng 7 năm 2024",
            "2024-05-01/2024-07-31",
        ),
    ],
)
def test_dates(text: str, words: str, date: str) -> None:
    (found,) = deadlines(text)
    assert (found.kind, found.date.value) == ("date", date)
    assert words in (found.text.value or "") or found.text.value in words
    assert found.section_id == "s1.1"


@pytest.mark.parametrize(
    ("text", "period", "working_days"),
    [
        ("Trả lời trong 10 ngày làm việc.", "P10D", True),
        ("Trả lời trong thời hạn 06 tháng.", "P6M", False),
        ("Trả lời trong thời hạn không quá 15 (mười lăm) ngày kể từ ngày nhận.", "P15D", False),
        ("Trả lời trong vòng 24 giờ.", "PT24H", False),
        ("Trả lời chậm nhất sau 05 ngày làm việc kể từ ngày 05/4/2024.", "P5D", True),
        ("Trả lời trong thời hạn mười hai tháng.", "P12M", False),
        ("Trả lời trong 2 tuần.", "P2W", False),
        ("Thời hạn giải quyết: 02 năm.", "P2Y", False),
        ("Thời hạn trả lời không quá 03 ngày.", "P3D", False),
        ("Trả lời không quá 03 ngày kể từ ngày nhận.", "P3D", False),
        ("Niêm yết tại trụ sở trong 15 ngày liên tục.", "P15D", False),
    ],
)
def test_periods(text: str, period: str, working_days: bool) -> None:
    (found,) = deadlines(text)
    assert (found.kind, found.period, found.working_days) == ("period", period, working_days)


@pytest.mark.parametrize(
    ("text", "words", "recurrence"),
    [
        ("Báo cáo hằng quý.", "hằng quý", "quarterly"),
        ("Báo cáo trước ngày 20 hằng tháng.", "trước ngày 20 hằng tháng", "monthly"),
        ("Báo cáo trước ngày 15 tháng 12 hàng năm.", "trước ngày 15 tháng 12 hàng năm", "yearly"),
        (
            "Báo cáo trước 06 giờ 00 và 16 giờ 00 hằng ngày.",
            "trước 06 giờ 00 và 16 giờ 00 hằng ngày",
            "daily",
        ),
        ("Tiêm từ ngày 05 đến ngày 10 hằng tháng.", "từ ngày 05 đến ngày 10 hằng tháng", "monthly"),
        ("Họp định kỳ 6 tháng.", "định kỳ 6 tháng", "half-yearly"),
        ("Họp 3 tháng một lần.", "3 tháng một lần", "quarterly"),
        ("Họp ít nhất 01 lần/năm.", "01 lần/năm", "yearly"),
        ("Họp mỗi tuần một lần.", "mỗi tuần", "weekly"),
        ("Tuần tra mỗi ngày hai lượt.", "mỗi ngày", "daily"),
        ("Gửi chậm nhất ngày 05 của tháng sau.", "chậm nhất ngày 05 của tháng sau", "monthly"),
        ("Gửi ngày 15 của tháng cuối quý.", "ngày 15 của tháng cuối quý", "quarterly"),
        ("Báo cáo hằng năm (trước ngày 30/11).", "hằng năm", "yearly"),
        ("Kiểm kê, kết thúc trước ngày 30/11 hằng năm.", "trước ngày 30/11 hằng năm", "yearly"),
        ("Báo cáo hằng ngày trước 14 giờ.", "hằng ngày", "daily"),
        ("Đánh giá chất lượng rừng hằng quý.", "hằng quý", "quarterly"),
        ("Đề nghị hằng tháng các xã họp.", "hằng tháng", "monthly"),
        ("Báo cáo định kỳ ngày 20 hằng tháng.", "ngày 20 hằng tháng", "monthly"),
        ("Các chi bộ sinh hoạt định kỳ mỗi tháng 01 lần.", "định kỳ mỗi tháng", "monthly"),
    ],
)
def test_recurring(text: str, words: str, recurrence: str) -> None:
    (found,) = deadlines(text)
    assert (found.kind, found.text.value, found.recurrence) == ("recurring", words, recurrence)
    assert found.date.value is None


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch này có hiệu lực từ ngày 01/5/2024 đến hết ngày 31/12/2024.",
        "Giấy này có giá trị đến hết ngày 30/11/2024.",
        "Năm học 2023-2024, giai đoạn từ năm 2021 đến năm 2025.",
        "Ủng hộ các cây trồng trước ngày 01/01/2024.",
        "Trong năm 2024, xã đã trồng 500 cây.",
        "Trong 6 tháng đầu năm, các xã trồng 500 cây.",
        "Rà soát các văn bản gửi trước ngày 31 tháng 12 của năm trước; đóng hội phí hằng năm.",
        "Thực hiện Kế hoạch số 9/KH-UBND ngày 05/4/2024.",
        "Trong 5 năm qua, trong 12 tháng liên tục, thời giờ không quá 8 giờ/ngày.",
        "Trước ngày Kế hoạch này có hiệu lực.",
        "Cây mới quy định tại đây, theo quy định, cửa hàng năm sao, tháng ngày qua đi, đời sống hằng ngày.",
        "Kết quả đạt được từ phong trào hàng năm, qua đó nâng cao ý thức.",
        "Mỗi ngày đến trường là một ngày vui.",
        "Xã đã hoàn thành tháng 4/2024.",
        "Bí thư giải quyết công việc hằng ngày, sinh hoạt hằng ngày; trả lương và hỗ trợ chất lượng hằng tháng.",
        "Thời hạn hợp đồng không quá 05 năm; bảo hành trong thời hạn 12 tháng; thẻ có thời hạn không quá 10 năm.",
        "Áp dụng với văn bản do xã ban hành trước ngày 01/7/2024.",
        "Số liệu tính từ ngày 15/3/2024 đến ngày 14/6/2024.",
        "Trợ cấp xã hội hằng tháng; bố trí trong dự toán ngân sách hằng năm.",
        "Quý trước đến nay, năm trước đến ngày 5/4; hội nghị không quá 01 ngày.",
    ],
)
def test_no_deadlines(text: str) -> None:
    assert values(text) == []


def test_the_text_of_a_term_under_a_heading() -> None:
    (found,) = deadlines("Thời hạn giải quyết: 15 ngày, không kể ngày nghỉ.")
    assert (found.text.value, found.period) == ("15 ngày", "P15D")


def test_half_a_year_and_a_year() -> None:
    assert values("Định kỳ 6 tháng, hằng năm báo cáo.") == [
        ("recurring", "half-yearly"),
        ("recurring", "yearly"),
    ]


def test_several_in_order() -> None:
    text = "Hằng tháng, các xã báo cáo trước ngày 20; hoàn thành trước ngày 30/6/2024, trả lời trong 5 ngày."
    assert values(text) == [("recurring", "monthly"), ("date", "2024-06-30"), ("period", "P5D")]


def test_neither_bases_nor_annexes_have_deadlines() -> None:
    text = (
        "QUYẾT ĐỊNH\nBan hành Quy chế trước ngày 30/6/2034\n\nCăn cứ Luật Cây xanh, trong thời hạn 05 ngày;\n\nQUYẾT ĐỊNH:\n\n"
        "Điều 1. Ban hành Quy chế.\nĐiều 2. Các xã báo cáo trước ngày 01/7/2034.\n\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\nCHỦ TỊCH\n\nPhan Thị Diễm\n\n"
        "PHỤ LỤC\nDANH MỤC CÂY\n1. Cây bàng trồng hằng năm\n2. Cây phượng\n"
    )
    assert [one.date.value for one in build_document(text).deadlines] == ["2034-07-01"]


def test_dates_named_without_those_of_documents_cited() -> None:
    document = build_document(
        f"{HEAD}1. Ngày 05/4/2024 và tháng 6 năm 2024, theo Kế hoạch số 9/KH-UBND ngày 02/02/2022, năm 2023, 45/13/2024.\n"
    )
    assert [one.value for one in document.mentions.dates] == ["2024-04-05", "2024-06"]


@pytest.mark.parametrize(
    ("folded", "iso"),
    [
        ("ngay 31/12", "2024-12-31"),
        ("31/02/2024", None),
        ("quy iv", "2024-Q4"),
        ("06/2025", "2025-06"),
        ("6 thang cuoi nam", "2024-07/2024-12"),
        ("nam 2026", "2026"),
    ],
)
def test_moments(folded: str, iso: str | None) -> None:
    found = moment_at(folded, 0)
    assert found is not None
    assert iso_moment(found, 2024) == iso


@given(st.integers(1945, 2099), st.integers(1, 12))
def test_the_last_day_is_not_before_the_value(year: int, month: int) -> None:
    for value in (f"{year}", f"{year}-{month:02d}", f"{year}-Q{(month + 2) // 3}", f"{year}-{month:02d}-15"):
        assert last_day(value) >= value[:4]
        assert len(last_day(value)) == len("2024-12-31")


PIECES = st.sampled_from([
    "trước", "chậm nhất", "ngày", "trong", "thời hạn", "10", "ngày làm việc", "05/12/2024", "hằng", "tháng", "quý III/2024",
    "từ", "đến", "định kỳ", "6", "lần", "/", "năm", "2024", "mỗi", "Thời gian:", "\n", ",", "đã", "của tháng sau", "16 giờ 00",
])  # fmt: skip


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_deadlines_stand_in_the_text_apart_from_each_other(text: str) -> None:
    end = 0
    for one in deadlines(text):
        pieces = one.text.provenance
        assert pieces[0].start >= end
        end = pieces[-1].end
        assert (one.kind == "recurring") == (one.recurrence is not None)
        assert (one.kind == "period") == (one.period is not None)
