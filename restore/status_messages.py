"""What `restore status`, a dry run, the log and the metrics say to people."""

from __future__ import annotations

from restore.wording import Words

STATUS_MESSAGES: dict[str, Words] = {
    # The log and the metrics
    "log-not-writable": Words(
        vi="{path}: không ghi được nhật ký ({reason}). Hãy cho tệp khác: --log-json TỆP.",
        en="{path}: the log cannot be written ({reason}). Name another file: --log-json FILE.",
    ),
    "log-interrupted": Words(
        vi="restore: không ghi tiếp được nhật ký ({reason}); việc phục hồi vẫn tiếp tục, nhật ký sẽ ghi lại khi có thể.",
        en="restore: the log cannot be written any more ({reason}); the batch goes on, and the log will when it can.",
    ),
    "metrics-at": Words(vi="Số đo: {url}", en="Metrics: {url}"),
    "metrics-not-served": Words(
        vi="--metrics {address}: không mở được địa chỉ này ({reason}). Hãy chọn cổng khác.",
        en="--metrics {address}: nobody can listen there ({reason}). Choose another port.",
    ),
    "metrics-not-writable": Words(
        vi="{path}: không ghi được số đo ({reason}). Hãy cho tệp khác: --metrics-file TỆP.",
        en="{path}: the metrics cannot be written ({reason}). Name another file: --metrics-file FILE.",
    ),
    "metrics-interrupted": Words(
        vi="restore: không ghi tiếp được số đo ({reason}); việc phục hồi vẫn tiếp tục, số đo sẽ ghi lại khi có thể.",
        en="restore: the metrics cannot be written any more ({reason}); the batch goes on, and they will when they can.",
    ),
    "metrics-missing": Words(
        vi="Muốn có số đo Prometheus thì cần thư viện prometheus-client: cài restore kèm phần bổ sung metrics.",
        en="Metrics for Prometheus need the package prometheus-client: install restore with its extra metrics.",
    ),
    "bad-address": Words(
        vi="--metrics {address}: hãy viết CỔNG hoặc ĐỊA_CHỈ:CỔNG, như 9464 hoặc 0.0.0.0:9464.",
        en="--metrics {address}: write PORT or ADDRESS:PORT, like 9464 or 0.0.0.0:9464.",
    ),
    # The progress bar
    "progress-pages": Words(vi="{count} trang", en="{count} pages"),
    "progress-page-rate": Words(vi="{rate} trang/phút", en="{rate} pages/min"),
    "progress-file-rate": Words(vi="{rate} tệp/phút", en="{rate} files/min"),
    "progress-left": Words(vi="còn khoảng {time}", en="about {time} left"),
    "progress-failed": Words(vi="{count} lỗi", en="{count} failed"),
    "days-and-hours": Words(vi="{days} ngày {hours} giờ", en="{days} d {hours} h"),
    "hours-and-minutes": Words(vi="{hours} giờ {minutes} phút", en="{hours} h {minutes} min"),
    "minutes": Words(vi="{minutes} phút", en="{minutes} min"),
    "seconds": Words(vi="{seconds} giây", en="{seconds} s"),
    # restore status
    "no-ledger": Words(
        vi="{path}: chưa có lô nào được phục hồi vào thư mục này. Hãy cho thư mục kết quả của `restore run`.",
        en="{path}: no batch was run into this folder. Give a folder that `restore run` wrote.",
    ),
    "no-such-document": Words(
        vi="{path}: sổ theo dõi không có văn bản «{name}». Hãy cho tên thư mục của văn bản, tính từ thư mục kết quả.",
        en="{path}: the ledger knows no document “{name}”. Give the document's folder, as named below the output folder.",
    ),
    "status-running": Words(vi="Đang chạy", en="Running"),
    "status-at-work": Words(
        vi="tiến trình {pid} trên máy {host}, từ {since}", en="process {pid} on {host}, since {since}"
    ),
    "status-idle": Words(vi="không", en="no"),
    "status-last-run": Words(vi="Lần chạy cuối", en="Last run"),
    "status-ended": Words(vi="{began} đến {ended}", en="{began} to {ended}"),
    "status-broken-off": Words(
        vi="{began}, bị ngắt giữa chừng (lần cuối còn thấy: {ended}); chạy lại đúng lệnh ấy để làm tiếp",
        en="{began}, ended in the middle (last seen at work {ended}); run the same command again to go on",
    ),
    "status-rate": Words(vi="Tốc độ", en="Rate"),
    "status-left": Words(vi="Còn lại", en="Left"),
    "status-files-left": Words(vi="{left} trong {found} tệp", en="{left} of {found} files"),
    "status-nothing-left": Words(vi="không còn tệp nào trong {found} tệp", en="none of {found} files"),
    "status-about": Words(vi="khoảng {time}", en="about {time}"),
    "status-documents": Words(vi="văn bản", en="documents"),
    "status-pages": Words(vi="trang", en="pages"),
    "status-of-pending": Words(vi="đang chờ", en="waiting"),
    "status-of-started": Words(vi="đang làm", en="in work"),
    "status-of-success": Words(vi="xong", en="done"),
    "status-of-partial": Words(vi="xong, thiếu trang", en="done in part"),
    "status-of-failed": Words(vi="lỗi", en="failed"),
    "status-of-skipped": Words(vi="bỏ qua", en="passed over"),
    "status-in-all": Words(vi="tổng cộng", en="in all"),
    "status-failures": Words(vi="Lỗi, theo nguyên nhân", en="Failures, by cause"),
    "status-count-documents": Words(vi="{count} văn bản", en="documents: {count}"),
    "status-count-pages": Words(vi="{count} trang", en="pages: {count}"),
    "status-retry": Words(
        vi="Khi đã khắc phục: chạy lại đúng lệnh `restore run … -o {out}` và thêm --retry-failed.",
        en="When that is mended: run the same `restore run … -o {out}` again, with --retry-failed.",
    ),
    "status-partial": Words(vi="Văn bản thiếu trang", en="Documents without some of their pages"),
    "status-without": Words(vi="{document}: thiếu trang {pages}", en="{document}: without {pages}"),
    "status-more": Words(vi="và {count} văn bản nữa", en="and {count} more"),
    "status-slowest": Words(vi="Chậm nhất", en="Slowest"),
    "status-page": Words(vi=", trang {page}", en=", page {page}"),
    "status-steps": Words(
        vi="Thời gian theo bước, trong {count} văn bản gần nhất",
        en="Time by step, in the last {count} documents",
    ),
    "status-no-pages": Words(
        vi="Văn bản này chưa có trang nào trong sổ theo dõi (tệp văn bản không có trang).",
        en="The ledger knows no pages of this document (a text has none).",
    ),
    "status-older": Words(
        vi="Sổ theo dõi này do phiên bản cũ ghi (dạng {version}): chưa có trang, tốc độ và thời gian. "
        "`restore run` sẽ chuyển nó sang dạng mới; `restore status` chỉ đọc.",
        en="This ledger is of an older version ({version}), which knew neither pages nor rates nor times. "
        "`restore run` brings it up to date; `restore status` only reads.",
    ),
    # run --dry-run
    "dry-run-work": Words(
        vi="Sẽ làm: {count} ({reasons}), khoảng {time} theo tốc độ của các lần chạy trước.",
        en="To be done: {count} ({reasons}), about {time} at the rate of the last runs.",
    ),
    "dry-run-no-rate": Words(
        vi="Sẽ làm: {count} ({reasons}). Chưa biết cần bao lâu: chưa có lần chạy nào vào thư mục này để đo.",
        en="To be done: {count} ({reasons}). How long that takes is not known: no run into this folder was measured yet.",
    ),
    "dry-run-nothing": Words(vi="Không có tệp nào cần làm.", en="Nothing is to be done."),
    "dry-run-rest": Words(vi="Không làm: {count} ({reasons}).", en="Not to be done: {count} ({reasons})."),
    "why-new": Words(vi="mới", en="new"),
    "why-interrupted": Words(vi="đang làm dở", en="interrupted"),
    "why-changed-file": Words(vi="tệp có vẻ đã đổi", en="file seems changed"),
    "why-changed-options": Words(
        vi="tùy chọn, từ điển hoặc phiên bản đã đổi", en="options, dictionary or version changed"
    ),
    "why-incomplete": Words(vi="thiếu tệp kết quả", en="results incomplete"),
    "why-overwrite": Words(vi="làm lại theo --overwrite", en="done again (--overwrite)"),
    "why-retry": Words(vi="thử lại", en="tried again"),
    "why-taken": Words(vi="đang giữ kết quả của tệp khác", en="holds another file's results"),
    "why-done": Words(vi="đã xong", en="done"),
    "why-failed-before": Words(
        vi="lỗi lần trước, --retry-failed để thử lại", en="failed before, --retry-failed tries again"
    ),
    "why-skipped": Words(vi="bỏ qua", en="passed over"),
    "why-unreadable": Words(vi="không đọc được", en="unreadable"),
}
