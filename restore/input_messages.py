"""What is said of files that are passed over, refused or changed under the reader's hands."""

from __future__ import annotations

from restore.wording import Words

INPUT_MESSAGES: dict[str, Words] = {
    "too-many-pages": Words(
        vi="{path}: tệp cho biết có {count} trang, quá giới hạn {limit}. Hãy chọn trang bằng --pages, hoặc dùng "
        "--max-pages {count} nếu tệp thật sự có chừng ấy trang.",
        en="{path}: it claims to have {count} pages, more than the limit of {limit}. Choose some with --pages, or use "
        "--max-pages {count} if it really has as many.",
    ),
    "text-too-large": Words(
        vi="{path}: văn bản có {megabytes} triệu byte, quá giới hạn {limit}. Hãy chia thành nhiều tệp, mỗi tệp một văn bản, "
        "hoặc dùng --max-text-megabytes {megabytes}.",
        en="{path}: the text has {megabytes} million bytes, more than the limit of {limit}. Split it, one document a file, or use "
        "--max-text-megabytes {megabytes}.",
    ),
    "link-outside": Words(
        vi="{path}: bỏ qua, vì liên kết này dẫn ra ngoài thư mục đầu vào. Hãy ghi nơi nó dẫn tới vào "
        "dòng lệnh nếu cũng cần phục hồi.",
        en="{path}: passed over, as this link leads out of the input folder. Name what it leads to as an input if it is to be "
        "restored as well.",
    ),
    "link-broken": Words(
        vi="{path}: bỏ qua, vì liên kết này không dẫn tới tệp nào, hoặc dẫn vòng quanh. Hãy sửa hoặc xóa liên kết.",
        en="{path}: passed over, as this link leads to no file, or in a circle. Mend the link, or take it away.",
    ),
    "not-a-regular-file": Words(
        vi="{path}: bỏ qua, vì đây không phải tệp thường mà là ống dẫn, ổ cắm hoặc thiết bị. Hãy chép nội dung ra một tệp.",
        en="{path}: passed over, as this is no ordinary file but a pipe, a socket or a device. Copy what it gives into a file.",
    ),
    "folder-unreadable": Words(
        vi="{path}: bỏ qua, vì không xem được trong thư mục có gì. Hãy kiểm tra quyền đọc, hoặc chuyển nó ra "
        "chỗ ít lớp thư mục hơn.",
        en="{path}: passed over, as the folder cannot be listed. See who may read it, or move it to where "
        "fewer folders lie around it.",
    ),
}
