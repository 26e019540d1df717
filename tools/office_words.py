"""What offices write and the corpora count badly: abbreviations, fixed lines and surnames, written by hand.

Abbreviations and signing formulas follow Decree 30 (Nghị định 30/2020/NĐ-CP, Phụ lục I and III) and daily use
in notations and lists of recipients. The surnames are commonly known ones; their order is counted.
"""

from __future__ import annotations

from restore.language.vietnamese import nfc


def _pairs(table: str) -> tuple[tuple[str, str], ...]:
    rows = (line.strip().split(": ", 1) for line in nfc(table).strip().splitlines())
    return tuple((left, right) for left, right in rows)


# Where a short form has a reading here, the gazetteer's everyday reading of it is left out.
OFFICE_ABBREVIATIONS = _pairs(
    """
    ANCT: an ninh chính trị
    ANQP: an ninh quốc phòng
    ANTT: an ninh trật tự
    ATTP: an toàn thực phẩm
    ATVSLĐ: an toàn, vệ sinh lao động
    BCA: Bộ Công an
    BCHQS: Ban Chỉ huy quân sự
    BCT: Bộ Công Thương
    BCH: Ban Chấp hành
    BGDĐT: Bộ Giáo dục và Đào tạo
    BHTN: bảo hiểm thất nghiệp
    BHXH: bảo hiểm xã hội
    BHYT: bảo hiểm y tế
    BKHCN: Bộ Khoa học và Công nghệ
    BKHĐT: Bộ Kế hoạch và Đầu tư
    BNNMT: Bộ Nông nghiệp và Môi trường
    BNNPTNT: Bộ Nông nghiệp và Phát triển nông thôn
    BNV: Bộ Nội vụ
    BQL: Ban Quản lý
    BQLDA: Ban Quản lý dự án
    BTC: Bộ Tài chính
    BTCN: Bộ trưởng, Chủ nhiệm
    BTNMT: Bộ Tài nguyên và Môi trường
    BTTTT: Bộ Thông tin và Truyền thông
    BTV: Ban Thường vụ
    BTGDV: Ban Tuyên giáo và Dân vận
    BVHTTDL: Bộ Văn hóa, Thể thao và Du lịch
    CBCC: cán bộ, công chức
    CBCCVC: cán bộ, công chức, viên chức
    CBĐV: cán bộ, đảng viên
    CCB: Cựu chiến binh
    CCN: cụm công nghiệp
    CĐCS: Công đoàn cơ sở
    CĐN: Công đoàn ngành
    CNH: công nghiệp hóa
    CNVC: công nhân, viên chức
    CNVCLĐ: công nhân, viên chức, lao động
    CP: Chính phủ
    CSĐT: cảnh sát điều tra
    CSXH: chính sách xã hội
    CTMTQG: Chương trình mục tiêu quốc gia
    CTN: Chủ tịch nước
    CT: Chủ tịch
    CVP: Chánh Văn phòng
    CV: chuyên viên
    DVC: dịch vụ công
    DVCTT: dịch vụ công trực tuyến
    DTTS: dân tộc thiểu số
    ĐBQH: đại biểu Quốc hội
    ĐCT: Đoàn Chủ tịch
    ĐKKD: đăng ký kinh doanh
    ĐTN: Đoàn Thanh niên
    ĐTNCSHCM: Đoàn Thanh niên Cộng sản Hồ Chí Minh
    ĐVN: Đảng viên
    GDQP: giáo dục quốc phòng
    GDTrH: Giáo dục trung học
    GDTH: Giáo dục tiểu học
    GDMN: Giáo dục mầm non
    GPMB: giải phóng mặt bằng
    GTNT: giao thông nông thôn
    HĐH: hiện đại hóa
    HĐND: Hội đồng nhân dân
    HĐNDTP: Hội đồng nhân dân thành phố
    HĐTĐKT: Hội đồng Thi đua - Khen thưởng
    HND: Hội Nông dân
    KBNN: Kho bạc Nhà nước
    KGVX: Khoa giáo - Văn xã
    KH&CN: khoa học và công nghệ
    KH&ĐT: Kế hoạch và Đầu tư
    KHCN: khoa học và công nghệ
    KHTC: Kế hoạch - Tài chính
    KKT: khu kinh tế
    KNTC: khiếu nại, tố cáo
    KSTTHC: kiểm soát thủ tục hành chính
    KTN: Kinh tế ngành
    KTNS: Kinh tế - Ngân sách
    KTTH: Kinh tế tổng hợp
    KTTT: kinh tế tập thể
    KT: ký thay
    KTXH: kinh tế - xã hội
    LĐLĐ: Liên đoàn Lao động
    LĐTBXH: Lao động - Thương binh và Xã hội
    LHPN: Liên hiệp Phụ nữ
    LHTN: Liên hiệp Thanh niên
    LPCT: lập pháp, chính trị
    MN: mầm non
    MTTQ: Mặt trận Tổ quốc
    MTTQVN: Mặt trận Tổ quốc Việt Nam
    NC: Nội chính
    NCKS: Nội chính - Kiểm soát
    NLTS: nông, lâm, thủy sản
    NN&MT: Nông nghiệp và Môi trường
    NN&PTNT: Nông nghiệp và Phát triển nông thôn
    NNMT: Nông nghiệp và Môi trường
    NNPTNT: Nông nghiệp và Phát triển nông thôn
    NSĐP: ngân sách địa phương
    NSNN: ngân sách nhà nước
    NSTW: ngân sách trung ương
    NTM: nông thôn mới
    NVL: Nội vụ - Lao động
    PCCC: phòng cháy, chữa cháy
    PCCCCNCH: phòng cháy, chữa cháy và cứu nạn, cứu hộ
    PCLB: phòng, chống lụt bão
    PCN: Chủ nhiệm
    PCT: Chủ tịch
    PCTN: phòng, chống tham nhũng
    PCTT: phòng, chống thiên tai
    PCVP: Chánh Văn phòng
    PGD: Phòng Giáo dục
    PGDĐT: Phòng Giáo dục và Đào tạo
    PTNT: Phát triển nông thôn
    PTTH: Phát thanh - Truyền hình
    PVHCC: Phục vụ hành chính công
    Q: quyền
    QCDC: quy chế dân chủ
    QHĐP: Quan hệ địa phương
    QLDA: quản lý dự án
    QLĐT: Quản lý đô thị
    QLĐĐ: Quản lý đất đai
    QLNN: quản lý nhà nước
    QLTT: Quản lý thị trường
    QPAN: quốc phòng - an ninh
    QPPL: quy phạm pháp luật
    QSDĐ: quyền sử dụng đất
    SCT: Sở Công Thương
    SGD: Sở Giáo dục
    SGDĐT: Sở Giáo dục và Đào tạo
    SGTVT: Sở Giao thông vận tải
    SKHCN: Sở Khoa học và Công nghệ
    SKHĐT: Sở Kế hoạch và Đầu tư
    SLĐTBXH: Sở Lao động - Thương binh và Xã hội
    SNNMT: Sở Nông nghiệp và Môi trường
    SNNPTNT: Sở Nông nghiệp và Phát triển nông thôn
    SNV: Sở Nội vụ
    STC: Sở Tài chính
    STNMT: Sở Tài nguyên và Môi trường
    STP: Sở Tư pháp
    STTTT: Sở Thông tin và Truyền thông
    SVHTTDL: Sở Văn hóa, Thể thao và Du lịch
    SXD: Sở Xây dựng
    SYT: Sở Y tế
    TAND: Tòa án nhân dân
    TANDTC: Tòa án nhân dân tối cao
    TBXH: Thương binh và Xã hội
    TCCB: Tổ chức cán bộ
    TCHC: Tổ chức - Hành chính
    TCKH: Tài chính - Kế hoạch
    TĐKT: Thi đua - Khen thưởng
    TGĐ: Tổng Giám đốc
    TGDV: Tuyên giáo và Dân vận
    THADS: thi hành án dân sự
    THCS: trung học cơ sở
    THPT: trung học phổ thông
    TH: tiểu học
    TLĐ: Tổng Liên đoàn
    TL: thừa lệnh
    TM: thay mặt
    TN&MT: Tài nguyên và Môi trường
    TNMT: Tài nguyên và Môi trường
    TNTP: Thiếu niên Tiền phong
    TNTPHCM: Thiếu niên Tiền phong Hồ Chí Minh
    TT&TT: Thông tin và Truyền thông
    TTATGT: trật tự, an toàn giao thông
    TTHC: thủ tục hành chính
    TTPVHCC: Trung tâm Phục vụ hành chính công
    TTTH: Trung tâm Tin học
    TTTT: Thông tin và Truyền thông
    TTXH: trật tự xã hội
    TTYT: Trung tâm Y tế
    TTĐT: Thông tin điện tử
    TTg: Thủ tướng Chính phủ
    TTr: Tờ trình
    TUQ: thừa ủy quyền
    TU: Tỉnh ủy
    TVTU: Thường vụ Tỉnh ủy
    TW: Trung ương
    TƯ: Trung ương
    UB: Ủy ban
    UBDT: Ủy ban Dân tộc
    UBKT: Ủy ban Kiểm tra
    UBMTTQ: Ủy ban Mặt trận Tổ quốc
    UBMTTQVN: Ủy ban Mặt trận Tổ quốc Việt Nam
    UBND: Ủy ban nhân dân
    UBNDTP: Ủy ban nhân dân thành phố
    UBTVQH: Ủy ban Thường vụ Quốc hội
    UBTWMTTQVN: Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam
    VBHN: văn bản hợp nhất
    VHTT: Văn hóa và Thông tin
    VHTT&DL: Văn hóa, Thể thao và Du lịch
    VHTTDL: Văn hóa, Thể thao và Du lịch
    VHXH: Văn hóa - Xã hội
    VKS: Viện kiểm sát
    VKSND: Viện kiểm sát nhân dân
    VKSNDTC: Viện kiểm sát nhân dân tối cao
    VPCP: Văn phòng Chính phủ
    VPCTN: Văn phòng Chủ tịch nước
    VPQH: Văn phòng Quốc hội
    VPTW: Văn phòng Trung ương
    VPUB: Văn phòng Ủy ban
    VPĐKĐĐ: Văn phòng Đăng ký đất đai
    VSATTP: vệ sinh an toàn thực phẩm
    VSMT: vệ sinh môi trường
    VT: Văn thư
    VX: Văn xã
    XDCB: xây dựng cơ bản
    XDĐ: Xây dựng Đảng
    XDNTM: xây dựng nông thôn mới
    XHCN: xã hội chủ nghĩa
    XLVPHC: xử lý vi phạm hành chính
    """
)

SURNAMES = tuple(
    nfc(
        """
        An Âu Bá Bạch Bành Bế Biện Bùi Cái Cam Cao Cát Cấn Châu Chu Chung Chử Cù Cung Diệp Doãn Dư
        Dương Đàm Đan Đào Đặng Đậu Điền Đinh Đoàn Đồng Đỗ Đới Đường Giang Giáp Hà Hạ Hàn Hầu Hoa
        Hoàng Hồ Hồng Hứa Huỳnh Hướng Khổng Khúc Khuất Khương Kiều Kim La Lã Lại Lâm Lê Liêu Lò Lô
        Lục Lư Lường Lương Lưu Lữ Lý Ma Mã Mạc Mai Nghiêm Ngô Ngụy Nguyễn Nhâm Ninh Nông Phạm
        Phan Phí Phùng Phương Quách Quan Quản Sầm Sử Tạ Tăng Thạch Thái Thân Thẩm Thiều Tiêu Tô
        Tôn Tống Trang Trần Triệu Trịnh Trương Từ Ứng Văn Vi Viên Võ Vòng Vũ Vương Xa
        """
    ).split()
)  # fmt: skip


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
