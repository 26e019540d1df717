"""Lines that Decree 30 (Nghị định 30/2020/NĐ-CP, Phụ lục I) and daily use give documents, with their role."""

from __future__ import annotations

from restore.language.vietnamese import nfc


def _seeds(table: str) -> tuple[tuple[str, str], ...]:
    role, found = "", list[tuple[str, str]]()
    for line in nfc(table).strip().splitlines():
        text = line.strip()
        if text.startswith("["):
            role = text.strip("[]")
        elif text:
            found.append((text, role))
    return tuple(found)


# Lines as Decree 30 and offices print them; what the corpora count of their own comes on top.
PHRASE_SEEDS = _seeds(
    """
    [national_name]
    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    [motto]
    Độc lập - Tự do - Hạnh phúc
    [issuer]
    ĐẢNG CỘNG SẢN VIỆT NAM
    BAN CHẤP HÀNH TRUNG ƯƠNG
    BAN CHỈ ĐẠO
    BAN DÂN TỘC
    BAN QUẢN LÝ DỰ ÁN
    BAN QUẢN LÝ KHU KINH TẾ
    BAN THƯỜNG VỤ
    BAN TUYÊN GIÁO VÀ DÂN VẬN
    BẢO HIỂM XÃ HỘI VIỆT NAM
    BỘ CÔNG AN
    BỘ CÔNG THƯƠNG
    BỘ GIÁO DỤC VÀ ĐÀO TẠO
    BỘ GIAO THÔNG VẬN TẢI
    BỘ KẾ HOẠCH VÀ ĐẦU TƯ
    BỘ KHOA HỌC VÀ CÔNG NGHỆ
    BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI
    BỘ NGOẠI GIAO
    BỘ NỘI VỤ
    BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG
    BỘ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN
    BỘ QUỐC PHÒNG
    BỘ TÀI CHÍNH
    BỘ TÀI NGUYÊN VÀ MÔI TRƯỜNG
    BỘ THÔNG TIN VÀ TRUYỀN THÔNG
    BỘ TƯ PHÁP
    BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH
    BỘ XÂY DỰNG
    BỘ Y TẾ
    CHI CỤC KIỂM LÂM
    CHÍNH PHỦ
    CHỦ TỊCH NƯỚC
    CỤC THUẾ
    CỤC THỐNG KÊ
    CÔNG AN TỈNH
    CÔNG ĐOÀN CƠ SỞ
    CÔNG ĐOÀN VIÊN CHỨC TỈNH
    ĐẢNG BỘ TỈNH
    ĐẢNG ỦY
    ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH
    HỘI CỰU CHIẾN BINH VIỆT NAM
    HỘI ĐỒNG NHÂN DÂN
    HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM
    HỘI NÔNG DÂN VIỆT NAM
    HUYỆN ỦY
    KHO BẠC NHÀ NƯỚC
    KIỂM TOÁN NHÀ NƯỚC
    LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ
    LIÊN ĐOÀN LAO ĐỘNG TỈNH
    MẶT TRẬN TỔ QUỐC VIỆT NAM
    NGÂN HÀNG NHÀ NƯỚC VIỆT NAM
    NGÂN HÀNG CHÍNH SÁCH XÃ HỘI
    PHÒNG GIÁO DỤC VÀ ĐÀO TẠO
    PHÒNG KINH TẾ
    PHÒNG NỘI VỤ
    PHÒNG QUẢN LÝ ĐÔ THỊ
    PHÒNG TÀI CHÍNH - KẾ HOẠCH
    PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG
    PHÒNG TƯ PHÁP
    PHÒNG VĂN HÓA VÀ THÔNG TIN
    PHÒNG Y TẾ
    QUỐC HỘI
    SỞ CÔNG THƯƠNG
    SỞ DU LỊCH
    SỞ GIÁO DỤC VÀ ĐÀO TẠO
    SỞ GIAO THÔNG VẬN TẢI
    SỞ KẾ HOẠCH VÀ ĐẦU TƯ
    SỞ KHOA HỌC VÀ CÔNG NGHỆ
    SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI
    SỞ NGOẠI VỤ
    SỞ NỘI VỤ
    SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG
    SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN
    SỞ TÀI CHÍNH
    SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG
    SỞ THÔNG TIN VÀ TRUYỀN THÔNG
    SỞ TƯ PHÁP
    SỞ VĂN HÓA VÀ THỂ THAO
    SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH
    SỞ XÂY DỰNG
    SỞ Y TẾ
    THANH TRA CHÍNH PHỦ
    THÀNH ỦY
    THỦ TƯỚNG CHÍNH PHỦ
    TÒA ÁN NHÂN DÂN
    TÒA ÁN NHÂN DÂN TỐI CAO
    TỈNH ỦY
    TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM
    ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM
    ỦY BAN NHÂN DÂN
    ỦY BAN THƯỜNG VỤ QUỐC HỘI
    VĂN PHÒNG
    VĂN PHÒNG CHÍNH PHỦ
    VIỆN KIỂM SÁT NHÂN DÂN
    VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO
    [opening]
    Kính gửi:
    Căn cứ
    Theo đề nghị của
    Xét đề nghị của
    Thực hiện
    [recipients]
    Nơi nhận:
    - Như trên;
    - Lưu: VT.
    [enacting]
    QUYẾT ĐỊNH:
    QUYẾT NGHỊ:
    [signer_authority]
    TM. BAN CHẤP HÀNH
    TM. BAN THƯỜNG VỤ
    TM. CHÍNH PHỦ
    TM. HỘI ĐỒNG NHÂN DÂN
    TM. ỦY BAN NHÂN DÂN
    TM. ỦY BAN THƯỜNG VỤ QUỐC HỘI
    T/M BAN THƯỜNG VỤ
    KT. BỘ TRƯỞNG
    KT. CHÁNH VĂN PHÒNG
    KT. CHỦ TỊCH
    KT. CỤC TRƯỞNG
    KT. GIÁM ĐỐC
    KT. HIỆU TRƯỞNG
    KT. THỐNG ĐỐC
    KT. THỦ TƯỚNG
    KT. TRƯỞNG BAN
    KT. TRƯỞNG PHÒNG
    TL. BỘ TRƯỞNG
    TL. CHỦ TỊCH
    TL. GIÁM ĐỐC
    TL. THỦ TƯỚNG
    TUQ. CHỦ TỊCH
    TUQ. GIÁM ĐỐC
    Q. CHỦ TỊCH
    Q. GIÁM ĐỐC
    [signer_position]
    BÍ THƯ
    BỘ TRƯỞNG
    CHÁNH VĂN PHÒNG
    CHỦ TỊCH
    CHỦ TỊCH QUỐC HỘI
    CỤC TRƯỞNG
    GIÁM ĐỐC
    HIỆU TRƯỞNG
    PHÓ BÍ THƯ
    PHÓ CHÁNH VĂN PHÒNG
    PHÓ CHỦ NHIỆM
    PHÓ CHỦ TỊCH
    PHÓ CHỦ TỊCH THƯỜNG TRỰC
    PHÓ CỤC TRƯỞNG
    PHÓ GIÁM ĐỐC
    PHÓ HIỆU TRƯỞNG
    PHÓ THỐNG ĐỐC
    PHÓ THỦ TƯỚNG
    PHÓ TRƯỞNG BAN
    PHÓ TRƯỞNG PHÒNG
    THỐNG ĐỐC
    THỦ TƯỚNG
    THỨ TRƯỞNG
    TRƯỞNG BAN
    TRƯỞNG PHÒNG
    VỤ TRƯỞNG
    [marking]
    HỎA TỐC
    THƯỢNG KHẨN
    KHẨN
    TUYỆT MẬT
    TỐI MẬT
    MẬT
    XEM XONG TRẢ LẠI
    LƯU HÀNH NỘI BỘ
    [heading]
    CÁC GIẢI PHÁP CHỦ YẾU
    CHẾ ĐỘ BÁO CÁO
    CÔNG TÁC TUYÊN TRUYỀN
    ĐIỀU KHOẢN THI HÀNH
    ĐÁNH GIÁ CHUNG
    ĐỐI TƯỢNG, PHẠM VI
    KẾT QUẢ THỰC HIỆN
    KINH PHÍ THỰC HIỆN
    MỤC ĐÍCH
    MỤC ĐÍCH, YÊU CẦU
    MỤC TIÊU
    NHIỆM VỤ, GIẢI PHÁP
    NHỮNG QUY ĐỊNH CHUNG
    NỘI DUNG
    NỘI DUNG THỰC HIỆN
    NỘI DUNG TRIỂN KHAI THỰC HIỆN
    NỘI DUNG VÀ GIẢI PHÁP
    PHƯƠNG HƯỚNG, NHIỆM VỤ
    PHỤ LỤC
    QUY ĐỊNH CHUNG
    QUY ĐỊNH CỤ THỂ
    THỜI GIAN, ĐỊA ĐIỂM
    TIẾN ĐỘ THỰC HIỆN
    TỒN TẠI, HẠN CHẾ
    TỔ CHỨC THỰC HIỆN
    YÊU CẦU
    """
)
