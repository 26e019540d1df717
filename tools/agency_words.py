"""Word tables of :mod:`tools.count_agencies`: how names of agencies open, go on and end."""

from __future__ import annotations


def _names(table: str) -> frozenset[str]:
    return frozenset(name.strip() for line in table.splitlines() for name in line.split("|") if name.strip())


def _runs(table: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(name.split()) for name in _names(table))


# One-syllable type words: they open a name only before a capital.
SHORT_TYPES = _names(
    """
    Ban | Bộ | Cục | Hạt | Hội | Phòng | Quỹ | Sở | Trạm | Tổ | Viện | Vụ | Đoàn | Đài | Đảng | Đội
    """
)
# Type words of two syllables and more; the longest fitting one opens the name.
LONG_TYPES = _runs(
    """
    Ban Chấp hành | Ban Chỉ huy | Ban Chỉ đạo | Ban Quản lý | Ban Thường vụ | Ban Tổ chức | Bảo hiểm Xã hội
    | Bảo hiểm xã hội | Bệnh viện | Bộ Chỉ huy | Bộ Tư lệnh | Chi cục | Công an | Công đoàn |
    Cơ quan Cảnh sát | Cảng vụ | Huyện đoàn | Huyện ủy | Hạt Kiểm lâm | Học viện | Hội đồng |
    Hội đồng nhân dân | Hội đồng quản trị | Hội đồng thành viên | Hội đồng thẩm định | Kho bạc Nhà nước |
    Kho bạc nhà nước | Kiểm toán Nhà nước | Kiểm toán nhà nước | Liên hiệp | Liên minh | Liên đoàn |
    Mặt trận Tổ quốc | Ngân hàng | Nhà văn hóa | Nhà xuất bản | Quân chủng | Quân khu | Quận ủy | Thanh tra
    | Thành đoàn | Thành ủy | Thông tấn xã | Thường trực | Thị ủy | Trung tâm | Trung ương Đảng |
    Trường Cao đẳng | Trường Chính trị | Trường Mầm non | Trường Tiểu học | Trường Trung cấp |
    Trường Trung học | Trường Đại học | Tòa án | Tòa án nhân dân | Tòa án quân sự | Tập đoàn | Tỉnh đoàn |
    Tỉnh ủy | Tổng Liên đoàn | Tổng công ty | Tổng cục | Viện kiểm sát | Viện kiểm sát nhân dân |
    Viện kiểm sát quân sự | Văn phòng | Xí nghiệp | Đoàn Thanh niên | Đoàn Đại biểu | Đoàn đại biểu |
    Đài Phát thanh | Đài Truyền hình | Đại học | Đảng bộ | Đảng ủy | Ủy ban | Ủy ban nhân dân |
    Ủy ban thường vụ
    """
)
# Type words that name an agency by themselves.
WHOLE_TYPES = _runs(
    """
    Ban Chấp hành | Ban Chỉ đạo | Ban Thường vụ | Bảo hiểm xã hội | Công đoàn | Huyện đoàn | Huyện ủy |
    Hội đồng nhân dân | Hội đồng quản trị | Hội đồng thành viên | Kho bạc Nhà nước | Kiểm toán nhà nước |
    Mặt trận Tổ quốc | Quận ủy | Thành đoàn | Thành ủy | Thị ủy | Tòa án nhân dân | Tỉnh đoàn | Tỉnh ủy |
    Tổng Liên đoàn | Viện kiểm sát nhân dân | Đoàn Thanh niên | Đảng ủy | Ủy ban nhân dân
    """
)
# Whole names that nothing belongs to any more: what follows is what they do.
COMPLETE = _runs(
    """
    Chính phủ | Chủ tịch nước | Quốc hội | Thủ tướng Chính phủ
    """
)
# Type words that stand inside a name, too: "Bộ Chỉ huy Bộ đội Biên phòng".
INNER_TYPES = _names(
    """
    Bộ | Công | Hội | Mặt | Quân | Quốc | Thường | Trung | Trường | Tổ | Đoàn | Đảng | Đội
    """
)
# Capitalised openings that look like a type word and are none.
NO_AGENCY = _names(
    """
    Ban Nha
    | Ban hành | Ban đầu | Bộ Chỉ số | Bộ Câu | Bộ Công cụ | Bộ Dữ | Bộ Hồ | Bộ Luật | Bộ Quy | Bộ Thủ |
    Bộ Tiêu | Bộ luật | Bộ phận | Hội Nghị | Hội Thảo | Hội nghị | Quỹ Đất | Sở Hữu | Tổ Chức | Tổ chức |
    Viện phí | Vụ Án | Đoàn Kết | Đài Bắc | Đài Loan | Đội Hình | Đội Ngũ
    """
)
# Words that name a document, an office-holder or an act: a run that holds one is no name.
FOREIGN = _names(
    """
    Bà | Bộ trưởng | Bộ tài | Chánh | Chương | Chủ tịch | Căn cứ | Cổng | Cục trưởng | Danh mục | Giám đốc |
    Giấy | Hiệu trưởng | Hướng dẫn | Hội thẩm | Khoản | Kiểm sát viên | Kế hoạch số | Luật | Mẫu |
    Nghị quyết | Nghị định | Nguyên Đức | Phiếu | Phó | Phụ lục | Quy định | Quyết định | Thông tư |
    Thẩm phán | Thứ trưởng | Trưởng | Tư lệnh quân | Tổng Bí thư | Tờ | Viện trưởng | bầu cử | thẩm quyền |
    thụ lý | thực hiện | xét xử | Ông | Điều | Điểm | đại diện nước
    """
)
# Grammatical words, and only those: a name ends before them. Verbs are left to the counts, for many
# stand in names, too.
STOP_WORDS = _names(
    """
    bằng | bị | bởi | cho | chưa | các | còn | có | cùng | căn | cũng | của | do | dưới | giữa | gồm | hay |
    hoặc | khi | khác | không | là | lại | mà | mình | mỗi | một | nay | ngay | ngày | như | nhưng | nhằm |
    những | này | nên | năm | nơi | nếu | phải | qua | ra | rằng | sau | sẽ | theo | thuộc | tháng | thì |
    trong | trên | trước | tại | từ | vào | vì | vẫn | về | với | xin | đang | đã | đó | được | đến | để | ở
    """
)
# Lower-case words that may follow a name that is whole already: its level or reach.
REACHES = _names(
    """
    các cấp | cơ sở | cấp cao | cấp huyện | cấp tỉnh | cấp xã | huyện | khu vực | liên ngành | nhân dân |
    nhân dân cấp cao | nhân dân cấp huyện | nhân dân cấp tỉnh | nhân dân cấp xã | nhân dân tối cao | nước |
    phường | quận | thành phố | thị trấn | thị xã | trung ương | tỉnh | tỉnh, thành phố | tối cao | và |
    vùng | xã | địa phương
    """
)
# Pairs that a name does not end between, although the second is a grammatical word ...
KEPT_PAIRS = frozenset({("Hàng", "không"), ("hàng", "không"), ("thiết", "bị"), ("Thiết", "bị")})
# ... or a comma stands there: "Phòng, chống", "phòng cháy, chữa cháy", "Khám, chữa bệnh".
COMMA_PAIRS = frozenset({("phòng", "chống"), ("cháy", "chữa"), ("khám", "chữa"), ("phòng", "trừ")})
