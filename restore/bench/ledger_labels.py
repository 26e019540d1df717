"""The words in the table of ``bench ledger``, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from restore.messages import Words

LEDGER_LABELS: Final[dict[str, Words]] = {
    "cpu-seconds": Words("giây CPU", "CPU s"),
    "clock-seconds": Words("giây đồng hồ", "clock s"),
    "ledger-row": Words("dòng của một văn bản", "the row of one document"),
    "ledger-changes": Words("100 văn bản đổi sau cùng", "the last 100 documents that changed"),
    "ledger-begin-run": Words("mở sổ để chạy tiếp", "opening for a run"),
    "ledger-new-file": Words(
        "chạy với một tệp mới, cho đến khi giao việc", "a run with one new file, until it is handed out"
    ),
    "ledger-all-done": Words(
        "chạy với {inputs} tệp đã xong cả", "a run with {inputs} files, all done before"
    ),
    "ledger-status": Words("restore status, cả tiến trình", "restore status, the whole process"),
    "ledger-summaries": Words("viết summary.json và summary.html", "writing summary.json and summary.html"),
    "ledger-summaries-again": Words("như vậy, khi không có gì đổi", "the same when nothing has changed"),
    "ledger-size": Words(
        "{documents} văn bản, mỗi văn bản một trang: sổ {bytes} byte một trang, summary.json {summary} MB",
        "{documents} documents of one page each: {bytes} bytes of ledger a page, summary.json {summary} MB",
    ),
}
