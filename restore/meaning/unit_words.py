"""Tables of words: what the names of units begin with, and what a task begins with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

# First words of units that are one syllable. Their marks tell the office from other words (sở, số; ban, bản), and
# what may not follow makes another noun of it (hội nghị, phòng chống, bộ tiêu chí).
SHORT_HEADS = {
    "so": ("sở", "huu|thich"),
    "bo": ("bộ", "may|tieu chi|chi so|chi tieu|ho so|cau hoi|thu tuc|luat|de thi|sach|tai lieu|mon|giao trinh|nho"),
    "ban": ("ban", "hanh|dau|ngay|dem|do|tang|khen|phat"),
    "hoi": ("hội", "nghi|thao|thi|dien|nhap|truong|cho|trai|chung|hop|tu|lang|khoe|dam"),
    "doan": ("đoàn", "ket|tau|nguoi"),
    "vien": ("viện", "tro|dan|phi"),
    "vu": ("vụ", "viec|an|mua|dong|chay|tai nan|he|xuan|loi|vi pham|kien"),
    "quy": ("quỹ", "dat|tien|nha|luong|thoi gian|von"),
    "khoi": ("khối", "luong|u|nha"),
    "phong": ("phòng", "trao|canh(?! sat)|thuy|chong|ngua|chay"
        "|hoc|hop|benh|dich(?! vu)|khach(?! hang)|ve sinh|tranh|thi|ngu|lam viec"),
    "truong": ("trường", "hop|phai"),
    "cuc": ("cục", "bo|dien"),
    "to": ("tổ", "chuc|quoc|tien|khuc"),
    "doi": ("đội", "ngu|hinh|gia"),
    "dai": ("đài", "tho|loan|tuong niem|phun"),
    "bao": ("báo", "cao|hieu|truoc|gia|mat|tu|tang|dong(?! nai| khoi| thap)"),
    "hat": ("hạt", "giong|nhan|dieu|lua|gao"),
    "tram": ("trạm", "bien ap|dung|xe|thu phi"),
    "nha": ("nhà", "o|nuoc|cua|ve sinh|dan|dat|xe|xuong|kho|tinh nghia|tam|rieng|tai tro|dai doan ket"),
    "nganh": ("ngành", "nghe|hang|hoc|dao tao"),
    "khoa": ("khoa", "hoc|cu"),
    "don": ("đồn", "dien|dai"),
    "thon": ("thôn", "xom"),
}  # fmt: skip
# Offices and bodies of two syllables or more, and abbreviations.
OFFICE_HEADS = (
    "ban can su", "bao hiem", "bao tang", "bao ve, nhan vien", "bcd", "bch", "ben a", "ben b", "ben ban",
    "ben c", "ben cho thue", "ben duoc", "ben giao", "ben mua", "ben nhan", "ben thue", "ben uy quyen",
    "benh vien", "bgh", "bhxh", "bo mon", "bo phan", "bql", "bqt", "bts", "btv", "buu dien", "ca nhan",
    "cac cap", "cang vu", "canh sat", "cap co so", "cap huyen", "cap tinh", "cap truong", "cap uy",
    "cap xa", "cau lac bo", "cdcs", "chi bo", "chi cuc", "chi doan", "chi nhanh", "chi uy", "chinh phu",
    "chinh quyen", "chqs", "chu co so", "chu dau tu", "chu du an", "chu ho", "chu nguon", "chu rung",
    "chu so huu", "co quan", "co so dao tao", "co so giao duc", "co so kinh doanh", "co so san xuat",
    "co so y te", "cong an", "cong doan", "cong thong tin", "cong ty", "dai hoc", "dang bo", "dang doan",
    "dang uy", "dia phuong", "dien luc", "doan the", "doanh nghiep", "don vi", "dtn", "dtncs", "hdnd",
    "hdqt", "hdtv", "hiep hoi", "hlhpn", "hnd", "ho gia dinh", "ho kinh doanh", "hoc vien", "hoi dong",
    "hop tac xa", "htx", "huyen doan", "huyen uy", "kho bac", "khu dan cu", "khu pho",
    "kiem toan nha nuoc", "lam truong", "ldld", "lien doan", "lien doi", "lien hiep", "lien minh",
    "luc luong", "mat tran to quoc", "mttq", "ngan hang", "nong truong", "pgd", "phan xuong",
    "phuong doan", "quan doan", "quan khu", "quan su", "quan uy", "quoc hoi", "tap chi", "tap doan",
    "tap the", "thanh doan", "thanh tra", "thanh uy", "thi doan", "thi uy", "thong tan xa", "thu vien",
    "thuong truc", "tieu ban", "tinh doan", "tinh uy", "to chuc chinh tri", "to chuc chu tri",
    "to chuc co", "to chuc cong doan", "to chuc dang", "to chuc lien quan", "to chuc tin dung",
    "to chuc va ca nhan", "to chuc, ca nhan", "to dan pho", "toa an", "toa soan", "tong cong ty",
    "tong cuc", "tong hoi", "tong lien doan", "trung tam", "truong hoc", "tttt", "ttyt", "tyt",
    "ub mat tran", "ub mttq", "ubmttq", "ubnd", "uy ban", "van phong", "vien kiem sat", "vien thong",
    "viettel", "vnpt", "xa doan", "xi nghiep",
)  # fmt: skip
# Positions and people.
PERSON_HEADS = (
    "bac si", "bac sy", "bao cao vien", "bi thu", "bo truong", "can bo", "cbgv", "cha me hoc sinh",
    "chanh an", "chanh thanh tra", "chanh van phong", "chi cuc truong", "chi huy truong", "chinh uy",
    "chu nhiem", "chu tich", "cong chuc", "cuc truong", "dang vien", "dieu duong truong", "doan vien",
    "doi truong", "giam doc", "giang vien", "giao vien", "gvbm", "gvcn", "hat truong", "hieu truong",
    "hoc sinh", "hoi vien", "ke toan", "ke toan truong", "khoa truong", "ky thuat vien", "lanh dao",
    "nguoi co ten", "nguoi dan", "nguoi dung dau", "nguoi duoc", "nguoi lao dong", "nguoi nop",
    "nguoi phu trach", "nguoi su dung", "nhan vien", "pho bi thu", "pho chanh van phong", "pho chu tich",
    "pho giam doc", "pho hieu truong", "pho thu tuong", "pho tong giam doc", "pho truong ban",
    "pho truong doan", "pho truong phong", "phu huynh", "quan doc", "sinh vien", "thanh vien", "thong doc",
    "thu kho", "thu ky", "thu quy", "thu truong", "thu tuong", "thuyen truong", "to truong", "tong bi thu",
    "tong bien tap", "tong cuc truong", "tong giam doc", "tong phu trach", "tram truong", "truong ban",
    "truong bo mon", "truong cac", "truong cong an", "truong doan", "truong don vi", "truong khoa",
    "truong phong", "truong thon", "truong tieu ban", "ttcm", "uy vien", "vien chuc", "vien truong",
    "vu truong",
)  # fmt: skip
LONG_HEADS = (*OFFICE_HEADS, *PERSON_HEADS)
# What "các" makes a unit of: kinds of bodies and levels of administration, most of which alone would be none.
PLURAL_HEADS = (
    "ap", "ban", "bao", "ben", "bo", "buon", "cap", "chi hoi", "chot", "chu", "chuyen gia", "co so", "cuc",
    "cum", "dac khu", "dai", "diem truong", "doan", "doc gia", "doi", "hang", "ho", "ho dan", "hoi",
    "huyen", "khach hang", "khoa", "khoi", "khu", "lang", "lop", "nganh", "nguoi", "nha", "nhom",
    "phan hieu", "phong", "phuong", "quan", "so", "thanh pho", "thay", "thi tran", "thi xa", "thon", "tinh",
    "to", "to chuc", "tram", "trung tam", "truong", "tuyen", "vien", "vu", "xa", "xom",
)  # fmt: skip
# What follows a plural of one syllable and is no unit: số liệu, bộ tiêu chí, hội nghị, trường hợp, nhóm giải pháp.
NO_PLURAL = (
    "to chuc thuc hien|bo (?:tieu|chi so|ho so|cau|de|tai|mon)|phong (?:trao|hoc|hop)|hoi (?:nghi|thao|thi)"
    "|truong hop|nhom (?:giai|nhiem|chi|noi|tieu|van)|khu vuc|khoi luong|vu (?:viec|an|chay|tai)|khoa hoc"
    "|bao cao|hang muc|hang hoa|hang nam|to trinh|quan diem|quan he|doi tuong|vien chuc quan|chu truong|chu de"
    "|cap do|bo phan cau|nha o|cuc bo|so lieu|ban do|ban ve|doan duong"
)
# What a task begins with, in two syllables or more (folded): counted among the items under "có trách nhiệm" and after
# "chủ trì, phối hợp với …" in laws and decisions.
VERBS = (
    "ap dung", "bai bo", "bam sat", "ban bac", "ban giao", "ban hanh", "bao cao", "bao dam", "bao mat",
    "bao quan", "bao tri", "bao ve", "bat giu", "bien soan", "bieu duong", "binh xet", "bo phieu",
    "bo sung", "bo tri", "boi duong", "boi thuong", "cai dat", "cai tao", "cai thien", "cai tien",
    "cam ket", "cam moc", "can cu", "can doi", "canh gac", "cap giay", "cap kinh phi", "cap nhat",
    "cap phat", "cap phep", "cat giam", "cat tia", "cham diem", "cham dut", "cham nhat", "cham soc",
    "chan chinh", "chap hanh", "chap thuan", "chat tia", "chi dao", "chi tra", "chia se", "chinh dot",
    "chinh ly", "chinh sua", "chinh trang", "chiu su", "chiu trach nhiem", "cho y kien", "chon cu",
    "chot chan", "chot truc", "chu dong", "chu tri", "chu trong", "chuan bi", "chuyen giao", "chuyen phat",
    "chuyen tai", "co bien phap", "co cac", "co chinh sach", "co ke hoach", "co mat", "co nhiem vu",
    "co nhung", "co quyen", "co trach nhiem", "co van ban", "cong bo", "cong khai", "cong nhan",
    "cong tac", "cu can bo", "cu nguoi", "cung cap", "cung co", "dam bao", "dam nhan", "dam nhiem",
    "dan dung", "dang ky", "dang tai", "danh gia", "dao tao", "dap dap", "dat hang", "dau moi",
    "dau tranh", "dau tu", "day manh", "de cu", "de nghi", "de xuat", "den du", "den tung", "di doi",
    "dich thuat", "dien tap", "dieu chinh", "dieu dong", "dieu phoi", "dieu tiet", "dinh chi",
    "dinh gia cu the", "dinh huong", "dinh ky", "do dac", "doi chieu", "doi soat", "don dep", "don doc",
    "don tiep", "don tra", "dong bo", "dong gop", "dong loat", "dong vien", "du bao", "du tru", "dua don",
    "dua ra", "dua tin", "dung tin", "duy tri", "gap rut", "ghi hinh", "gia co", "gia han", "gia tang",
    "giai ngan", "giai phong mat bang", "giai quyet", "giai thich", "giai toa", "giai trinh", "giam sat",
    "giao nhiem vu", "gioi thieu", "giu gin", "giup do", "gop phan", "gop y", "gui bao cao", "hach toan",
    "hang nam", "hang quy", "hang thang", "ho so hoa", "ho tro", "hoan chinh", "hoan thanh", "hoan thien",
    "hoan tra", "huong dan", "huong ung", "huy dong", "ke khai", "keo dai", "ket hop", "ket noi",
    "keu goi", "khac phuc", "khai bao", "khai thac", "khan truong", "khao sat", "khen thuong",
    "khoanh vung", "khoi dong", "khoi phuc", "khoi thong", "khong che", "khong de", "khong duoc",
    "khu trung", "khuyen khich", "kich hoat", "kiem dem", "kiem ke", "kiem soat", "kiem tra", "kiem xa",
    "kien nghi", "kien quyet", "kien toan", "kip thoi", "ky ket", "lam dat", "lam dau moi", "lam ro",
    "lam sach", "lam thu tuc", "lam tot", "lam viec voi", "lanh dao", "lap danh", "lap du", "lap ho so",
    "lap ke hoach", "lay mau", "lay y kien", "len ke hoach", "lien he", "linh hoat", "lo lieu", "loan bao",
    "loi dung", "long ghep", "lua chon", "luan chuyen", "luu giu", "luu tru", "mien giam", "mo rong",
    "mua sam", "nam bat", "nam vung", "nang cao", "nao vet", "neu ro", "ngan chan", "ngan ngua",
    "nghiem cam", "nghiem thu", "nghiem tuc", "nghien cuu", "nhac nho", "nhan rong", "nhan xet",
    "nhanh chong", "niem phong", "niem yet", "noi long", "on dinh", "phan anh", "phan bo", "phan chia",
    "phan cong", "phan dau", "phan loai", "phan luong", "phan phoi", "phan tich", "phat dong", "phat hien",
    "phat huy", "phat song", "phat thanh", "phat tin", "phat trien", "phe chuan", "phe duyet", "pho bien",
    "phoi hop", "phong chong", "phong ngua", "phong van", "phu trach", "phun thuoc", "quan ly", "quan tam",
    "quan trac", "quan triet", "quang ba", "quay phim", "quy dinh chi tiet", "quy dinh cu the",
    "quy dinh muc", "quyet dinh", "quyet liet", "quyet toan", "ra de", "ra pha", "ra quan",
    "ra quyet dinh", "ra soat", "ra thong bao", "rut kinh nghiem", "san sang", "sang loc", "sao luu",
    "sap xep", "so hoa", "so ket", "so sanh", "so tan", "soat xet", "su dung", "sua chua", "sua doi",
    "tai truc", "tam dung", "tam ngung", "tam ung", "tang cuong", "tao dieu kien", "tao lap", "tap hop",
    "tap huan", "tap trung", "tham dinh", "tham du", "tham gia", "tham hoi", "tham khao", "tham luan",
    "tham muu", "tham quan", "tham tra", "tham van", "thanh lap", "thanh toan", "thanh tra", "thao do",
    "thao lap", "thao luan", "thay mat", "thay the", "theo chuc nang", "theo doi", "theo nhiem vu",
    "theo sat", "thi hanh", "thiet ke", "thiet lap", "thong bao", "thong ke", "thong nhat", "thong qua",
    "thong tin", "thu gom", "thu hoach", "thu hoi", "thu thap", "thu xep", "thuc day", "thuc hien",
    "thuong xuyen", "tich cuc", "tich hop", "tiem phong", "tien hanh", "tiep can", "tiep don", "tiep nhan",
    "tiep song", "tiep te", "tiep thi", "tiep thu", "tiep tuc", "tieu doc", "tim kiem", "tinh toan",
    "to chuc", "to giac", "tong hop", "tong ket", "tra loi", "trang bi", "tranh thu", "trao doi",
    "tren co so", "treo bang", "trien khai", "trien lam", "triet de", "trieu tap", "trinh duyet",
    "trinh hoi dong", "trinh ky", "trinh uy ban", "tro giup", "trong qua trinh", "trong thoi han",
    "tru gian", "truc ban", "truc chien", "truc tiep", "trung bay", "truoc ngay", "truy quet", "truy tim",
    "truyen thong", "tu choi", "tu danh gia", "tu van", "tuan thu", "tuan tra", "tuy theo", "tuyen chon",
    "tuyen truyen", "tuyet doi", "ung cuu", "ung dung", "ung pho", "ung truc", "uu tien", "van dong",
    "van hanh", "ve sinh", "vinh danh", "xac dinh", "xac minh", "xac nhan", "xay dung", "xem xet",
    "xep lich", "xep loai", "xet chon", "xet duyet", "xet tuyen", "xu ly", "xu phat", "xuc tien",
    "xuong giong", "y thuc", "yeu cau",
)  # fmt: skip
# What folds to one of them and is another word.
NO_VERBS = frozenset((
    "bản giao", "chính sửa", "công nhân", "chủ trong", "cùng cấp", "cùng có", "đổi chiều", "khác phục", "kết nội",
    "lưu trú", "phân bố", "phần công", "sở kết", "truyền thống", "từ vận", "văn đồng", "vấn đồng", "tính toàn",
    "chuyển tài", "thành trà", "cộng tác", "y thức", "công bổ", "công bộ", "động bộ", "động bổ", "giá cố", "giá có",
))  # fmt: skip
# One syllable: only with their own marks, as printed.
SHORT_VERBS = (
    "lập", "gửi", "cử", "nộp", "trình", "giúp", "phát", "mở", "đưa", "làm", "thu", "trả", "xét", "giao",
    "nhận", "tặng", "dự", "họp", "ký", "duyệt", "mời", "đặt", "dành", "tạo", "giữ", "góp", "báo", "phun",
    "trồng", "treo", "viết", "soạn", "lấy", "tính", "ghi", "chuyển", "sửa", "là", "không", "đã", "nên",
    "sẽ", "cần", "phải", "chọn", "đề", "cấp", "chi", "in", "rà", "đọc", "dạy", "bảo", "nắm", "tiếp", "tăng",
    "giảm", "cho", "nghiêm", "theo", "bị", "tự", "trực", "mua", "nhắc", "chia", "cắt", "dán", "bám", "cùng", "cắm", "vớt", "tháo",
    "xả", "tưới", "chốt", "kéo", "chấm", "bắn", "ngắt",
)  # fmt: skip
# After these the words belong to the name: an office for an activity, people of a kind.
NOUN_AFTER = {
    "có": "lien|ten|tham|nhu|du|dieu|chuc|thanh|hoc|con|doi|quyet|von|uy|trong|cac|nguoi|cong|tai",
    "cấp": "xa|huyen|tinh|uy|tren|duoi|co|tieu|hoc|phong|vu|thanh|bo|trung|quan|tong|cuc|nuoc|chinh|thoat|so|truong",
    "thu": "phi|hut|nhap|gom",
    "phát": "thanh|trien",
    "chi": "bo|cuc|nhanh|doan|hoi|uy|tiet",
    "giao": "thong|dich|duc|hang|ban|thoa",
    "báo": "chi|dai",
    "bảo": "hiem|tang|ve|tro|dam",
    "đề": "an",
    "là": "nguoi|thanh|can|uy|dang|cong|dai",
    "nhận": "thau|uy|khoan",
    "theo": "quy dinh|thanh phan",
    "tiếp": "nhan|can|dan|cong dan",
    "tính": "den",
    "in": "an",
    "dự": "bi|an|tru|phong|thao|toan|bao",
    "tăng": "truong|gia",
    "cho": "vay|thue",
    "tự": "nguyen|do|tri|ve|ung cu|chu|nhien|quan|trong|phat|(?:bao dam|dam bao) (?:mot phan )?chi",
    "trực": "thuoc|tiep|ban|tuyen|chien|quan",
    "mua": "ban",
    "cùng": "cap|co|nganh|khoi|dia ban|cac|phuong|linh vuc",
}
# Before these words of one syllable stands what makes a noun of both: công trình, độc lập, tiếp nhận.
NOUN_BEFORE = {
    "trình": "cong|chuong|quy|to|giao|qua|lap|tien|hanh|lo|thuyet",
    "bị": "thiet|trang|chuan|du",
    "cần": "hau|chuyen|nhu|trong",
    "theo": "kem|tiep|noi",
    "tăng": "gia",
    "lập": "cong|doc|thanh|trung|dan|ngoai cong",
    "làm": "viec",
    "cấp": "khoa|trung tam|tram|doi|to|xe|dong|cung|phan|nang|trung|so|cac|bac|pham|khan|so cap|cao",
    "phát": "dong|khai|xuat|tu",
    "nhận": "tiep|ghi|xac|cong",
    "tạo": "dao|cai|sang",
    "báo": "thong|du",
    "ký": "dang|thu|nhat",
    "tính": "may|tai",
    "giao": "ban|ngoai|cong|xa",
    "giữ": "luu|giam",
    "họp": "phong|hoi",
    "đề": "chuyen|van",
    "tiếp": "truc|giao",
    "thu": "nguon",
    "chi": "ke toan|thu",
    "dự": "du",
    "tự": "trat|trinh|tuan|thu",
    "trực": "thuong|ca|trung",
    "mua": "kinh doanh|thu|dau|mai",
    "chia": "phan|ben",
    "cùng": "vo",
}
# The same for words of doing of two syllables: văn thư lưu trữ, thi đua khen thưởng.
KNOWN_COMPOUNDS = (
    "(?:van thu,?|van thu va) luu tru|thi dua,? khen thuong|(?:trong trot va|bao ve va) bao ve thuc vat|kiem dich thuc vat"
    "|thanh tra, kiem tra|uy ban kiem tra|bao ve thuc vat|bao ve rung|tim kiem cuu nan|ung pho su co|cung ung dich vu"
    "|du an (?:dau tu|xay dung|phat trien)(?: xay dung)?|dau tu (?:xay dung|phat trien|cong)|nong nghiep va phat trien"
    "|phat trien nong thon|phat trien quy dat|giao duc,? (?:va )?dao tao|ke hoach va dau tu|xuc tien dau tu"
    "|thong tin va truyen thong|van hoa(?:,| va| -)? thong tin|nghien cuu khoa hoc|kiem soat benh tat|trat tu xay dung"
    "|an toan,? ve sinh|ve sinh (?:moi truong|lao dong)|ho tro phat trien|dich vu viec lam"
    "|(?:nha thau|to chuc|don vi|cong ty) tu van(?: (?:thiet ke|giam sat|xay dung))?|tu van (?:thiet ke|giam sat)"
    "|cap tren(?: truc tiep)?(?: co so)?|su nghiep cong lap"
    "|khuyen khich hoc tap|kiem tra dang|to chuc can bo|dao tao lai xe"
    "|boi thuong,? (?:va )?(?:ho tro,? )?(?:va )?(?:tai dinh cu,? )?giai phong mat bang|khoi phuc rung"
    "|giam sat dau tu|hoi suc tich cuc|dao tao nghe|quan ly thi truong"
)
# The kinds of office (and of people) that take a word of doing into their names.
HEAD_NOUNS = (
    "ban|to|doan|doi|hoi dong|trung tam|phong|cong ty|chi cuc|cuc|can bo|bo phan|quy|luc luong|doanh nghiep"
    "|tieu ban|(?<!xa )hoi|so|bo|vu|to cong tac|ban chi dao|ban to chuc|ban quan ly|cong chuc|giao vien|nguoi|tram"
    "|hop tac xa|xi nghiep|vien|ban van dong|nha|co so|nhan vien|ban lien lac|hat|cuoc|cong tac|viec|ve|duoc"
    "|cong tac vien|chuyen vien|chuyen trach|dang uy vien|uy vien|thanh vien"
)


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, those with the same first syllable together, the longest first.

    >>> alternation(("to chuc", "to", "so"))
    'so|to(?: chuc|)'
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for word in dict.fromkeys(words):
        first, _, rest = word.partition(" ")
        groups[first].append(f" {rest}" if rest else "")
    parts = [
        first + (rests[0] if len(rests) == 1 else f"(?:{'|'.join(sorted(rests, key=len, reverse=True))})")
        for first, rests in sorted(groups.items())
    ]
    return "|".join(parts)
