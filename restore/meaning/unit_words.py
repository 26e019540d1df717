"""Tables of words: what the names of units begin with, and what a task begins with."""

from __future__ import annotations

# First words of units that are one syllable. Their marks tell the office from other words (sở, số; ban, bản), and
# what may not follow makes another noun of it (hội nghị, phòng chống, bộ tiêu chí).
SHORT_HEADS = {
    "so": ("sở", "huu|thich|di|dac|thu"),
    "bo": ("bộ", "may|tieu|chi|ho|cau|thu|luat|de|sach|loc|tai|mon|giao|nho|so|chung"),
    "ban": ("ban", "hanh|dau|ngay|dem|cong|do|tang|khen|phat|bo"),
    "hoi": ("hội", "nghi|thao|thi|dien|nhap|truong|cho|trai|chung|hop|tu|lang|khoe|hoa|dam|y"),
    "doan": ("đoàn", "ket|tau|nguoi"),
    "vien": ("viện", "tro|dan|phi"),
    "vu": ("vụ", "viec|an|mua|dong|chay|tai|le|he|xuan|loi|vi|kien|thang"),
    "quy": ("quỹ", "dat|tien|nha|luong|thoi|von"),
    "khoi": ("khối", "luong|u|nha"),
    "phong": ("phòng", "chong|ngua|chay|hoc|hop|benh|dich|khach|ve|tranh|thi|ngu|lam|tiep"),
    "truong": ("trường", "hop|phai|tho|luc|nghia|ton|ky|chinh|quay|dua"),
    "cuc": ("cục", "bo|dien"),
    "to": ("tổ", "chuc|quoc|tien|hop|chim|khuc"),
    "doi": ("đội", "ngu|hinh|gia"),
    "dai": ("đài", "tho|loan|tuong|phun|hoa|cac"),
    "bao": ("báo", "cao|hieu|dong|hai|ve|an|chi|gia|mat|truoc|tu|tang"),
    "hat": ("hạt", "giong|nhan|dieu|ca|lua|mua|gao"),
    "tram": ("trạm", "bien|phat|dung|xe|thu"),
    "nha": ("nhà", "o|nuoc|cua|ve|dan|dat|xe|xuong|kho|tinh|tam|rieng|tai|dai"),
    "nganh": ("ngành", "nghe|hang|hoc|dao"),
    "khoa": ("khoa", "hoc|cu"),
    "don": ("đồn", "dien|dai"),
    "thon": ("thôn", "xom"),
}  # fmt: skip
LONG_HEADS = (
    # offices
    "uy ban", "ubnd", "hdnd", "ubmttq", "ub mttq", "mttq", "mat tran to quoc", "ub mat tran", "hoi dong", "bo phan",
    "chi cuc", "tong cuc", "tong cong ty", "cong ty", "tap doan", "trung tam", "lien doan", "tong lien doan", "ldld",
    "cong doan", "cdcs", "benh vien", "dai hoc", "hoc vien", "dang bo", "dang uy", "tinh uy", "huyen uy", "thanh uy",
    "quan uy", "thi uy", "chi bo", "chi uy", "cap uy", "chi doan", "tinh doan", "huyen doan", "quan doan", "thi doan",
    "thanh doan", "xa doan", "phuong doan", "lien doi", "toa an", "vien kiem sat", "kho bac", "ngan hang", "bao hiem",
    "bhxh", "thanh tra", "van phong", "cong an", "bch", "chqs", "chinh phu", "quoc hoi", "kiem toan nha nuoc",
    "hiep hoi", "lien hiep", "lien minh", "thong tan xa", "tong hoi", "thu vien", "bao tang", "cang vu", "xi nghiep",
    "hop tac xa", "htx", "dien luc", "buu dien", "vien thong", "vnpt", "viettel", "cong thong tin", "tap chi", "bgh",
    "thuong truc", "tttt", "pgd", "tieu ban", "canh sat", "quan su", "co quan", "don vi", "dia phuong",
    "doanh nghiep", "chu dau tu", "chu so huu", "chu rung", "chu ho", "chu co so", "chu nguon", "chu du an",
    "ho gia dinh", "ho kinh doanh", "to dan pho", "khu dan cu", "khu pho", "co so giao duc", "co so y te",
    "co so kinh doanh", "co so san xuat", "co so dao tao", "tap the", "ca nhan", "chinh quyen", "doan the", "cac cap",
    "to chuc, ca nhan", "to chuc va ca nhan", "to chuc chinh tri", "to chuc dang", "to chuc doan", "to chuc hoi",
    "to chuc cong doan", "to chuc tin dung", "to chuc co", "to chuc lien quan", "to chuc chu tri", "cau lac bo",
    "luc luong", "quan khu",
    # positions
    "chu tich", "pho chu tich", "giam doc", "pho giam doc", "tong giam doc", "pho tong giam doc", "hieu truong",
    "pho hieu truong", "bi thu", "pho bi thu", "truong phong", "pho truong phong", "truong ban", "pho truong ban",
    "truong cac", "truong don vi", "truong khoa", "truong cong an", "truong tieu ban", "truong bo mon", "truong thon",
    "truong doan", "pho truong doan", "thu truong", "nguoi dung dau", "chanh van phong", "pho chanh van phong",
    "chanh thanh tra", "chanh an", "cuc truong", "chi cuc truong", "tong cuc truong", "vu truong", "vien truong",
    "bo truong", "thong doc", "doi truong", "to truong", "tram truong", "hat truong", "khoa truong", "ke toan",
    "chi huy truong", "chinh uy", "tong bien tap", "chu nhiem", "uy vien", "thu ky", "thu tuong", "pho thu tuong",
    "tong bi thu", "thanh vien", "giao vien", "giang vien", "can bo", "cong chuc", "vien chuc", "nguoi lao dong",
    "dang vien", "doan vien", "hoi vien", "hoc sinh", "sinh vien", "phu huynh", "cha me hoc sinh", "nhan vien",
    "nguoi dan", "nguoi su dung", "nguoi phu trach", "bao cao vien", "lanh dao", "tong phu trach", "nguoi nop",
    "nguoi duoc", "nguoi co ten",
)  # fmt: skip
# What "các" makes a unit of: kinds of bodies and levels of administration, most of which alone would be none.
PLURAL_HEADS = (
    "so", "bo", "ban", "nganh", "phong", "hoi", "doan", "to chuc", "truong", "co so", "xa", "phuong", "thi tran",
    "thi xa", "huyen", "quan", "tinh", "thanh pho", "dac khu", "cap", "khoa", "lop", "to", "doi", "thon", "ap",
    "buon", "xom", "lang", "khu", "khoi", "tram", "vien", "cuc", "vu", "ho dan", "ho", "nhom", "chu", "dai", "bao",
    "hang", "diem truong", "nha", "nguoi", "thay", "chi hoi", "phan hieu", "chuyen gia", "trung tam", "nganh",
)  # fmt: skip
# What follows a plural of one syllable and is no unit: số liệu, bộ tiêu chí, hội nghị, trường hợp, nhóm giải pháp.
NO_PLURAL = (
    "to chuc thuc hien|bo (?:tieu|chi so|ho so|cau|de|tai|mon)|phong (?:trao|hoc|hop)|hoi (?:nghi|thao|thi)"
    "|truong hop|nhom (?:giai|nhiem|chi|noi|tieu|van)|khu vuc|khoi luong|vu (?:viec|an|chay|tai)|khoa hoc|dai bieu"
    "|bao cao|hang muc|hang hoa|hang nam|to trinh|quan diem|quan he|doi tuong|vien chuc quan|chu truong|chu de"
    "|cap do|bo phan cau|nha o|cuc bo|so lieu|ban do|ban ve|doan duong"
)
# What a task begins with, in two syllables or more (folded): counted among the items under "có trách nhiệm" and after
# "chủ trì, phối hợp với …" in laws and decisions.
VERBS = (
    "cong tac", "ap dung", "bai bo", "ban giao", "ban hanh", "bao cao", "bao dam", "bao mat", "bao quan", "bao tri", "bao ve",
    "bien soan", "bieu duong", "bo sung", "bo tri", "boi duong", "boi thuong", "can doi", "can cu", "cap nhat", "cap phat",
    "cap giay", "chan chinh", "chap hanh", "chi dao", "chi tra", "chia se", "chinh sua", "cho y kien", "chon cu", "chu dong",
    "chu tri", "chu trong", "chuan bi", "chuyen giao", "cham nhat", "co bien phap", "co ke hoach", "co nhiem vu",
    "co trach nhiem", "co van ban", "chiu trach nhiem", "chiu su", "cong tac", "cong bo", "cong khai", "cong nhan", "cu can bo",
    "cu nguoi", "cung cap", "cung co", "dam bao", "dan dung", "dang ky", "dang tai", "danh gia", "dao tao", "dau moi",
    "day manh", "de nghi", "de xuat", "den tung", "dieu chinh", "dieu phoi", "dieu tiet", "dieu dong", "dinh ky",
    "doi chieu", "don doc", "dong vien", "du tru", "duy tri", "dua tin", "gia tang", "giai quyet", "giai trinh",
    "giam sat", "giao nhiem vu", "gioi thieu", "giup do", "gui bao cao", "gop phan", "hang nam", "hang quy", "hang thang",
    "ho tro", "hoan chinh", "hoan thanh", "hoan thien", "huong dan", "huong ung", "huy dong", "ke khai", "ket hop",
    "ket noi", "khac phuc", "khai bao", "khai thac", "khan truong", "khao sat", "khen thuong", "khuyen khich",
    "kiem soat", "kiem tra", "kien nghi", "kien toan", "kip thoi", "lam dau moi", "lam thu tuc", "lap danh", "lap du",
    "lap ho so", "lap ke hoach", "lay y kien", "len ke hoach", "lien he", "loi dung", "long ghep", "luu giu", "luu tru",
    "lua chon", "mua sam", "nam bat", "nam vung", "nang cao", "nghiem tuc", "nghiem thu", "nghien cuu", "ngan chan",
    "nhac nho", "nhan rong", "niem yet", "on dinh", "phan anh", "phan bo", "phan cong", "phan loai", "phan phoi",
    "phat dong", "phat hien", "phat huy", "phat trien", "phat thanh", "phat tin", "phe duyet", "pho bien", "phoi hop",
    "phu trach", "quan ly", "quan tam", "quan triet", "quyet dinh", "quyet toan", "ra soat", "san sang", "so ket",
    "su dung", "sua chua", "sua doi", "tang cuong", "tao dieu kien", "tap huan", "tap trung", "tap hop", "tham du", "tham dinh",
    "tham gia", "tham muu", "tham tra", "thanh lap", "thanh toan", "thanh tra", "theo chuc nang", "theo doi",
    "theo nhiem vu", "thi hanh", "thiet ke", "thiet lap", "thong bao", "thong ke", "thong qua", "thong tin", "thu gom",
    "thu hoi", "thu thap", "thuc hien", "thuong xuyen", "tich cuc", "tich hop", "tien hanh", "tiep can",
    "tiep nhan", "tiep thu", "tiep tuc", "tim kiem", "tinh toan", "to chuc", "tong hop", "tong ket", "tra loi", "trang bi",
    "tren co so", "trien khai", "trinh uy ban", "trinh hoi dong", "trong qua trinh", "trong thoi han", "truc tiep", "truoc ngay", "trieu tap", "tu van", "tuan thu",
    "tuyen chon", "tuyen truyen", "tuy theo", "ung dung", "ung pho", "uu tien", "van dong", "van hanh", "ve sinh", "vinh danh",
    "xac dinh", "xac minh", "xac nhan", "xay dung", "xem xet", "xu ly", "xu phat", "yeu cau", "y thuc", "to giac",
    "phan dau", "cam ket", "trung bay", "truyen thong", "treo bang", "tao lap", "tai truc", "thay the", "tu choi", "tro giup",
    "phong ngua", "phong chong", "dau tranh", "dau tu", "dat hang", "dong gop", "giai ngan", "cai tao",
    "chinh trang", "cham soc", "chuyen tai", "dam nhan", "de cu", "don dep", "ra quan", "tuan tra",
)  # fmt: skip
# One syllable: only with their own marks, as printed.
SHORT_VERBS = (
    "lập", "gửi", "cử", "nộp", "trình", "giúp", "phát", "mở", "đưa", "làm", "thu", "trả", "xét", "giao", "nhận", "tặng",
    "dự", "họp", "ký", "duyệt", "mời", "đặt", "dành", "tạo", "giữ", "góp", "báo", "phun", "trồng", "treo", "viết", "soạn",
    "lấy", "tính", "ghi", "chuyển", "sửa", "là", "không", "đã", "nên", "sẽ", "cần", "phải", "chọn", "đề", "cấp", "chi", "in", "rà",
    "đọc", "dạy", "bảo", "nắm", "tiếp", "nghiêm", "theo", "bị",
)  # fmt: skip
# After these the words belong to the name: an office for an activity, people of a kind.
NOUN_AFTER = {
    "có": "lien|ten|tham|nhu|du|dieu|chuc|thanh|hoc|con|doi|quyet|von|uy|trong|cac|nguoi|cong|tai",
    "cấp": "xa|huyen|tinh|uy|tren|duoi|co|tieu|hoc|phong|vu|thanh|bo|trung|quan|tong|cuc|cuu|nuoc|chinh|thoat|so|truong",
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
}
# Before these words of one syllable stands what makes a noun of both: công trình, độc lập, tiếp nhận.
NOUN_BEFORE = {
    "trình": "cong|chuong|quy|to|giao|qua|lap|tien|hanh|lo",
    "lập": "cong|doc|thanh|trung|dan|ngoai cong",
    "làm": "viec",
    "cấp": "cung|phan|nang|trung|so|cac|bac|pham|khan|so cap|cao",
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
}
HEAD_NOUNS = (
    "ban|to|doan|doi|hoi dong|trung tam|phong|cong ty|chi cuc|cuc|can bo|bo phan|quy|luc luong|doanh nghiep"
    "|tieu ban|hoi|so|bo|vu|to cong tac|ban chi dao|ban to chuc|ban quan ly|cong chuc|giao vien|nguoi|tram"
    "|hop tac xa|xi nghiep|vien|ban van dong|nha|co so|nhan vien|ban lien lac|hat|cuoc|cong tac|viec|ve|duoc|cong tac vien|chuyen vien|chuyen trach"
)
