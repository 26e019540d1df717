"""The words on the pages and in the terminal output of reviews, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from restore.messages import Language, Words

LABELS: Final[dict[str, Words]] = {
    # kinds of differences and edits
    "tone": Words("dấu thanh", "tone"),
    "mark": Words("dấu mũ, móc", "mark"),
    "letter": Words("chữ cái", "letter"),
    "split": Words("tách từ", "split"),
    "merge": Words("nối từ", "merge"),
    "case": Words("hoa, thường", "case"),
    "number": Words("số, ký hiệu", "number"),
    "punctuation": Words("dấu câu", "punctuation"),
    "mixed": Words("nhiều loại", "mixed"),
    "encoding": Words("bảng mã", "encoding"),
    "insertion": Words("thêm từ", "added"),
    "deletion": Words("bỏ từ", "removed"),
    "drop": Words("bỏ từ", "removed"),
    "kept": Words("giữ nguyên", "left as it was"),
    # statuses of edits
    "auto": Words("tự động", "automatic"),
    "review": Words("cần xem lại", "to review"),
    "suggested": Words("đề nghị, chưa sửa", "suggested, not applied"),
    "confirmed": Words("đã xác nhận", "confirmed"),
    # sources of edits
    "source-nfc": Words("chuẩn hóa Unicode", "Unicode normal form"),
    "source-model": Words("mô hình ngôn ngữ và lỗi nhận dạng", "language and error model"),
    "source-phrase": Words("cụm từ, tên cơ quan, địa danh", "known phrase, agency or place"),
    "source-shortlist": Words("từ gần giống trong từ điển", "similar word of the dictionary"),
    "source-number": Words("quy tắc về số, ngày, ký hiệu", "rule for numbers, dates, codes"),
    "source-abbreviation": Words(
        "chữ viết tắt trong văn bản, từ điển", "abbreviation of the document or the dictionary"
    ),
    "source-list": Words("thứ tự các điểm trong danh sách", "sequence of the points of a list"),
    "source-case": Words("chữ hoa theo ngữ cảnh", "case by context"),
    "source-lost-marks": Words("chữ có thể đã mất dấu", "a word that may have lost its marks"),
    "source-rule": Words("quy tắc trong từ điển riêng của kho", "a rule of the archive's dictionary"),
    "source-segmentation": Words("từ ghép với chữ bên cạnh", "makes a word with its neighbours"),
    # how a word was decided
    "outcome-changed": Words("đã sửa", "changed"),
    "outcome-kept": Words("đã đọc, giữ nguyên", "read, and left as it was"),
    "outcome-suggested": Words("có cách đọc chờ người xem", "a reading waits for a person"),
    "outcome-unread": Words(
        "không tìm được cách đọc chắc chắn, để nguyên", "no sure reading was found, left as it was"
    ),
    "outcome-protected": Words("ký hiệu hoặc địa chỉ, không sửa", "a code or an address, not changed"),
    "outcome-healthy": Words(
        "ở dòng không hỏng, không đọc lại", "in a line that is not damaged, not read anew"
    ),
    "cost-reading": Words("cách đọc", "reading"),
    "cost-letters": Words("chữ cái → đã thấy", "letters → seen as"),
    "cost-channel": Words("kênh", "channel"),
    "cost-language": Words("chữ", "word"),
    "cost-following": Words("chữ sau", "after it"),
    "cost-total": Words("tổng", "total"),
    "cost-posterior": Words("hậu nghiệm", "posterior"),
    "penalty-missing-blank": Words("mất dấu cách", "missing blank"),
    "penalty-false-blank": Words("thừa dấu cách", "false blank"),
    "penalty-swallowed-mark": Words("nuốt dấu câu", "a mark taken for a part of a letter"),
    "penalty-title": Words("chữ hoa đầu", "capital"),
    "penalty-capitals": Words("toàn chữ hoa", "capitals"),
    "penalty-phrase": Words("cụm từ bảo đảm", "a phrase vouches"),
    "penalty-rule": Words("quy tắc bảo đảm", "a rule vouches"),
    "penalty-copy": Words("để nguyên", "as it stands"),
    "penalty-number": Words("số, để nguyên", "a number as it stands"),
    "penalty-mark": Words("dấu câu", "a mark"),
    "penalty-protected": Words("được bảo vệ", "protected"),
    "penalty-roman": Words("số La Mã", "a roman numeral"),
    "heard": Words("chữ đứng trước", "heard before"),
    "divisions": Words("cách tách khác", "other divisions"),
    "case-odds": Words("log odds hoa, thường", "log odds of the case"),
    "signs": Words("log odds bị sai", "log odds of being wrong"),
    "engine": Words("bảng lỗi", "engine's table"),
    "engine-sure": Words("máy đọc chắc", "the engine is sure"),
    "sayings": Words("lần đọc khác", "read again as"),
    "saying-script-model": Words("mô hình chữ Việt khác", "another Vietnamese model"),
    "saying-without-ink": Words("bỏ mực dấu", "without the seal's ink"),
    "saying-text-layer": Words("lớp chữ của PDF", "the PDF's text layer"),
    "engine-generic": Words("phần chung của mọi loại máy", "what all engines have in common"),
    "engine-gains": Words(
        "hơn phần chung, nat mỗi chữ cái", "better than what all have in common, nats a letter"
    ),
    "sign-posterior": Words("hậu nghiệm", "posterior"),
    "sign-letters": Words("chữ cái đọc khó", "letters dearly read"),
    "sign-rare": Words("chữ hiếm", "rare word"),
    "sign-once": Words("ít gặp trong văn bản", "seldom in the document"),
    "sign-bond": Words("hợp chữ bên cạnh", "bond with a neighbour"),
    "sign-context": Words("ngữ cảnh lạ", "strange context"),
    "sign-case": Words("hoa, thường không rõ", "case in doubt"),
    "sign-title": Words("chữ hoa đầu", "capital"),
    "sign-abbreviation": Words("chữ viết tắt", "abbreviation"),
    "sign-capitals": Words("chữ hoa lạ, số La Mã", "unknown capitals, roman numeral"),
    "sign-number": Words("số", "number"),
    "sign-code": Words("ký hiệu lạ", "strange code"),
    "sign-broken": Words("số, ký hiệu hỏng", "broken number or code"),
    "sign-symbol": Words("ký tự lạ", "strange sign"),
    "sign-rivals": Words("có cách đọc khác", "other readings"),
    "sign-garbled": Words("chữ cái đọc rất khó", "letters very dearly read"),
    "sign-each": Words("giá mỗi ký tự", "cost a character"),
    "sign-stroke": Words("đọc từ một ký tự", "read from one character"),
    "sign-swallowed": Words("nhiều ký tự thành một chữ cái", "several characters a letter"),
    "sign-asked-for": Words("chữ bên cạnh đòi", "asked for by a neighbour"),
    "sign-case-odds": Words("mức chắc của hoa, thường", "odds of the case"),
    "sign-proposed": Words("cụm từ hay danh mục gợi ý", "proposed by a phrase or list"),
    "sign-upper": Words("toàn chữ hoa", "all capitals"),
    "sign-foreign": Words("chữ nước ngoài đã biết", "known foreign word"),
    "sign-in-word": Words("số dính chữ", "number glued to letters"),
    "sign-joined": Words("dấu ở giữa chữ", "mark inside the word"),
    "sign-surprise": Words("bất ngờ với ngữ cảnh trước", "not expected by what stands before"),
    "sign-otherwise": Words("chỗ khác đọc khác", "read otherwise elsewhere"),
    "sign-upper-alone": Words("chữ hoa giữa chữ thường", "capitals among small words"),
    "sign-odd-case": Words("chữ hoa giữa từ", "capital inside the word"),
    "sign-lone": Words("chữ cái đứng một mình", "lone letter"),
    "sign-odd-figure": Words("số không ai viết thế", "no number that anybody writes"),
    "sign-odd-date": Words("ngày, tháng, năm không thể có", "impossible in a date"),
    "sign-digits": Words("chữ lẫn số", "digits among letters"),
    # the page
    "before": Words("Bản gốc", "Original"),
    "after": Words("Bản khôi phục", "Restored"),
    "left": Words("Bản trái", "Left"),
    "right": Words("Bản phải", "Right"),
    "words": Words("từ", "words"),
    "words-changed": Words("từ đã đổi", "words changed"),
    "words-differ": Words("từ khác nhau", "words differ"),
    "words-to-review": Words("cần xem lại", "to review"),
    "lines-changed": Words("dòng có thay đổi", "lines changed"),
    "differences": Words("chỗ khác nhau", "differences"),
    "legend": Words("Loại thay đổi (bấm để ẩn, hiện)", "Kinds of change (press to hide or show)"),
    "legend-states": Words(
        "Trạng thái của thay đổi (bấm để ẩn, hiện)", "Status of changes (press to hide or show)"
    ),
    "only-review": Words("Chỉ các chỗ cần xem lại", "Only what waits for review"),
    "search": Words("Lọc theo chữ ở hai bản", "Filter by text on either side"),
    "fold": Words("Gấp các dòng không đổi", "Fold unchanged lines"),
    "same-lines": Words("… {count} dòng (bấm để mở)", "… {count} lines (press to open)"),
    "no-match": Words("Không có thay đổi nào như vậy.", "There is no such change."),
    "line-image": Words("Ảnh dòng", "Image of line"),
    "reviewer": Words("người duyệt", "reviewer"),
    "all-documents": Words("Tất cả văn bản", "All documents"),
    "help": Words("Các phím (phím ?)", "Keys (key ?)"),
    "keys-title": Words("Các phím", "Keys"),
    "keys-doubt": Words(
        "chỗ cần xem tiếp theo, trước đó (thay đổi, nếu không còn chỗ nào cần xem)",
        "next, previous place to review (change, where nothing waits for review)",
    ),
    "keys-change": Words("thay đổi tiếp theo, trước đó", "next, previous change"),
    "keys-search": Words("lọc theo chữ, có dấu hay không dấu", "filter by text, with or without its marks"),
    "keys-fold": Words("gấp hoặc mở các dòng không đổi", "fold or open unchanged lines"),
    "keys-help": Words("bảng này", "this list"),
    "keys-close": Words("đóng", "close"),
    "keys-links": Words(
        "Số dòng bên trái là liên kết tới dòng ấy: …#L123.",
        "The line numbers on the left are links to their lines: …#L123.",
    ),
    "keys-footer": Words(
        "Phím: n, p chỗ cần xem; j, k thay đổi; / lọc; ? mọi phím",
        "Keys: n, p places to review; j, k changes; / filters; ? lists all keys",
    ),
    "close": Words("Đóng", "Close"),
    # the list of two folders
    "document": Words("văn bản", "document"),
    "documents": Words("văn bản", "documents"),
    "share": Words("tỷ lệ", "share"),
    "kinds": Words("loại khác biệt", "kinds of difference"),
    "failed": Words("không đọc được", "could not be read"),
    "filter-names": Words("Lọc theo tên", "Filter by name"),
    "only-differing": Words("Chỉ các văn bản khác nhau", "Only those that differ"),
    "legend-documents": Words(
        "Chỉ các văn bản có loại khác biệt này", "Only documents with this kind of difference"
    ),
    "no-difference": Words("giống nhau", "the same"),
    "only-left": Words("Chỉ có ở bên trái", "Only on the left"),
    "only-right": Words("Chỉ có ở bên phải", "Only on the right"),
    "overview-footer": Words("Bấm tên cột để sắp xếp.", "Press a column's name to sort by it."),
    "next": Words("Chỗ cần xem tiếp theo (phím n)", "Next in doubt (key n)"),
    "previous": Words("Chỗ cần xem trước đó (phím p)", "Previous in doubt (key p)"),
    "next-change": Words("Thay đổi tiếp theo (phím n)", "Next change (key n)"),
    "previous-change": Words("Thay đổi trước đó (phím p)", "Previous change (key p)"),
    "source": Words("căn cứ", "source"),
    "confidence": Words("độ tin cậy", "confidence"),
    "cost": Words("chi phí của kênh (nat)", "cost of the channel (nats)"),
    "band-sure": Words("chắc chắn", "sure"),
    "band-fair": Words("khá chắc", "fairly sure"),
    "band-review": Words("cần xem lại", "to review"),
    "band-suggested": Words("đề nghị", "suggested"),
    "alternatives": Words("cách đọc khác", "other readings"),
    "status": Words("trạng thái", "status"),
    "page": Words("trang", "page"),
    "line": Words("dòng", "line"),
    "column": Words("cột", "column"),
    "read-doubtfully": Words(
        "máy đọc chữ này trên ảnh mà không chắc", "read from the image with little certainty"
    ),
    "unread": Words("không tìm được cách đọc chắc chắn", "no sure reading was found"),
    "nothing": Words("(không có)", "(nothing)"),
    "no-changes": Words("Hai bản giống nhau từng từ.", "The two texts are the same, word for word."),
    "keys": Words("Phím: n, p tới chỗ tiếp, chỗ trước; Esc đóng", "Keys: n, p next, previous; Esc closes"),
}


def label(key: str, lang: Language) -> str:
    """The words for a key; a key without words of its own, such as a new source, stands for itself.

    >>> label("tone", "vi"), label("source-gazetteer", "en")
    ('dấu thanh', 'gazetteer')
    """
    words = LABELS.get(key)
    return getattr(words, lang) if words else key.removeprefix("source-")


def sign_label(name: str, lang: Language) -> str:
    """The words for a sign by which a word is judged, or for two that weigh together.

    >>> sign_label("each × bond", "en")
    'cost a character × bond with a neighbour'
    """
    return " × ".join(label(f"sign-{part}", lang) for part in name.split(" × "))
