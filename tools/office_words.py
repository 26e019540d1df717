"""What offices write and the corpora count badly: abbreviations and surnames, written by hand.

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
    ATLĐ: an toàn lao động
    ATTP: an toàn thực phẩm
    ATVSLĐ: an toàn, vệ sinh lao động
    BCA: Bộ Công an
    BCHQS: Ban Chỉ huy quân sự
    BCT: Bộ Công Thương
    BCH: Ban Chấp hành
    BĐBP: Bộ đội Biên phòng
    BĐD: Ban Đại diện
    BĐKH: biến đổi khí hậu
    BGDĐT: Bộ Giáo dục và Đào tạo
    BGĐ: Ban Giám đốc
    BHLĐ: bảo hộ lao động
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
    CBNLĐ: cán bộ, người lao động
    CCB: Cựu chiến binh
    CCN: cụm công nghiệp
    CCVCLĐ: công chức, viên chức, lao động
    CĐCS: Công đoàn cơ sở
    CĐGD: Công đoàn Giáo dục
    CĐN: Công đoàn ngành
    CĐVN: Công đoàn Việt Nam
    CNH: công nghiệp hóa
    CNLĐ: công nhân lao động
    CNVC: công nhân, viên chức
    CNVCLĐ: công nhân, viên chức, lao động
    CP: Chính phủ
    CQĐT: cơ quan điều tra
    CSĐT: cảnh sát điều tra
    CSPL: chính sách pháp luật
    CSXH: chính sách xã hội
    CTĐT: chương trình đào tạo
    CTHĐ: chương trình hành động
    CTMTQG: Chương trình mục tiêu quốc gia
    CTN: Chủ tịch nước
    CT: Chủ tịch
    CVĐ: cuộc vận động
    CVP: Chánh Văn phòng
    CV: chuyên viên
    DVC: dịch vụ công
    DVCTT: dịch vụ công trực tuyến
    DTTS: dân tộc thiểu số
    ĐBCL: đảm bảo chất lượng
    ĐBCLGD: đảm bảo chất lượng giáo dục
    ĐBQH: đại biểu Quốc hội
    ĐCT: Đoàn Chủ tịch
    ĐKKD: đăng ký kinh doanh
    ĐKQSDĐ: đăng ký quyền sử dụng đất
    ĐTB: điểm trung bình
    ĐTBD: đào tạo, bồi dưỡng
    ĐTN: Đoàn Thanh niên
    ĐTNCSHCM: Đoàn Thanh niên Cộng sản Hồ Chí Minh
    ĐTPT: đầu tư phát triển
    ĐTXD: đầu tư xây dựng
    ĐVCĐ: đoàn viên công đoàn
    ĐVHC: đơn vị hành chính
    ĐVTN: đoàn viên thanh niên
    GCNQSDĐ: giấy chứng nhận quyền sử dụng đất
    GDĐH: giáo dục đại học
    GDQP: giáo dục quốc phòng
    GDTrH: Giáo dục trung học
    GDTH: Giáo dục tiểu học
    GDMN: Giáo dục mầm non
    GPMB: giải phóng mặt bằng
    GTNT: giao thông nông thôn
    HĐH: hiện đại hóa
    HĐKH: Hội đồng Khoa học
    HĐND: Hội đồng nhân dân
    HĐNDTP: Hội đồng nhân dân thành phố
    HĐT: Hội đồng trường
    HĐTĐ: hội đồng thẩm định
    HĐTĐKT: Hội đồng Thi đua - Khen thưởng
    HĐXX: hội đồng xét xử
    HGĐ: hộ gia đình
    HND: Hội Nông dân
    KBNN: Kho bạc Nhà nước
    KĐCL: kiểm định chất lượng
    KĐCLGD: kiểm định chất lượng giáo dục
    KGVX: Khoa giáo - Văn xã
    KH&CN: khoa học và công nghệ
    KH&ĐT: Kế hoạch và Đầu tư
    KHCN: khoa học và công nghệ
    KHHGĐ: kế hoạch hóa gia đình
    KHSDĐ: kế hoạch sử dụng đất
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
    LĐTB&XH: Lao động - Thương binh và Xã hội
    LĐTBXH: Lao động - Thương binh và Xã hội
    LHPN: Liên hiệp Phụ nữ
    LHTN: Liên hiệp Thanh niên
    MN: mầm non
    MTTQ: Mặt trận Tổ quốc
    MTTQVN: Mặt trận Tổ quốc Việt Nam
    NC: Nội chính
    NCKH: nghiên cứu khoa học
    NCKS: Nội chính - Kiểm soát
    NLTS: nông, lâm, thủy sản
    NN&MT: Nông nghiệp và Môi trường
    NN&PTNT: Nông nghiệp và Phát triển nông thôn
    NNMT: Nông nghiệp và Môi trường
    NNPTNT: Nông nghiệp và Phát triển nông thôn
    NSDLĐ: người sử dụng lao động
    NSĐP: ngân sách địa phương
    NSLĐ: năng suất lao động
    NSNN: ngân sách nhà nước
    NSTW: ngân sách trung ương
    NTM: nông thôn mới
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
    QĐND: Quân đội nhân dân
    QHĐP: Quan hệ địa phương
    QHLĐ: quan hệ lao động
    QHSDĐ: quy hoạch sử dụng đất
    QLDA: quản lý dự án
    QLĐT: Quản lý đô thị
    QLĐĐ: Quản lý đất đai
    QLNN: quản lý nhà nước
    QLTT: Quản lý thị trường
    QPAN: quốc phòng - an ninh
    QPPL: quy phạm pháp luật
    QSDĐ: quyền sử dụng đất
    SCT: Sở Công Thương
    SDĐ: sử dụng đất
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
    TCLĐ: tổ chức lao động
    TĐG: tự đánh giá
    TĐKT: Thi đua - Khen thưởng
    TGĐ: Tổng Giám đốc
    TGDV: Tuyên giáo và Dân vận
    THADS: thi hành án dân sự
    THCS: trung học cơ sở
    THPT: trung học phổ thông
    TH: tiểu học
    TLĐ: Tổng Liên đoàn
    TL: thừa lệnh
    TLĐLĐVN: Tổng Liên đoàn Lao động Việt Nam
    TM: thay mặt
    TN&MT: Tài nguyên và Môi trường
    TNLĐ: tai nạn lao động
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
    VSLĐ: vệ sinh lao động
    VSMT: vệ sinh môi trường
    VT: Văn thư
    VX: Văn xã
    XDCB: xây dựng cơ bản
    XDĐ: Xây dựng Đảng
    XDNTM: xây dựng nông thôn mới
    XĐGN: xóa đói giảm nghèo
    XHCN: xã hội chủ nghĩa
    XKLĐ: xuất khẩu lao động
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
