"""The words in the tables of ``bench speed``, ``batch`` and ``workers``, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from restore.messages import Words

THROUGHPUT_LABELS: Final[dict[str, Words]] = {
    # batch
    "batch-begins": Words(
        "{pages} trang, kết quả tạm ở {out}; `restore status {out}` cho biết đã tới đâu.",
        "{pages} pages, their results for the time being in {out}; `restore status {out}` tells how far it is.",
    ),
    "part-of-batch": Words("phần mười", "tenth"),
    "rate": Words("trang một giây", "pages a second"),
    "cpu-page": Words("giây CPU một trang", "CPU s a page"),
    "coordinator-mb": Words("MB, điều phối", "MB, coordinator"),
    "workers-mb": Words("MB, các tiến trình", "MB, workers"),
    "promise": Words("cam kết", "promise"),
    "measured": Words("đo được", "measured"),
    "bound": Words("giới hạn", "bound"),
    "kept": Words("đạt", "kept"),
    "yes": Words("có", "yes"),
    "no": Words("không", "no"),
    "coordinator-memory": Words(
        "bộ nhớ của tiến trình điều phối, phần mười cuối so với đầu",
        "memory of the coordinator, last tenth against first",
    ),
    "workers-memory": Words(
        "bộ nhớ của các tiến trình xử lý, phần mười cuối so với đầu",
        "memory of the workers, last tenth against first",
    ),
    "page-cost": Words(
        "giây CPU một trang, phần mười cuối so với đầu", "CPU seconds a page, last tenth against first"
    ),
    "ledger-bytes": Words("sổ theo dõi, byte một trang", "ledger, bytes a page"),
    "batch-total": Words(
        "{pages} trang ({words} từ trong thân) trong {minutes} phút, {jobs} tiến trình: {pages_per_second:.1f} trang một giây, "
        "{cpu_seconds_a_page:.3f} giây CPU một trang, trong đó điều phối {coordinator_cpu_seconds_a_page:.4f}; "
        "bận {processors_busy:.2f} bộ xử lý, chương trình khác chiếm {processors_of_others:.2f}. "
        "Kết quả {stored_bytes_a_page:,} byte một trang.",
        "{pages} pages (of {words} words in the body) in {minutes} minutes, {jobs} workers: {pages_per_second:.1f} pages a second, "
        "{cpu_seconds_a_page:.3f} CPU seconds a page, {coordinator_cpu_seconds_a_page:.4f} of them the coordinator's; "
        "{processors_busy:.2f} processors busy, other programs took {processors_of_others:.2f}. "
        "Results take {stored_bytes_a_page:,} bytes a page.",
    ),
    # speed
    "step-of-text": Words("bước, văn bản", "step, texts"),
    "step-of-scan": Words("bước, bản quét", "step, scans"),
    "spread": Words("ít nhất-nhiều nhất", "least-most"),
    "share": Words("tỷ lệ", "share"),
    "pages-per-second": Words("trang một giây mỗi lõi", "pages a second and core"),
    "against": Words("so với restore", "restore = 1"),
    "run": Words("restore run", "restore run"),
    "core": Words("restore, riêng việc sửa chữ", "restore, the correction alone"),
    "measured-text": Words(
        "{documents} văn bản, {pages} trang 330 chữ, {rounds} lượt xen kẽ; tối đa {megabytes} MB.",
        "{documents} texts, {pages} pages of 330 words, {rounds} rounds in turn; at most {megabytes} MB.",
    ),
    "measured-scan": Words(
        "{documents} tệp, {pages} trang quét, {rounds} lượt xen kẽ; tối đa {megabytes} MB không kể Tesseract.",
        "{documents} files, {pages} scanned pages, {rounds} rounds in turn; at most {megabytes} MB without Tesseract.",
    ),
    # workers
    "wall-one": Words("giây, một", "s, one"),
    "wall-two": Words("giây, hai", "s, two"),
    "speed-up": Words("gấp", "times"),
    "steady-speed-up": Words("không kể đầu cuối", "start and end out"),
    "dearer": Words("CPU một trang, hai/một", "CPU a page, two/one"),
    "busy-two": Words("bộ xử lý bận, hai", "processors busy, two"),
    "others": Words("chương trình khác", "other programs"),
    "workers-promise": Words(
        "Hai tiến trình trên hai lõi phải nhanh gấp {bound} lần một; chỉ đáng tin khi các chương trình khác nghỉ.",
        "Two workers on two cores are to do {bound} times the work of one; believe it only where other programs rest.",
    ),
}
