"""The words on the pages of the desk, in Vietnamese and English. ``{braces}`` are filled in by the page.

A key that ends in ``-one`` is the form for one thing, where a language has a form of its own for it.
"""

from __future__ import annotations

from typing import Final

from restore.messages import Language, Words

LABELS: Final[dict[str, Words]] = {
    # every page
    "reviewer": Words("Người hiệu đính (bấm để đổi)", "Reviewer (press to change)"),
    "theme": Words("Nền sáng hoặc tối", "Light or dark"),
    "language": Words("English", "Tiếng Việt"),
    "name-title": Words("Ai hiệu đính?", "Who is reviewing?"),
    "name-why": Words(
        "Mỗi chỗ sửa được ghi lại cùng tên người sửa. Tên được giữ trong trình duyệt này.",
        "Every decision is kept with the name of who took it. The name stays in this browser.",
    ),
    "name": Words("Họ và tên", "Name"),
    "ok": Words("Bắt đầu", "Begin"),
    "cancel": Words("Thôi", "Cancel"),
    "close": Words("Đóng", "Close"),
    "save": Words("Lưu", "Save"),
    "show": Words("Đến chỗ này", "Go there"),
    "search": Words("Tìm", "Search"),
    "search-batch": Words("Tìm trong cả lô", "Search the batch"),
    "list": Words("Danh sách", "List"),
    "documents-nav": Words("Văn bản", "Documents"),
    "panel": Words("Thông tin", "Details"),
    # the list
    "document": Words("Văn bản", "Document"),
    "why": Words("Cần người xem vì", "Needs a person because of"),
    "done": Words("Đã duyệt", "Decided"),
    "need": Words("Thời gian cần", "Time needed"),
    "loading": Words("Đang mở…", "Opening…"),
    "filters": Words("Lọc danh sách", "Filter the list"),
    "filter": Words("Lọc: tên, loại, số, cơ quan", "Filter: name, type, number, issuer"),
    "sort": Words("Xếp theo", "Order by"),
    "sort-need": Words("cần xem nhiều nhất", "most needed"),
    "sort-name": Words("tên tệp", "file name"),
    "sort-left": Words("số chỗ còn lại", "words left"),
    "sort-confidence": Words("kém chắc nhất", "least certain"),
    "more": Words("Thêm", "More"),
    "list-keys": Words(
        "Phím: ↑ ↓ chọn văn bản, Enter mở, / lọc.", "Keys: ↑ ↓ choose a document, Enter opens it, / filters."
    ),
    "state-failed": Words("lỗi", "failed"),
    "state-poor": Words("kém", "poor"),
    "state-review": Words("cần xem lại", "needs review"),
    "state-good": Words("tốt", "good"),
    # the search page
    "search-words": Words("Từ cần tìm", "Words"),
    "search-hint": Words(
        "Từ có dấu chỉ tìm đúng dấu ấy; từ không dấu tìm mọi dấu.",
        "Words with marks are matched just so, words without marks with any.",
    ),
    "search-type": Words("Loại", "Type"),
    "search-type-hint": Words("KH, quyết định", "KH, quyết định"),
    "search-issuer": Words("Cơ quan", "Issuer"),
    "search-number": Words("Số, ký hiệu", "Number"),
    "search-from": Words("Từ ngày", "From"),
    "search-to": Words("Đến ngày", "To"),
    "search-date-hint": Words("2020, 03/2020", "2020, 2020-03"),
    "searching": Words("Đang tìm…", "Searching…"),
    "documents-found": Words("thấy trong {count} văn bản", "found in {count} documents"),
    "documents-found-one": Words("thấy trong 1 văn bản", "found in 1 document"),
    "more-documents-found": Words("thấy trong hơn {count} văn bản", "found in more than {count} documents"),
    "documents-found-so-far": Words(
        "đã thấy trong {count} văn bản, mới xem một phần; gõ thêm chữ trước dấu * hoặc thêm từ để xem hết",
        "found in {count} documents so far, not all were looked at; write more letters before * or more words",
    ),
    "nothing-found-so-far": Words(
        "chưa thấy, mới xem một phần; gõ thêm chữ trước dấu * hoặc thêm từ để xem hết",
        "nothing found so far, not all were looked at; write more letters before * or more words",
    ),
    "nothing-found": Words("không thấy", "nothing found"),
    # counts
    "documents": Words("{count} văn bản", "{count} documents"),
    "documents-one": Words("1 văn bản", "1 document"),
    "places": Words("{count} chỗ", "{count} places"),
    "places-one": Words("1 chỗ", "1 place"),
    "minutes": Words("{count} phút", "{count} minutes"),
    "minutes-one": Words("1 phút", "1 minute"),
    "minutes-left": Words("còn khoảng {count} phút", "about {count} minutes left"),
    "minutes-left-one": Words("còn khoảng 1 phút", "about a minute left"),
    "under-a-minute": Words("chưa đến 1 phút", "under a minute"),
    "doubts-left": Words("còn {count} chỗ cần xem", "{count} left to review"),
    "and-more": Words("và {count} chỗ nữa", "and {count} more"),
    # the document: progress and saving
    "progress": Words("đã duyệt {done}/{total} chỗ", "{done} of {total} decided"),
    "no-doubts": Words("không có chỗ cần xem", "nothing to review"),
    "saved": Words("Đã lưu", "Saved"),
    "saving": Words("Đang lưu…", "Saving…"),
    "not-saved": Words("Chưa lưu được {count}: {reason}", "{count} not saved: {reason}"),
    "unreachable": Words("không nối được máy chủ, đang thử lại", "the server does not answer, trying again"),
    "cannot-open": Words("Không mở được: {reason}", "Cannot be opened: {reason}"),
    "cannot-search": Words("Không tìm được: {reason}", "Search failed: {reason}"),
    "refused": Words("Không nhận, từ này trở lại: {reason}", "Refused, the word is back: {reason}"),
    "failed-to-save": Words(
        "Không lưu được, từ này trở lại: {reason}", "Not saved, the word is back: {reason}"
    ),
    "server-says": Words("{reason}", "{reason}"),
    "conflict": Words("Có người vừa quyết khác ở chỗ này.", "Somebody else has just decided on this place."),
    # the picture
    "original-page": Words("Ảnh trang gốc", "Image of the page"),
    "original-lines": Words("Các dòng của bản gốc", "Lines of the original"),
    "picture-of-page": Words("Ảnh quét trang {page}", "Scan of page {page}"),
    "sheet-of": Words("{sheet} / {count}", "{sheet} / {count}"),
    "magnifier": Words("Ảnh phóng to", "Enlarged"),
    "enlarged": Words(
        "Ảnh phóng to chỗ bản gốc đọc là “{text}”", "Enlarged image of what was read as “{text}”"
    ),
    # the card
    "current-word": Words("Từ đang xem", "Current word"),
    "restored-text": Words("Bản khôi phục", "Restored text"),
    "choices": Words("Các cách đọc", "Readings"),
    "original": Words("bản gốc", "original"),
    "own": Words("Gõ lại", "Type"),
    "accept": Words("Giữ “{text}”", "Accept “{text}”"),
    "take-original": Words("Bản gốc đúng: “{text}”", "The original is right: “{text}”"),
    "removed-word": Words("(bỏ)", "(removed)"),
    "sure-doubt": Words("cần xem, chắc {percent}", "to review, {percent} sure"),
    "sure": Words("chắc {percent}", "{percent} sure"),
    "status-confirmed": Words("đã xác nhận", "confirmed"),
    "confirmed-by": Words("{reviewer} đã xác nhận", "confirmed by {reviewer}"),
    "page-line": Words("trang {page}, dòng {line}", "page {page}, line {line}"),
    "line-number": Words("dòng {line}", "line {line}"),
    "page-number": Words("Trang {page}", "Page {page}"),
    "lines-from": Words("Từ dòng {line}", "From line {line}"),
    "order-doubt": Words("Kém chắc nhất trước", "Least certain first"),
    "order-reading": Words("Theo thứ tự đọc", "In reading order"),
    "spoken-word": Words("{text}, bản gốc {before}", "{text}, original {before}"),
    "spoken-choices": Words("Chọn: {choices}", "Choices: {choices}"),
    "all-decided": Words("Đã duyệt hết các chỗ cần xem.", "Everything in doubt is decided."),
    # the last decision
    "last-decision": Words("Chỗ vừa quyết", "Last decision"),
    "is-right": Words("là đúng", "is right"),
    "undo": Words("Hoàn tác", "Undo"),
    "undo-that": Words("Hoàn tác “{before}” → “{after}”", "Undo “{before}” → “{after}”"),
    "always": Words("Luôn luôn…", "Always…"),
    "elsewhere": Words("Cả {places} khác, {documents}", "Alike in {places}, {documents}"),
    "where": Words("Ở đâu?", "Where?"),
    "decide-first": Words("Hãy quyết một từ trước đã.", "Decide a word first."),
    "nothing-to-undo": Words("Không có gì để hoàn tác.", "There is nothing to undo."),
    "nothing-to-redo": Words("Không có gì để làm lại.", "There is nothing to redo."),
    "undone-places": Words("Đã hoàn tác {places}.", "Undone in {places}."),
    "repeated": Words(
        "Đã đọc như vậy ở {places} khác trong {documents}.", "Decided alike in {places} of {documents}."
    ),
    "ruled-document": Words(
        "Từ nay luôn đọc như vậy trong văn bản này; đã sửa {places}.",
        "From now on always so in this document; {places} decided.",
    ),
    "ruled-batch": Words(
        "Từ nay luôn đọc như vậy trong lô này; đã sửa {places} trong {documents}.",
        "From now on always so in this batch; {places} of {documents} decided.",
    ),
    "ruled-archive": Words(
        "Từ nay luôn đọc như vậy trong kho lưu trữ; đã sửa {places} trong {documents}.",
        "From now on always so in this archive; {places} of {documents} decided.",
    ),
    "no-more-documents": Words("Không còn văn bản nào phía đó.", "There is no document beyond this one."),
    # beside the text
    "fields": Words("Trường", "Fields"),
    "outline": Words("Bố cục", "Outline"),
    "warnings": Words("Cảnh báo", "Warnings"),
    "history": Words("Lịch sử", "History"),
    "absent-fields": Words("Không có trong văn bản ({count})", "Not in the document ({count})"),
    "no-sections": Words("Văn bản này không chia phần.", "This document has no sections."),
    "no-warnings": Words("Không có cảnh báo.", "No warnings."),
    "no-history": Words("Chưa ai quyết gì ở đây.", "Nobody has decided anything here yet."),
    "untitled": Words("(không có tên)", "(untitled)"),
    "edit": Words("Sửa", "Edit"),
    "edit-section": Words("Sửa {section}", "Edit {section}"),
    "outline-kind": Words("Loại mục", "Section's kind"),
    "outline-number": Words("Số mục", "Section's number"),
    "outline-title": Words("Tên mục", "Section's title"),
    "add-field": Words("Thêm: {field}", "Add: {field}"),
    "remove-field": Words("Bỏ {field}", "Remove {field}"),
    "status-of": Words("Tình trạng: {field}", "Status of {field}"),
    "show-field": Words("Đến chỗ của {field}", "Go to {field}"),
    "suggested-sure": Words("đề nghị, {percent}", "suggested, {percent}"),
    "status-present": Words("có", "present"),
    "status-blank": Words("để trống", "blank"),
    "status-absent": Words("không có", "absent"),
    "status-unreadable": Words("không đọc được", "unreadable"),
    "undid": Words("hoàn tác", "undid"),
    "undone": Words("đã hoàn tác", "undone"),
    "repeated-one": Words("lặp lại", "repeated"),
    "rule-document": Words("luôn luôn, văn bản này", "always, this document"),
    "rule-batch": Words("luôn luôn, lô này", "always, this batch"),
    "rule-archive": Words("luôn luôn, kho lưu trữ", "always, this archive"),
    # fields, as Decree 30/2020/NĐ-CP names the parts of a document
    "field-national_name": Words("Quốc hiệu", "National name"),
    "field-motto": Words("Tiêu ngữ", "Motto"),
    "field-issuer_parent": Words("Cơ quan chủ quản", "Parent body"),
    "field-issuer": Words("Cơ quan ban hành", "Issuer"),
    "field-number": Words("Số", "Number"),
    "field-notation": Words("Ký hiệu", "Notation"),
    "field-place": Words("Địa danh", "Place"),
    "field-issued_date": Words("Ngày ban hành", "Date of issue"),
    "field-doc_type": Words("Tên loại", "Type"),
    "field-doc_type_code": Words("Mã tên loại", "Code of the type"),
    "field-subject": Words("Trích yếu", "Subject"),
    "field-urgency": Words("Mức độ khẩn", "Urgency"),
    "field-secrecy": Words("Độ mật", "Secrecy"),
    "field-circulation": Words("Phạm vi lưu hành", "Circulation"),
    "field-addressees": Words("Kính gửi", "Addressee"),
    "field-authority": Words("Quyền hạn ký", "Authority"),
    "field-position": Words("Chức vụ người ký", "Signer's position"),
    "field-name": Words("Người ký", "Signer"),
    "field-recipients": Words("Nơi nhận", "Recipient"),
    "field-filing": Words("Lưu", "Filing"),
    "field-text": Words("Căn cứ", "Legal basis"),
    # dialogs
    "always-title": Words("Luôn luôn đọc như vậy?", "Always read it so?"),
    "always-hint": Words(
        "Các chỗ chưa ai quyết được sửa theo ngay; lần chạy sau cũng đọc như vậy. Hoàn tác được.",
        "Undecided places follow at once, and later runs read it so. It can be undone.",
    ),
    "this-document": Words("Trong văn bản này", "In this document"),
    "this-batch": Words("Trong cả lô này", "In this batch"),
    "this-archive": Words("Trong cả kho lưu trữ", "In this archive"),
    "no-archive": Words(
        "Chưa có từ điển của kho lưu trữ: mở lại với --dictionary TỆP.",
        "No dictionary of the archive is open: start again with --dictionary FILE.",
    ),
    "conflict-title": Words("Có người đã quyết khác", "Somebody has decided otherwise"),
    "conflict-who": Words("{reviewer}, lúc {time}", "{reviewer}, at {time}"),
    "before": Words("trước đó", "before"),
    "theirs": Words("người kia", "theirs"),
    "mine": Words("của tôi", "mine"),
    "keep-theirs": Words("Giữ của người kia", "Keep theirs"),
    "take-mine": Words("Lấy của tôi", "Take mine"),
    # help
    "help-title": Words("Bàn phím", "Keyboard"),
    "marks": Words("Loại thay đổi", "Kinds of change"),
    "marks-hint": Words(
        "Nền càng đậm thì càng kém chắc; ✓ là đã có người xác nhận. Khi đang gõ trong ô, mọi phím là của ô đó.",
        "The stronger the ground, the less certain; ✓ was confirmed by a person. In a field, all keys are the field's.",
    ),
    "letters": Words("Dùng phím chữ làm lệnh", "Single letters are commands"),
    "keys-decide": Words("Quyết", "Decide"),
    "keys-move": Words("Đi", "Move"),
    "keys-view": Words("Xem", "View"),
    "do-accept": Words("giữ như đang đọc, sang chỗ sau", "accept what stands, and on"),
    "do-choose": Words("chọn cách đọc theo số", "choose the reading with this number"),
    "do-original": Words("bản gốc đúng", "the original is right"),
    "do-edit": Words("gõ lại; Enter lưu", "type your own; Enter saves"),
    "do-join": Words("nối với từ sau, rồi gõ", "join with the next word, and type"),
    "do-undo": Words("hoàn tác", "undo"),
    "do-redo": Words("làm lại", "redo"),
    "do-repeat": Words("quyết như vậy ở mọi nơi được nêu", "decide alike everywhere offered"),
    "do-always": Words("luôn luôn đọc như vậy…", "always read it so…"),
    "do-next": Words("chỗ cần xem sau", "next in doubt"),
    "do-previous": Words("chỗ cần xem trước", "previous in doubt"),
    "do-word-left": Words("từ bên trái", "word to the left"),
    "do-word-right": Words("từ bên phải", "word to the right"),
    "do-line-up": Words("dòng trên", "line above"),
    "do-line-down": Words("dòng dưới", "line below"),
    "do-next-sheet": Words("trang sau", "next page"),
    "do-previous-sheet": Words("trang trước", "previous page"),
    "do-next-document": Words("văn bản sau", "next document"),
    "do-previous-document": Words("văn bản trước", "previous document"),
    "do-order": Words("đổi thứ tự các chỗ cần xem (t)", "switch the order of doubts (t)"),
    "do-zoom-in": Words("phóng to", "zoom in"),
    "do-zoom-out": Words("thu nhỏ", "zoom out"),
    "do-zoom-fit": Words("vừa bề ngang", "fit the width"),
    "do-pan-left": Words("kéo ảnh sang trái", "image to the left"),
    "do-pan-right": Words("kéo ảnh sang phải", "image to the right"),
    "do-pan-up": Words("kéo ảnh lên", "image up"),
    "do-pan-down": Words("kéo ảnh xuống (phím cách)", "image down (space)"),
    "do-panel": Words("trường, bố cục, cảnh báo, lịch sử", "fields, outline, warnings, history"),
    "do-search": Words("tìm", "search"),
    "do-help": Words("trợ giúp", "help"),
    "do-leave": Words("thôi, về bản khôi phục", "leave, back to the text"),
    # kinds of sections, as Decree 30/2020/NĐ-CP names them
    "section-part": Words("phần", "part"),
    "section-chapter": Words("chương", "chapter"),
    "section-section": Words("mục", "section"),
    "section-article": Words("điều", "article"),
    "section-clause": Words("khoản", "clause"),
    "section-point": Words("điểm", "point"),
    "section-heading": Words("đề mục", "heading"),
    "section-bullet": Words("gạch đầu dòng", "bullet"),
    "section-paragraph": Words("đoạn", "paragraph"),
    # kinds of change
    "kind-tone": Words("dấu thanh", "tone"),
    "kind-mark": Words("dấu mũ, móc", "mark"),
    "kind-letter": Words("chữ cái", "letter"),
    "kind-split": Words("tách từ", "split"),
    "kind-merge": Words("nối từ", "merge"),
    "kind-case": Words("hoa, thường", "case"),
    "kind-punctuation": Words("dấu câu", "punctuation"),
    "kind-number": Words("số, ký hiệu", "number"),
    "kind-encoding": Words("bảng mã", "encoding"),
    "kind-drop": Words("bỏ từ", "removed"),
    "kind-mixed": Words("nhiều loại", "mixed"),
}


def label(key: str, lang: Language) -> str:
    """The words for a key; a key without words of its own, such as a new kind, stands for itself.

    >>> label("undo", "vi"), label("undo", "en"), label("kind-other", "en")
    ('Hoàn tác', 'Undo', 'other')
    """
    words = LABELS.get(key)
    return getattr(words, lang) if words else key.rpartition("-")[2]


def page_labels(lang: Language) -> dict[str, str]:
    """All words in one language, for the page's own scripts.

    >>> page_labels("en")["saved"]
    'Saved'
    """
    return {key: getattr(words, lang) for key, words in LABELS.items()}
