"""The words that people read, in Vietnamese and English. Keys and codes never change with the language.

A message names what happened, to which file, and the next thing to try. Help texts of the command line stand
in :mod:`restore.help_texts`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from restore.batch_messages import BATCH_MESSAGES
from restore.bench_messages import BENCH_MESSAGES
from restore.cluster_messages import CLUSTER_MESSAGES
from restore.desk_messages import DESK_MESSAGES
from restore.dictionary_messages import DICTIONARY_MESSAGES
from restore.diff_messages import DIFF_MESSAGES
from restore.errors import RestoreError
from restore.export_messages import EXPORT_MESSAGES
from restore.input_messages import INPUT_MESSAGES
from restore.reasons import vietnamese_reason
from restore.search_messages import SEARCH_MESSAGES
from restore.status_messages import STATUS_MESSAGES
from restore.watch_messages import WATCH_MESSAGES
from restore.wording import Language as Language
from restore.wording import Words as Words
from restore.wording import language_of


def message(key: str, lang: Language, **values: object) -> str:
    """The message in the reader's language with its values filled in.

    Raises:
        KeyError: there is no such message, or a value is missing.

    >>> message("missing-file", "en", path="plan.pdf")
    'plan.pdf: there is no such file or folder.'
    """
    return str(getattr(MESSAGES[key], lang).format(**values))


def error_text(error: RestoreError, lang: Language) -> str:
    """What an error says to people.

    >>> error_text(RestoreError("missing-file", path="plan.pdf"), "en")
    'plan.pdf: there is no such file or folder.'
    """
    values = dict(error.values)
    if lang == "vi" and "reason" in values:
        values["reason"] = vietnamese_reason(values["reason"])
    return message(error.key, lang, **values)


def language(environment: Mapping[str, str] = os.environ, flag: str | None = None) -> Language:
    """The reader's language: the flag, RESTORE_LANG, the locale, English.

    >>> language({"LANG": "vi_VN.UTF-8"}), language({"LANG": "vi_VN.UTF-8", "LC_ALL": "C"})
    ('vi', 'en')
    """
    if flag in ("vi", "en"):
        return "vi" if flag == "vi" else "en"
    for name in ("RESTORE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):  # the order of setlocale(3)
        value = environment.get(name, "")
        if value:
            return language_of(value) or "en"
    return "en"


MESSAGES: dict[str, Words] = (
    EXPORT_MESSAGES
    | BENCH_MESSAGES
    | BATCH_MESSAGES
    | CLUSTER_MESSAGES
    | DESK_MESSAGES
    | DICTIONARY_MESSAGES
    | DIFF_MESSAGES
    | INPUT_MESSAGES
    | SEARCH_MESSAGES
    | STATUS_MESSAGES
    | WATCH_MESSAGES
    | {
        # The command line and the configuration
        "bad-arguments": Words(
            vi="Dòng lệnh không đúng: {reason}. Xem `{command} --help`.",
            en="The command line cannot be read: {reason}. See `{command} --help`.",
        ),
        "bad-nth": Words(
            vi="--nth {nth}: thứ tự của chỗ cần xem phải từ 1 trở lên.",
            en="--nth {nth}: the number of a place is 1 or more.",
        ),
        "nth-and-all": Words(
            vi="--all đã là mọi chỗ; bỏ --nth {nth} hoặc bỏ --all.",
            en="--all already means every place; leave out either --nth {nth} or --all.",
        ),
        "bad-pages": Words(
            vi="Danh sách trang «{pages}» không đọc được; hãy viết như 1,3-5 hoặc 7-.",
            en="The page list “{pages}” cannot be read; write it like 1,3-5 or 7-.",
        ),
        "bad-setting": Words(
            vi="{origin}: giá trị «{value}» không dùng được ({reason}).",
            en="{origin}: the value “{value}” cannot be used ({reason}).",
        ),
        "bad-config-file": Words(
            vi="{path}: không đọc được tệp cấu hình ({reason}).",
            en="{path}: the configuration cannot be read ({reason}).",
        ),
        "unknown-setting": Words(
            vi="{where}: không có thiết lập nào tên «{setting}». Các thiết lập: {known}.",
            en="{where}: there is no setting “{setting}”. The settings are: {known}.",
        ),
        "unknown-setting-near": Words(
            vi="{where}: không có thiết lập nào tên «{setting}». Ý bạn là «{suggestion}»?",
            en="{where}: there is no setting “{setting}”. Did you mean “{suggestion}”?",
        ),
        "output-is-input": Words(
            vi="{path}: nơi ghi kết quả trùng với đầu vào; bản gốc không bao giờ bị ghi đè. Hãy đổi -o.",
            en="{path}: the output is also an input, and originals are never written to. Change -o.",
        ),
        # Inputs
        "missing-file": Words(
            vi="{path}: không có tệp hoặc thư mục này.",
            en="{path}: there is no such file or folder.",
        ),
        "no-documents": Words(
            vi="{path}: không có văn bản nào ở đây. Các loại tệp đọc được: {suffixes}.",
            en="{path}: there is no document here. Files that can be read: {suffixes}.",
        ),
        "not-a-file": Words(
            vi="{path}: là thư mục; cần một tệp.",
            en="{path}: this is a folder; a file is needed.",
        ),
        "unreadable-file": Words(
            vi="{path}: không đọc được tệp ({reason}). Hãy kiểm tra tệp bằng chương trình khác, hoặc chép lại.",
            en="{path}: the file cannot be read ({reason}). See whether another program opens it, or copy it again.",
        ),
        "text-is-binary": Words(
            vi="{path}: đây là tệp {kind}, không phải văn bản. Hãy dùng `restore run`; tệp tên .txt thì đổi lại đúng đuôi trước.",
            en="{path}: this is {kind}, not text. `restore run` reads it; where it is called .txt, give it its own suffix first.",
        ),
        "unknown-file-type": Words(
            vi="{path}: không đọc được loại tệp này. Các loại đọc được: {suffixes}.",
            en="{path}: files of this kind cannot be read. Those that can: {suffixes}.",
        ),
        "damaged-file": Words(
            vi="{path}: nội dung không phải là tệp {suffix} đọc được; có lẽ tệp bị hỏng hoặc rỗng. "
            "Hãy mở bằng chương trình khác rồi lưu lại, hoặc quét lại.",
            en="{path}: what it holds is no readable {suffix} file; it may be damaged or empty. "
            "Open it in another program and save it anew, or scan it again.",
        ),
        "encrypted-pdf": Words(
            vi="{path}: PDF có mật khẩu. Hãy gỡ mật khẩu rồi chạy lại.",
            en="{path}: the PDF has a password. Take the password off and run again.",
        ),
        "pdf-without-pages": Words(
            vi="{path}: PDF không có trang nào. Hãy xuất lại tệp từ bản gốc.",
            en="{path}: the PDF has no page. Export it again from what it was made of.",
        ),
        "image-too-large": Words(
            vi="{path}, trang {page}: ảnh có {megapixels} triệu điểm ảnh, quá giới hạn {limit}. "
            "Dùng --max-megapixels {megapixels} nếu thật sự muốn mở.",
            en="{path}, page {page}: the image has {megapixels} million pixels, more than the limit of {limit}. "
            "Use --max-megapixels {megapixels} if it really is to be opened.",
        ),
        "unreadable-page": Words(
            vi="{path}, trang {page}: không đọc được trang ({reason}). Hãy lưu lại bằng chương trình khác, hoặc quét lại.",
            en="{path}, page {page}: the page cannot be read ({reason}). Save it anew in another program, or scan it again.",
        ),
        "page-timeout": Words(
            vi="Trang {page}: nhận dạng quá {seconds} giây nên bị dừng. Có thể tăng --page-timeout.",
            en="Page {page}: recognition was stopped after {seconds} seconds. --page-timeout gives it more.",
        ),
        "tesseract-failed": Words(
            vi="Trang {page}: Tesseract báo lỗi ({reason}).",
            en="Page {page}: Tesseract failed ({reason}).",
        ),
        "missing-tesseract": Words(
            vi="Chưa cài Tesseract. Chạy `restore doctor` để biết cách cài.",
            en="Tesseract is not installed. `restore doctor` says how to get it.",
        ),
        "missing-tesseract-language": Words(
            vi="Tesseract thiếu dữ liệu «{language}». Chạy `restore doctor` để biết cách cài.",
            en="Tesseract lacks its data “{language}”. `restore doctor` says how to get it.",
        ),
        "unreadable-text": Words(
            vi="{path}: không nhận ra bảng mã của văn bản. Hãy lưu lại dưới dạng UTF-8.",
            en="{path}: the text's encoding is not known. Save it as UTF-8.",
        ),
        "nothing-to-compare": Words(
            vi="{left} và {right}: không có cặp văn bản nào cùng tên để so sánh.",
            en="{left} and {right}: no two texts have the same name, so nothing can be compared.",
        ),
        "no-such-pages": Words(
            vi="{path}: không có trang nào trong số {pages}; tệp có {page_count} trang.",
            en="{path}: it has none of the pages {pages}; there are {page_count}.",
        ),
        "evaluate-ambiguous": Words(
            vi="{path} và {other}: cùng ứng với một bản đúng. Hãy để lại một trong hai trong thư mục.",
            en="{path} and {other}: both answer to the same true text. Leave one of them in the folder.",
        ),
        "file-and-folder": Words(
            vi="{left} và {right}: hãy cho hai tệp hoặc hai thư mục, không phải mỗi thứ một.",
            en="{left} and {right}: give two files or two folders, not one of each.",
        ),
        "no-such-word": Words(
            vi="{path}: không có chỗ nào ứng với «{word}». Hãy cho chữ như nó đứng trong tệp hoặc như đã khôi phục, "
            "dòng:cột, hoặc #vị trí.",
            en="{path}: no place fits “{word}”. Give the word as it stands in the file or as it was restored, "
            "line:column, or #offset.",
        ),
        "no-such-occurrence": Words(
            vi="{path}: chỉ có {count} chỗ ứng với «{word}», không có chỗ thứ {nth}.",
            en="{path}: {count} places fit “{word}”; there is no number {nth}.",
        ),
        "explain-more": Words(
            vi="Chỗ thứ {nth} trong {count} chỗ phù hợp; --nth N cho chỗ khác, --all cho mọi chỗ.",
            en="Place {nth} of {count} that fit; --nth N shows another, --all every one.",
        ),
        "no-bench-pages": Words(
            vi="{path}: không có gì để đo: *.ocr.txt hoặc bản quét cạnh *.gold.txt, hay bản quét cạnh truth.txt.",
            en="{path}: nothing to measure: *.ocr.txt or a scan beside *.gold.txt, or scans beside truth.txt.",
        ),
        "no-bench-scans": Words(
            vi="{path}: không có bản quét để đo: cần bản quét cạnh *.gold.txt hay truth.txt.",
            en="{path}: no scan to measure: a scan beside *.gold.txt or truth.txt is needed.",
        ),
        "no-bench-truth": Words(
            "{path}: không có fields.json nào. Mỗi văn bản cần một thư mục có text.txt và fields.json.",
            "{path}: there is no fields.json. Every document needs a folder with text.txt and fields.json.",
        ),
        "no-bench-texts": Words(
            vi="{path}: không có văn bản hỏng để đo: cần *.ocr.txt (hay *.txt) cạnh *.gold.txt.",
            en="{path}: no damaged text to measure: *.ocr.txt (or *.txt) beside *.gold.txt is needed.",
        ),
        "worker-died": Words(
            vi="{path}: tiến trình xử lý tệp này bị dừng đột ngột (hết bộ nhớ hoặc lỗi thư viện). "
            "Hãy thử --jobs 1 hoặc --max-megapixels nhỏ hơn.",
            en="{path}: the process that worked on this file died (out of memory, or a fault in a library). "
            "Try --jobs 1 or a smaller --max-megapixels.",
        ),
        "internal": Words(
            vi="Lỗi trong chương trình: {reason}. Chạy lại với -v để xem chi tiết.",
            en="A fault in the program: {reason}. Run it again with -v to see where.",
        ),
        "interrupted": Words(
            vi="Đã dừng. Chạy lại cùng lệnh để làm tiếp các tệp còn lại.",
            en="Stopped. Run the same command again to go on with the files that are left.",
        ),
        # Outputs
        "output-not-writable": Words(
            vi="{path}: không ghi được kết quả ({reason}). Hãy chọn nơi khác cho -o.",
            en="{path}: the output cannot be written ({reason}). Choose another place for -o.",
        ),
        "output-taken": Words(
            vi="{path}: thư mục này đã giữ kết quả của {other}. Hãy dùng thư mục -o khác, hoặc --overwrite.",
            en="{path}: this folder already holds what was made of {other}. Use another -o, or --overwrite.",
        ),
        "ledger-unusable": Words(
            vi="{path}: không dùng được sổ theo dõi ({reason}). Xóa tệp này rồi chạy lại để làm lại từ đầu.",
            en="{path}: the ledger cannot be used ({reason}). Delete it and run again to start afresh.",
        ),
        "ledger-refused": Words(
            vi="{path}: không đọc hoặc ghi được sổ theo dõi ({reason}). Hãy xem quyền ghi của thư mục và chỗ trống của ổ đĩa.",
            en="{path}: the ledger can not be read or written ({reason}). See who may write to the folder, and whether the "
            "disk has space.",
        ),
        # Warnings in document.json
        "page-failed": Words(
            vi="Trang {page} không đọc được: {reason}",
            en="Page {page} could not be read: {reason}",
        ),
        "page-empty": Words(
            vi="Trang {page} không có chữ nào.",
            en="Page {page} holds no words.",
        ),
        "page-blank": Words(
            vi="Trang {page} là giấy trắng.",
            en="Page {page} is blank paper.",
        ),
        "page-cut-off": Words(
            vi="Ảnh của trang {page} bị hỏng giữa chừng ({reason}); chỉ đọc được phần còn lại. Hãy quét hoặc chép lại tệp.",
            en="The picture of page {page} breaks off ({reason}); what there is of it was read. Scan or copy it again.",
        ),
        "page-doubtful": Words(
            vi="Trang {page} có lẽ không đọc được đúng: độ chắc chắn trung bình chỉ {confidence}.",
            en="Page {page} was hardly readable: the mean confidence is only {confidence}.",
        ),
        "words-doubtful": Words(
            vi="Trang {page}: các chữ đọc không chắc: {words}",
            en="Page {page}: words read with little certainty: {words}",
        ),
        "number-unreadable": Words(
            vi="Trang {page}: số của văn bản không đọc chắc được: «{raw}»",
            en="Page {page}: the document's number cannot be read with certainty: “{raw}”",
        ),
        "date-unreadable": Words(
            vi="Trang {page}: ngày ban hành không đọc chắc được: «{raw}»",
            en="Page {page}: the date of issue cannot be read with certainty: “{raw}”",
        ),
        "words-unread": Words(
            vi="Chưa đọc được: {words}",
            en="No reading was found for: {words}",
        ),
        "page-converted": Words(
            vi="Lớp chữ của trang {page} dùng bảng mã {encoding}, đã chuyển sang Unicode.",
            en="The text layer of page {page} was in {encoding} and was converted to Unicode.",
        ),
        "page-reread": Words(
            vi="Lớp chữ của trang {page} bị hỏng; trang đã được nhận dạng lại từ hình.",
            en="The text layer of page {page} was damaged; the page was read again from its image.",
        ),
        "page-layer-kept": Words(
            vi="Lớp chữ của trang {page} bị hỏng nhưng được giữ lại theo --mode keep.",
            en="The text layer of page {page} is damaged and was kept, as --mode keep says.",
        ),
        "page-layer-only": Words(
            vi="Không nhận dạng được trang {page} từ hình nên giữ lại lớp chữ bị hỏng: {reason}",
            en="Page {page} could not be read from its image, and its damaged text layer was kept: {reason}",
        ),
        # What a records clerk would ask about (warnings in document.json, too)
        "number-blank": Words(vi="Số văn bản để trống.", en="The document's number is left blank."),
        "date-blank": Words(
            vi="Ngày ban hành chưa đủ: «{raw}»", en="The date of issue is not filled in: “{raw}”"
        ),
        "notation-type": Words(
            vi="Ký hiệu {notation} là của {other}, văn bản lại là {kind}.",
            en="The notation {notation} is that of a {other}, and this is a {kind}.",
        ),
        "notation-issuer": Words(
            vi="Ký hiệu {notation} không phải của {issuer}.",
            en="The notation {notation} is not that of {issuer}.",
        ),
        "numbering-gap": Words(vi="Đánh số bị nhảy: {places}", en="The numbering leaps: {places}"),
        "numbering-repeat": Words(
            vi="Đánh số bị trùng: {places}", en="The numbering repeats itself: {places}"
        ),
        "no-filing": Words(
            vi="Nơi nhận không có dòng Lưu.", en="The recipients have no line for the file (Lưu)."
        ),
        "later-document": Words(
            vi="Văn bản được viện dẫn có sau văn bản này: {named}",
            en="Cited, though younger than this document: {named}",
        ),
        "no-authority": Words(
            vi="Người ký là cấp phó mà không ghi KT., TM., TL., TUQ. hay Q.: {position}",
            en="A deputy signs without KT., TM., TL., TUQ. or Q.: {position}",
        ),
        "missing-component": Words(vi="Thiếu: {parts}", en="Missing: {parts}"),
        "component-issuer": Words(vi="cơ quan ban hành", en="issuer"),
        "component-number": Words(vi="số, ký hiệu", en="number"),
        "component-date": Words(vi="ngày ban hành", en="date"),
        "component-type": Words(vi="tên loại hoặc trích yếu", en="type or subject"),
        "component-signer": Words(vi="người ký", en="signer"),
        "component-recipients": Words(vi="nơi nhận", en="recipients"),
        # What the program says when it is done
        "done": Words(
            vi="{ok} tệp xong, {failed} tệp lỗi, {review} tệp cần xem lại",
            en="{ok} ok, {failed} failed, {review} need review",
        ),
        "already-done": Words(
            vi="{count} tệp đã xong từ lần chạy trước (dùng --overwrite để làm lại).",
            en="Done by an earlier run: {count} (--overwrite does them again).",
        ),
        "look-at": Words(vi="Xem kết quả: {path}", en="To look at the result, open {path}"),
        "restoring": Words(vi="Đang phục hồi", en="Restoring"),
        # doctor
        "doctor-ok": Words(vi="Mọi thứ cần thiết đều có.", en="Everything that is needed is there."),
        "doctor-missing": Words(vi="Thiếu: {names}.", en="Missing: {names}."),
        "doctor-apt": Words(vi="Trên Debian hoặc Ubuntu: {command}", en="On Debian or Ubuntu: {command}"),
        "doctor-elsewhere": Words(
            vi="Trên hệ khác: cài Tesseract 5 cùng dữ liệu `vie` và `osd`, và một phông chữ có đủ chữ Việt "
            "(Tinos, Liberation 2 hoặc FreeFont).",
            en="Elsewhere: install Tesseract 5 with the `vie` and `osd` data, and a font that has all Vietnamese "
            "letters (Tinos, Liberation 2 or FreeFont).",
        ),
        "doctor-python": Words(
            vi="Thư viện Python: chạy `make demo` trong thư mục của chương trình.",
            en="Python packages: run `make demo` in the program's folder.",
        ),
        "doctor-dictionaries": Words(
            vi="Từ điển: tải lại mã nguồn rồi cài đặt lại; tệp thiếu hoặc sai mã kiểm tra được nêu ở trên.",
            en="Dictionaries: fetch the source again and reinstall; what is missing or altered is named above.",
        ),
        "doctor-optional": Words(vi="không bắt buộc", en="optional"),
        "doctor-installed": Words(vi="đã cài", en="installed"),
        "doctor-absent": Words(vi="không có", en="not there"),
        "doctor-group-program": Words(vi="Chương trình", en="Program"),
        "doctor-group-tesseract": Words(vi="Tesseract và dữ liệu", en="Tesseract and its data"),
        "doctor-group-font": Words(vi="Phông chữ", en="Fonts"),
        "doctor-group-python": Words(vi="Thư viện Python", en="Python packages"),
        "doctor-group-dictionary": Words(vi="Từ điển và mô hình", en="Dictionaries and models"),
        "doctor-problem-checksum": Words(vi="sai mã kiểm tra", en="wrong checksum"),
        "doctor-problem-old": Words(vi="quá cũ", en="too old"),
        # evaluate
        "evaluate-pooled": Words(vi="tất cả, gộp theo chữ", en="all, pooled by words"),
        "evaluate-missing": Words(vi="{name}: không có tệp tương ứng", en="{name}: it has no counterpart"),
        "evaluate-wer-lower": Words(vi="WER chữ thường", en="WER lower"),
    }
)
