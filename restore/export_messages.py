"""What ``restore export`` says to people."""

from __future__ import annotations

from restore.wording import Words

EXPORT_MESSAGES: dict[str, Words] = {
    "no-document-json": Words(
        vi="{path}: không có {name} nào ở đây. Hãy cho thư mục kết quả của `restore run`.",
        en="{path}: there is no {name} here. Give a folder that `restore run` wrote.",
    ),
    "damaged-document": Words(
        vi="{path}: không phải là tài liệu do chương trình này ghi ({reason}). Hãy chạy lại `restore run` cho tệp nguồn.",
        en="{path}: this is no document that this program wrote ({reason}). Run `restore run` again on its source.",
    ),
    "document-version": Words(
        vi="{path}: có phiên bản {version}, chương trình này đọc phiên bản {known}. Hãy cập nhật chương trình.",
        en="{path}: it is of version {version}, this program reads {known}. Update the program.",
    ),
    "unknown-format": Words(
        vi="--to {format}: không có dạng này. Các dạng có: {known}.",
        en="--to {format}: there is no such format. There are: {known}.",
    ),
    "bad-pair": Words(
        vi="--set {pair}: hãy viết TRƯỜNG=GIÁ_TRỊ, như maintenance=01.",
        en="--set {pair}: write it FIELD=VALUE, like maintenance=01.",
    ),
    "unknown-metadata-field": Words(
        vi="Siêu dữ liệu không có trường «{name}». Các trường: {known}.",
        en="The metadata has no field “{name}”. The fields are: {known}.",
    ),
    "no-standard-output": Words(
        vi="-o -: dạng {format} ghi tệp nhị phân hoặc nhiều tệp. Hãy cho một thư mục.",
        en="-o -: {format} makes a binary file or several files. Name a folder.",
    ),
    "wrong-suffix": Words(
        vi="{path}: tệp của dạng này có đuôi {suffix}. Hãy đổi tên, hoặc cho một thư mục.",
        en="{path}: a file of this format ends with {suffix}. Change the name, or name a folder.",
    ),
    "export-exists": Words(
        vi="{path}: tệp đã có. Hãy dùng --overwrite để ghi đè, hoặc -o khác.",
        en="{path}: the file is already there. --overwrite replaces it, or choose another -o.",
    ),
    "no-pages": Words(
        vi="{path}: văn bản này không đọc từ trang giấy, nên dạng {format} không có gì để ghi. Hãy dùng --to txt, md hoặc docx.",
        en="{path}: this text was read from no pages, so {format} has no places to tell. Use --to txt, md or docx.",
    ),
    "exported": Words(
        vi="{ok} văn bản xong, {failed} văn bản lỗi: {path}",
        en="{ok} ok, {failed} failed: {path}",
    ),
}
