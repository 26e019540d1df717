"""The words on the page that ranks a batch, in Vietnamese and English. A count stands after its label, never inside it."""

from __future__ import annotations

from typing import Final

from restore.messages import Language, Words

LABELS: Final[dict[str, Words]] = {
    "title": Words("Kết quả phục hồi", "What was restored"),
    "noscript": Words(
        "Trình duyệt đang tắt JavaScript: dưới đây là {count} văn bản cần người xem nhất.",
        "JavaScript is switched off: these are the {count} documents that need a person most.",
    ),
    "others": Words(
        "Trang này có {count} văn bản cần người xem nhất trong {all} văn bản ({failed} lỗi, {review} cần xem lại, {time}). "
        "Các văn bản khác có trong summary.json; tìm bằng `restore search`.",
        "This page has the {count} documents that need a person most, of {all} ({failed} failed, {review} to review, {time}). "
        "The others are in summary.json; `restore search` finds them.",
    ),
    # states
    "state-failed": Words("lỗi", "failed"),
    "state-poor": Words("kém", "poor"),
    "state-review": Words("cần xem lại", "needs review"),
    "state-good": Words("tốt", "good"),
    # groups of reasons, what people filter by
    "group-failed": Words("Tệp không xử lý được", "Files that failed"),
    "group-pages-failed": Words("Trang không đọc được", "Failed pages"),
    "group-pages-doubtful": Words("Trang đọc không chắc", "Doubtful pages"),
    "group-words": Words("Từ cần xem lại", "Words to review"),
    "group-unreadable": Words("Trường không đọc chắc được", "Unreadable fields"),
    "group-missing": Words("Thiếu thành phần", "Missing components"),
    "group-blank": Words("Trường để trống", "Blank fields"),
    "group-contradiction": Words("Mâu thuẫn", "Contradictions"),
    "group-lost-decision": Words("Quyết định mất chỗ", "Decisions without a place"),
    "group-numbering": Words("Đánh số không liền", "Numbering out of order"),
    # reasons, in the lines of documents
    "failed": Words("không xử lý được", "failed"),
    "page-failed": Words("trang không đọc được", "failed pages"),
    "page-doubtful": Words("trang đọc không chắc", "doubtful pages"),
    "page-layer-kept": Words("trang giữ lớp chữ hỏng", "pages with a damaged layer kept"),
    "page-layer-only": Words("trang chỉ còn lớp chữ hỏng", "pages with nothing but a damaged layer"),
    "page-cut-off": Words("trang bị cụt", "pages that break off"),
    "page-empty": Words("trang không có chữ", "pages without words"),
    "no-words": Words("không có chữ nào", "no words at all"),
    "words": Words("từ cần xem lại", "words to review"),
    "unreadable-number": Words("số không đọc chắc được", "number unreadable"),
    "unreadable-date": Words("ngày không đọc chắc được", "date unreadable"),
    "unreadable-field": Words("trường không đọc chắc được", "fields unreadable"),
    "missing-issuer": Words("thiếu cơ quan ban hành", "no issuer"),
    "missing-number": Words("thiếu số, ký hiệu", "no number"),
    "missing-date": Words("thiếu ngày ban hành", "no date"),
    "missing-type": Words("thiếu tên loại, trích yếu", "no type or subject"),
    "missing-signer": Words("thiếu người ký", "no signer"),
    "missing-recipients": Words("thiếu nơi nhận", "no recipients"),
    "no-filing": Words("thiếu dòng Lưu", "no line for the file (Lưu)"),
    "blank-number": Words("số để trống", "number blank"),
    "blank-date": Words("ngày chưa điền đủ", "date not filled in"),
    "blank-field": Words("trường để trống", "fields blank"),
    "notation-type": Words("ký hiệu khác tên loại", "notation of another type"),
    "notation-issuer": Words("ký hiệu khác cơ quan", "notation of another issuer"),
    "later-document": Words("viện dẫn văn bản ra sau", "cites younger documents"),
    "no-authority": Words("cấp phó ký thiếu KT., TM.…", "deputy without KT., TM. …"),
    "lost-decision": Words("quyết định không tìm lại được chỗ", "decisions whose place was not found again"),
    "decisions": Words("đã duyệt", "decided"),
    "numbering-gap": Words("đánh số bị nhảy", "numbering leaps"),
    "numbering-repeat": Words("đánh số bị trùng", "numbering repeats"),
    # filters
    "filters": Words("Bộ lọc", "Filters"),
    "search": Words("Tìm văn bản …", "Find documents …"),
    "search-help": Words(
        "Tên, số, ngày, cơ quan; có dấu hay không dấu", "Name, number, date, issuer; diacritics or not"
    ),
    "states": Words("Tình trạng", "Grade"),
    "reasons": Words("Lý do cần xem", "Reasons"),
    "type": Words("Loại văn bản", "Type"),
    "issuer": Words("Cơ quan ban hành", "Issuer"),
    "all": Words("Tất cả", "All"),
    "unknown": Words("(không rõ)", "(unknown)"),
    "clear": Words("Bỏ lọc", "Clear filters"),
    "nothing": Words("Không có văn bản nào khớp bộ lọc.", "No document matches the filters."),
    "theme": Words("Nền tối", "Dark"),
    # totals and plots
    "documents": Words("văn bản", "documents"),
    "of": Words("trong", "of"),
    "time-needed": Words("cần người xem", "of a person’s time"),
    "all-words": Words("từ", "words"),
    "share-to-review": Words("cần xem lại", "to review"),
    "by-grade": Words("Văn bản theo tình trạng", "Documents by grade"),
    "by-confidence": Words("Từ theo độ tin cậy, %", "Words by confidence, %"),
    "by-time": Words("Thời gian dồn vào đâu", "Where the time goes"),
    "half-of-time": Words("Số văn bản đầu bảng chiếm nửa thời gian", "Documents that take half of the time"),
    "below": Words("dưới", "below"),
    "no-confidence": Words("Chưa có số liệu", "Not known"),
    "no-time": Words("Không văn bản nào cần xem", "Nothing to look at"),
    # table
    "caption": Words(
        "Các văn bản, cần người xem nhất đứng đầu", "Documents, those that need a person most first"
    ),
    "document": Words("Văn bản", "Document"),
    "state": Words("Tình trạng", "Grade"),
    "need": Words("Cần khoảng", "Needs about"),
    "why": Words("Vì sao", "Why"),
    "words-column": Words("Số từ", "Words"),
    "changed": Words("Đã sửa", "Changed"),
    "confidence": Words("Tin cậy", "Confidence"),
    "open": Words("Mở", "Open"),
    "diff": Words("Đối chiếu", "Diff"),
    "text": Words("Toàn văn", "Text"),
    "edits": Words("Chỗ sửa", "Edits"),
    "json": Words("JSON", "JSON"),
    "page": Words("trang", "page"),
    "pages": Words("trang", "pages"),
    "first-page": Words("Đầu danh sách", "First"),
    "previous-page": Words("Trước", "Previous"),
    "next-page": Words("Sau", "Next"),
    "last-page": Words("Cuối danh sách", "Last"),
    "paging": Words("Các phần của danh sách", "Parts of the list"),
    # durations; the number stands where {n} is
    "minutes": Words("≈ {n} phút", "≈ {n} min"),
    "hours": Words("≈ {n} giờ", "≈ {n} h"),
    "short": Words("< 1 phút", "< 1 min"),
    "none": Words("—", "—"),
    "about-time": Words(
        "Thời gian là ước tính từ số từ, số trang, số trường cần xem; chưa đo bằng người thật.",
        "Times are estimated from the words, pages and fields to look at; they were not measured with people.",
    ),
    "keys": Words(
        "Phím: / tìm, j và k xuống, lên một văn bản, Enter mở.",
        "Keys: / finds, j and k go down and up, Enter opens.",
    ),
}


def label(key: str, lang: Language) -> str:
    """The words for a key.

    >>> label("state-poor", "vi"), label("words", "en")
    ('kém', 'words to review')
    """
    return str(getattr(LABELS[key], lang))


def duration(seconds: int, lang: Language) -> str:
    """A time as people say it; :file:`templates/triage.js` says it in the same way.

    >>> duration(0, "vi"), duration(40, "vi"), duration(170, "vi"), duration(9000, "vi"), duration(400000, "en")
    ('—', '< 1 phút', '≈ 3 phút', '≈ 2,5 giờ', '≈ 111 h')
    """
    if not seconds:
        return label("none", lang)
    if seconds < 60:
        return label("short", lang)
    minutes = int(seconds / 60 + 0.5)
    if minutes < 90:
        return label("minutes", lang).replace("{n}", str(minutes))
    tenths = int(seconds / 360 + 0.5)
    hours = f"{int(tenths / 10 + 0.5):,}" if tenths >= 100 else f"{tenths / 10:.1f}".removesuffix(".0")
    if lang == "vi":
        hours = hours.translate({ord(","): ".", ord("."): ","})
    return label("hours", lang).replace("{n}", hours)
