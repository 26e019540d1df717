"""What ``restore export`` says to people."""

from __future__ import annotations

from restore.wording import Words

EXPORT_MESSAGES: dict[str, Words] = {
    "no-document-json": Words(
        vi="{path}: không có {name} nào ở đây. Hãy cho thư mục kết quả của `restore run`.",
        en="{path}: there is no {name} here. Give a folder that `restore run` wrote.",
    ),
    "damaged-document": Words(
        vi="{path}: không phải là văn bản do chương trình này ghi ({reason}). Hãy cho thư mục kết quả của `restore run` hoặc "
        "document.json trong đó; nếu tệp này bị hỏng, chạy lại `restore run` cho tệp nguồn.",
        en="{path}: this is no document that this program wrote ({reason}). Give a folder that `restore run` wrote, or a "
        "document.json of it; where it was damaged, run `restore run` again on its source.",
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
    "original-missing": Words(
        vi="{path}: không tìm thấy tệp gốc «{name}», mà pdf cần các trang của nó. Hãy cho thư mục có tệp ấy: --originals THƯ_MỤC.",
        en="{path}: its original “{name}” is not found, and pdf needs its pages. Name the folder that has it: --originals FOLDER.",
    ),
    "original-changed": Words(
        vi="{path}: tệp gốc của {name} đã đổi từ khi được đọc (sha256 khác). Hãy chạy lại `restore run`, "
        "hoặc cho --originals THƯ_MỤC.",
        en="{path}: the original of {name} has changed since it was read (sha256). Run `restore run` again, "
        "or use --originals FOLDER.",
    ),
    "pdf-not-archival": Words(
        vi="{path}: PDF tìm được chữ, nhưng không ghi là PDF/A-2b ({reasons})",
        en="{path}: searchable, but not marked as PDF/A-2b ({reasons})",
    ),
    "pdf-without-signature": Words(
        vi="{path}: chữ ký số chỉ có giá trị trên tệp gốc, nên bản PDF này không mang theo; hình dấu ký vẫn còn. Hãy giữ tệp gốc.",
        en="{path}: the digital signature holds for the original alone, which is to be kept; this PDF has the stamp without it",
    ),
    "pdf-without-attachment": Words(
        vi="{path}: PDF/A-2b không được mang tệp đính kèm; chúng chỉ còn trong tệp gốc",
        en="{path}: PDF/A-2b may carry no attached files; they are in the original alone",
    ),
    "pdf-without-script": Words(
        vi="{path}: đã bỏ các lệnh tự chạy (JavaScript, mở chương trình …) mà PDF/A cấm",
        en="{path}: actions that PDF/A forbids (scripts, launching programs …) were left out",
    ),
    "pdf-without-password": Words(
        vi="{path}: tệp gốc được mã hóa (không cần mật khẩu để mở); bản PDF này thì không, vì PDF/A cấm",
        en="{path}: the original is encrypted (it opens without a password); this PDF is not, as PDF/A forbids it",
    ),
    "exported": Words(
        vi="{ok} văn bản xong, {failed} văn bản lỗi: {path}",
        en="{ok} ok, {failed} failed: {path}",
    ),
}
