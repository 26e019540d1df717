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
        vi="{path}: không có tệp này. Hãy chạy lại `restore run --overwrite` cho tệp nguồn.",
        en="{path}: this file is missing. Run `restore run --overwrite` again on the source.",
    ),
}
