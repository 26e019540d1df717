"""What ``restore search`` says to people."""

from __future__ import annotations

from restore.wording import Words

SEARCH_MESSAGES: dict[str, Words] = {
    "search-not-a-folder": Words(
        vi="{path}: đây không phải là thư mục. Hãy cho thư mục kết quả của `restore run`.",
        en="{path}: this is no folder. Give a folder that `restore run` wrote.",
    ),
    "search-nothing-asked": Words(
        vi="Tìm gì? Hãy cho từ cần tìm, hoặc một trong --type, --issuer, --number, --from, --to.",
        en="Search for what? Give words, or one of --type, --issuer, --number, --from, --to.",
    ),
    "search-bad-date": Words(
        vi="«{date}» không phải là ngày. Hãy viết 2020, 2020-03, 2020-03-01 hoặc 01/03/2020.",
        en="“{date}” is no date. Write 2020, 2020-03, 2020-03-01 or 01/03/2020.",
    ),
    "search-dates-crossed": Words(
        vi="{since} ở sau {until}. Hãy đổi chỗ hai ngày.",
        en="{since} lies after {until}. Change them round.",
    ),
    "search-bad-count": Words(
        vi="{option} {value}: hãy cho một số từ {least} trở lên.",
        en="{option} {value}: give a number from {least} on.",
    ),
    "search-index-unusable": Words(
        vi="{path}: không dùng được chỉ mục tìm kiếm ({reason}). Hãy xem quyền ghi và chỗ trống của ổ đĩa; "
        "có thể xóa tệp này, nó được tạo lại khi tìm.",
        en="{path}: the search index cannot be used ({reason}). See whether the folder can be written to and the disk "
        "has space; the file may be deleted, it is made again by the next search.",
    ),
    "search-no-such-document": Words(
        vi="{path}: không có văn bản «{name}» trong chỉ mục.",
        en="{path}: the index has no document “{name}”.",
    ),
    "search-indexing": Words(vi="Đang lập chỉ mục", en="Indexing"),
    "search-unreadable": Words(
        vi="{name}: không đọc được document.json nên không tìm được văn bản này. Hãy chạy lại `restore run`.",
        en="{name}: its document.json cannot be read, so that it is not found. Run `restore run` again.",
    ),
    "search-total": Words(
        vi="{total} văn bản trong {documents}, hiện {first}–{last}",
        en="{total} documents of {documents}, shown {first}–{last}",
    ),
    "search-total-one": Words(vi="1 văn bản trong {documents}", en="1 document of {documents}"),
    "search-total-at-most": Words(
        vi="nhiều nhất {total} văn bản trong {documents}, hiện {first}–{last}",
        en="at most {total} documents of {documents}, shown {first}–{last}",
    ),
    "search-total-more": Words(
        vi="hơn {total} văn bản trong {documents}, hiện {first}–{last}",
        en="more than {total} documents of {documents}, shown {first}–{last}",
    ),
    "search-total-least": Words(
        vi="ít nhất {total} văn bản trong {documents}, hiện {first}–{last}",
        en="at least {total} of {documents} documents, shown {first}–{last}",
    ),
    "search-none-yet": Words(
        vi="Chưa thấy văn bản nào trong {documents} văn bản.", en="None seen so far of {documents} documents."
    ),
    "search-partial": Words(
        vi="Mới xem được một phần, vì xem hết mất hơn một giây. Hãy gõ thêm chữ trước dấu *, gõ thêm từ, "
        "hoặc thêm --thorough để tìm cho hết.",
        en="Only a part was looked at, as all would take more than a second. Write more letters before *, or more words, "
        "or add --thorough to go through all.",
    ),
    "search-none": Words(
        vi="Không có văn bản nào trong {documents} văn bản. Hãy thử gõ không dấu, ít từ hơn, hoặc từ*.",
        en="None of {documents} documents. Try without marks, with fewer words, or with word*.",
    ),
    "search-lines": Words(vi="dòng {lines}", en="line {lines}"),
    "search-grade-review": Words(vi="cần xem lại", en="needs review"),
    "search-grade-poor": Words(vi="kém", en="poor"),
    "search-undated": Words(vi="không rõ ngày", en="undated"),
}
