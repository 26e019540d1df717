"""What ``restore diff`` says to people."""

from __future__ import annotations

from restore.wording import Words

DIFF_MESSAGES: dict[str, Words] = {
    "no-text-layer": Words(
        vi="{path}: không có lớp chữ nào để so sánh. Hãy chạy `restore run` cho tệp này rồi so sánh thư mục kết quả của nó.",
        en="{path}: there is no text layer to compare. Run `restore run` on it and compare its results folder.",
    ),
    "nothing-to-diff": Words(
        vi="{path}: không có văn bản nào ở đây: tệp .txt, tệp PDF có lớp chữ, hay kết quả của `restore run`.",
        en="{path}: there are no texts here: .txt files, PDFs with a text layer, or results of `restore run`.",
    ),
    "diff-one-and-many": Words(
        vi="{one} là một văn bản, {many} là một thư mục nhiều văn bản. Hãy chỉ ra văn bản trong thư mục ấy.",
        en="{one} is one document, {many} a folder of several. Name the document in that folder.",
    ),
    "diff-needs-folder": Words(
        vi="-o {path}: hai thư mục cho mỗi văn bản một trang. Hãy cho một thư mục, như -o {suggestion}.",
        en="-o {path}: two folders give a page for each document. Name a folder, like -o {suggestion}.",
    ),
    "diff-no-pairs": Words(
        vi="{left} và {right}: không có hai văn bản nào cùng tên (không kể đuôi .pdf, .txt, .gold.txt …).",
        en="{left} and {right}: no two documents share a name (endings like .pdf, .txt, .gold.txt aside).",
    ),
    "unknown-kind": Words(
        vi="--only {kind}: không có loại này. Các loại: {known}.",
        en="--only {kind}: there is no such kind. The kinds are: {known}.",
    ),
    "bad-context": Words(
        vi="--context {lines}: số dòng phải từ 0 trở lên.",
        en="--context {lines}: the number of lines is 0 or more.",
    ),
    "comparing": Words(vi="so sánh", en="comparing"),
    "diff-written": Words(
        vi="Để xem kết quả, hãy mở {path}",
        en="To look at the result, open {path}",
    ),
}
