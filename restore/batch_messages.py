"""What a batch says to people."""

from __future__ import annotations

from restore.wording import Words

BATCH_MESSAGES: dict[str, Words] = {
    "disk-full": Words(
        vi="{path}: ổ đĩa đã đầy. Những gì đã xong vẫn được giữ; hãy giải phóng chỗ trống rồi chạy lại đúng lệnh này.",
        en="{path}: the disk is full. What was done is kept; make room and run the same command again.",
    ),
    "already-running": Words(
        vi="{path}: một lần chạy khác đang làm việc trong thư mục này (tiến trình {pid} trên máy {host}, từ {since}). "
        "Hãy đợi nó xong, hoặc chọn thư mục -o khác.",
        en="{path}: another run is at work in this folder (process {pid} on {host}, since {since}). "
        "Wait until it is done, or choose another -o.",
    ),
    "task-timeout": Words(
        vi="{path}: quá {seconds} giây nên tiến trình xử lý bị dừng. Có thể tăng --page-timeout.",
        en="{path}: the process that worked on this was ended after {seconds} seconds. --page-timeout gives it more.",
    ),
    "file-changed": Words(
        vi="{path}: tệp bị ghi thêm trong lúc đang đọc. Hãy đợi tệp được chép xong rồi chạy lại.",
        en="{path}: somebody wrote to the file while it was read. Wait until it is whole and run again.",
    ),
    "page-memory": Words(
        vi="{path}, trang {page}: cần nhiều bộ nhớ hơn mức cho phép. Có thể tăng --page-memory, hoặc quét lại với độ phân "
        "giải thấp hơn.",
        en="{path}, page {page}: this takes more memory than it may have. --page-memory gives it more; a scan of fewer "
        "dots per inch needs less.",
    ),
    "document-memory": Words(
        vi="{path}: cần nhiều bộ nhớ hơn mức cho phép. Có thể tăng --page-memory, hoặc chia nhỏ tệp.",
        en="{path}: this takes more memory than it may have. --page-memory gives it more; or part the file.",
    ),
    "no-worker": Words(
        vi="Không khởi động được tiến trình xử lý nào ({reason}). Hãy xem bộ nhớ còn trống và giới hạn tiến trình của hệ thống.",
        en="No worker process can be started ({reason}). See how much memory is free and how many processes the system allows.",
    ),
    "failed-before": Words(
        vi="lần chạy trước đã báo lỗi: {reason}. Thêm --retry-failed để thử lại.",
        en="an earlier run reported: {reason}. --retry-failed tries again.",
    ),
    "without-pages": Words(
        vi="Bỏ qua vì không có trang nào trong số {pages}: {count} tệp.",
        en="Passed over, as they have none of the pages {pages}: {count}.",
    ),
    "ledger-newer": Words(
        vi="{path}: sổ theo dõi do bản mới hơn của chương trình ghi (phiên bản {version}, bản này biết đến {known}). Hãy cập nhật "
        "chương trình, hoặc chọn thư mục -o khác.",
        en="{path}: a newer version of this program wrote this ledger (version {version}, this one knows {known}). Update the "
        "program, or choose another -o.",
    ),
    "exports-older": Words(
        vi="{path}: các bản xuất trước lần chạy này chưa có kết quả mới; `restore export … --overwrite` xuất lại.",
        en="{path}: what was exported before this run has not its results; `restore export … --overwrite` makes it anew.",
    ),
    "pages-of-none": Words(
        vi="Không tệp nào có trang trong số {pages}; hãy đổi --pages.",
        en="No file has any of the pages {pages}; change --pages.",
    ),
    "left-alone": Words(
        vi="{count} tệp đã lỗi ở lần chạy trước và được để yên; thêm --retry-failed để thử lại.",
        en="Failed in an earlier run and left alone: {count}. --retry-failed tries them again.",
    ),
}
