"""What the benchmarks of a batch say where they cannot go on."""

from __future__ import annotations

from restore.wording import Words

BENCH_MESSAGES: dict[str, Words] = {
    "bench-batch-failed": Words(
        vi="Lần chạy thử không thành, nên không có gì để đo: {reason}",
        en="The batch that was to be measured failed: {reason}",
    ),
    "bench-count": Words(
        vi="{flag} {value}: phải là một số từ {least} trở lên.",
        en="{flag} {value}: this must be a number of {least} or more.",
    ),
}
