"""The words in the table of ``bench faults``, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from restore.messages import Words

FAULT_LABELS: Final[dict[str, Words]] = {
    "fault": Words("sự cố", "fault"),
    "fault-times": Words("số lần", "times"),
    "fault-seconds": Words("giây để dừng", "s to end"),
    "fault-verdict": Words("kết quả", "verdict"),
    "fault-nothing": Words("không mất gì, không làm lại gì", "nothing lost, nothing done again"),
    "fault-no-mount": Words("bỏ qua: không được phép gắn ổ đĩa", "skipped: mounting is not permitted"),
    "fault-slow": Words("dừng chậm hơn {limit:.0f} giây", "took more than {limit:.0f} seconds to end"),
    "fault-killed": Words(
        "kill -9 tiến trình điều phối, tiến trình làm việc, hoặc cả hai",
        "kill -9 of the coordinator, of a worker, or of both",
    ),
    "fault-ctrl-c": Words("Ctrl-C", "Ctrl-C"),
    "fault-sigterm": Words("SIGTERM", "SIGTERM"),
    "fault-power-cut": Words(
        "mất điện: tệp chưa chắc đã ghi xuống đĩa thành rỗng",
        "power cut: files not known to be on the disk are empty",
    ),
    "fault-clock": Words(
        "đồng hồ nhảy tới rồi lùi một năm, rồi kill -9", "clock jumps a year on, then back; kill -9"
    ),
    "fault-full-disk": Words("đĩa đầy giữa chừng", "disk full half-way"),
    "fault-read-only": Words("thư mục kết quả chỉ đọc", "output folder read-only"),
    "fault-hangs": Words("một trang làm Tesseract treo", "a page over which Tesseract hangs"),
    "fault-kills": Words("một trang giết tiến trình đọc nó", "a page that kills its worker each time"),
    "fault-eats": Words("một trang ngốn bộ nhớ", "a page that eats memory"),
    "fault-stopped": Words("một tiến trình bị SIGSTOP", "a worker stopped by SIGSTOP"),
}
