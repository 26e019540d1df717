"""What is said of the archive's own dictionary."""

from __future__ import annotations

from restore.wording import Words

DICTIONARY_MESSAGES: dict[str, Words] = {
    "rule-empty": Words(
        vi="Chữ để trống thì không thành quy tắc. Hãy điền chữ như máy đã đọc và chữ đúng.",
        en="Nothing makes no rule. Fill in the word as it was read and the right one.",
    ),
    "rule-break": Words(
        vi="Quy tắc không thể có phím Tab hay xuống dòng. Hãy chọn chữ trong một dòng.",
        en="A rule cannot hold tabs or line breaks. Choose words of one line.",
    ),
    "rule-comment": Words(
        vi="Quy tắc không thể bắt đầu bằng #: trong từ điển đó là ghi chú. Hãy chọn thêm chữ đứng trước.",
        en="A rule cannot begin with #, which begins comments in the dictionary. Choose the word before it too.",
    ),
    "dictionary-one-column": Words(
        vi="{path}, dòng {line}: «{text}» chỉ có một cột. Hãy viết chữ như máy đã đọc, phím Tab, rồi chữ đúng; "
        "hoặc bắt đầu dòng bằng # nếu là ghi chú.",
        en="{path}, line {line}: “{text}” has one column only. Write the word as it was read, a tab, and the right word; "
        "or begin the line with # if it is a comment.",
    ),
    "dictionary-empty": Words(
        vi="{path}, dòng {line}: một trong hai cột đầu để trống. Hãy điền cả hai, hoặc xóa dòng này.",
        en="{path}, line {line}: one of the first two columns is empty. Fill in both, or take the line out.",
    ),
    "dictionary-encoding": Words(
        vi="{path}: từ điển phải là văn bản UTF-8. Hãy lưu lại tệp dạng UTF-8.",
        en="{path}: a dictionary has to be UTF-8 text. Save the file as UTF-8.",
    ),
}
