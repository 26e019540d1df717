"""What the archivist's desk says to people: results read again, decisions, the review page."""

from __future__ import annotations

from restore.wording import Words

DESK_MESSAGES: dict[str, Words] = {
    "damaged-log": Words(
        vi="{path}, dòng {line}: không phải là một quyết định ({reason}). Hãy sửa hoặc bỏ dòng này.",
        en="{path}, line {line}: this is no decision ({reason}). Mend the line or take it out.",
    ),
    "damaged-results": Words(
        vi="{path}: kết quả ở đây không đọc được ({reason}). Hãy chạy lại `restore run --overwrite` cho tệp nguồn.",
        en="{path}: the results here cannot be read ({reason}). Run `restore run --overwrite` again on the source.",
    ),
    "results-incomplete": Words(
        vi="{path}: không có tệp này, như trong kết quả của phiên bản cũ. Hãy chạy lại `restore run` với cùng tệp nguồn và -o; "
        "mọi quyết định được giữ nguyên.",
        en="{path}: this file is missing, as in results of an older version. Run `restore run` again with the same sources "
        "and -o; all decisions are kept.",
    ),
    "no-batch": Words(
        vi="{path}: không có kết quả của lô nào ở đây. Hãy cho thư mục sau -o của `restore run`, hoặc chạy `restore run` trước.",
        en="{path}: there are no results of a batch here. Give the folder after -o of `restore run`, or run that first.",
    ),
    "no-such-document": Words(
        vi="{path}: không có văn bản «{name}» trong lô này.",
        en="{path}: this batch has no document “{name}”.",
    ),
    "no-such-place": Words(
        vi="{path}: văn bản không có chỗ {start}–{end}. Hãy tải lại trang.",
        en="{path}: the text has no place {start} to {end}. Load the page again.",
    ),
    "no-such-field": Words(
        vi="{path}: không có trường «{name}» trong văn bản này. Hãy tải lại trang.",
        en="{path}: this document has no field “{name}”. Load the page again.",
    ),
    "no-such-decision": Words(
        vi="{path}: không có quyết định «{name}», hoặc nó đã được hoàn tác. Hãy tải lại trang.",
        en="{path}: there is no decision “{name}”, or it was undone. Load the page again.",
    ),
    "nothing-to-undo": Words(
        vi="{path}: không còn gì để hoàn tác.", en="{path}: there is nothing left to undo."
    ),
    "no-rule": Words(
        vi="«{before}» → «{after}» không thể thành quy tắc: cả hai bên phải có chữ.",
        en="“{before}” → “{after}” cannot be a rule: both sides need words.",
    ),
    "no-archive-dictionary": Words(
        vi="Kho chưa có từ điển riêng. Hãy chạy `restore review` với --dictionary TỆP; tệp sẽ được tạo nếu chưa có.",
        en="The archive has no dictionary of its own. Run `restore review` with --dictionary FILE; it is made if need be.",
    ),
    "no-original": Words(
        vi="{path}: tệp nguồn không còn ở đây hoặc đã đổi. Hãy dùng --originals THƯ_MỤC để chỉ nơi để tệp.",
        en="{path}: the original is no longer here, or is another file now. Say with --originals FOLDER where it lies.",
    ),
    "decided-meanwhile": Words(
        vi="{reviewer} vừa quyết định chỗ này.", en="{reviewer} has just decided on this place."
    ),
    "cannot-listen": Words(
        vi="Không mở được {host}:{port} ({reason}). Hãy chọn --port khác, hoặc bỏ --port.",
        en="{host}:{port} cannot be opened ({reason}). Choose another --port, or leave it out.",
    ),
    "bad-port": Words(
        vi="--port {port}: cổng từ 0 đến 65535.", en="--port {port}: a port is from 0 to 65535."
    ),
    "others-let-in": Words(
        vi="Chú ý: {host} mở cho máy khác. Ai có địa chỉ dưới đây đều xem và sửa được; đường truyền không mã hóa.",
        en="Mind: {host} is open to other machines. Whoever has the address below can read and decide; nothing is encrypted.",
    ),
    "desk-ready": Words(
        vi="Mở trong trình duyệt: {address}\nNhấn Ctrl-C để kết thúc.",
        en="Open in a browser: {address}\nCtrl-C ends it.",
    ),
    "desk-closed": Words(
        vi="Mọi quyết định đã được lưu trong {path}.", en="All decisions are kept in {path}."
    ),
}
