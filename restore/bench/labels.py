"""The words in the tables of the benchmarks, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from restore.bench.fault_labels import FAULT_LABELS
from restore.bench.ledger_labels import LEDGER_LABELS
from restore.bench.throughput_labels import THROUGHPUT_LABELS
from restore.messages import Language, Words

_MORE = FAULT_LABELS | THROUGHPUT_LABELS | LEDGER_LABELS
LABELS: Final[dict[str, Words]] = _MORE | {
    # columns
    "kind": Words("loại", "kind"),
    "page": Words("trang", "page"),
    "words": Words("số chữ", "words"),
    "before": Words("WER trước", "WER before"),
    "after": Words("WER sau", "WER after"),
    "held": Words("trừ dòng mất", "lost lines out"),
    "helped": Words("sửa đúng", "helped"),
    "hurt": Words("làm hỏng", "hurt"),
    "cpu": Words("giây CPU", "CPU s"),
    "part": Words("phần", "part"),
    "way": Words("cách làm", "way"),
    "mean-wer": Words("WER trung bình", "mean WER"),
    "wer": Words("WER gộp", "pooled WER"),
    "word-error": Words("WER", "WER"),
    "cer": Words("CER", "CER"),
    "body-cer": Words("CER phần thân", "body CER"),
    "missed": Words("chữ sót", "missed"),
    "megabytes": Words("MB", "MB"),
    "gives": Words("bớt được", "gives"),
    "confidence": Words("độ tin cậy", "confidence"),
    "mean-confidence": Words("trung bình", "mean"),
    "right": Words("tỷ lệ đúng", "share right"),
    "way-text": Words("văn bản đúng", "true text"),
    "way-damaged": Words("lớp chữ hỏng, sau khi sửa", "damaged layer, restored"),
    "way-scan": Words("bản quét", "scan"),
    "precision": Words("độ chính xác", "precision"),
    "recall": Words("độ bao phủ", "recall"),
    "f1": Words("F1", "F1"),
    "found-right": Words("đúng", "right"),
    "of": Words("trong", "of"),
    "parse-speed": Words(
        "Phân tích văn bản đúng: {pages} trang (2.500 ký tự) một giây mỗi lõi.",
        "True text is parsed at {pages} pages (of 2,500 characters) a second and core.",
    ),
    "pages": Words("số trang", "pages"),
    "changes": Words("chỗ sửa", "changes"),
    "align-seconds": Words("giây CPU để căn", "CPU s to align"),
    "render-seconds": Words("giây CPU để ghi trang", "CPU s to make"),
    "painted": Words("giây tới khi thấy", "s to paint"),
    "ready": Words("giây tới khi dùng được", "s to answer"),
    "step": Words("giây mỗi phím", "s a key"),
    # search
    "question": Words("câu hỏi", "question"),
    "example": Words("ví dụ", "example"),
    "found": Words("tìm thấy", "found"),
    "cpu-half": Words("ms CPU trung vị", "median CPU ms"),
    "cpu-late": Words("95 %", "95 %"),
    "cpu-most": Words("lâu nhất", "slowest"),
    "clock": Words("ms đồng hồ, trung vị", "median ms by the clock"),
    "search-rare-word": Words("từ hiếm", "rare word"),
    "search-common-word": Words("từ thường gặp", "common word"),
    "search-rare-bare": Words("từ hiếm, không dấu", "rare word without marks"),
    "search-common-bare": Words("từ thường gặp, không dấu", "common word without marks"),
    "search-two-words": Words("hai từ", "two words"),
    "search-six-words": Words("sáu từ", "six words"),
    "search-rare-phrase": Words("cụm từ hiếm", "rare phrase"),
    "search-common-phrase": Words("cụm từ thường gặp", "common phrase"),
    "search-bare-phrase": Words("cụm từ thường gặp, không dấu", "common phrase without marks"),
    "search-beginning": Words("ba chữ cái đầu", "three first letters"),
    "search-one-letter": Words("một chữ cái đầu", "one first letter"),
    "search-without": Words("từ này, không có từ kia", "one word without another"),
    "search-row-letter": Words(
        "cụm từ kết thúc bằng một chữ cái đầu", "phrase that ends in one first letter"
    ),
    "search-without-letter": Words(
        "từ này, không có từ nào bắt đầu bằng chữ kia", "one word without a first letter"
    ),
    "search-nowhere": Words(
        "cụm từ của những từ thường gặp, không có ở đâu", "phrase of common words, nowhere"
    ),
    "search-either": Words("từ này hoặc từ kia", "one word or another"),
    "search-filters": Words("chỉ điều kiện", "filters alone"),
    "search-number": Words("số và ký hiệu", "number and notation"),
    "search-word-filters": Words("từ và điều kiện", "word and filters"),
    "search-partial": Words(
        "*: có câu hỏi hết thời gian cho phép, nên chỉ xem được một phần.",
        "*: the time allowed was over for some, so that only a part was looked at.",
    ),
    "search-index-only": Words(
        "{documents} văn bản, trung bình {characters} ký tự, chỉ đưa vào chỉ mục: {build} giây CPU, {kilobytes} KB "
        "mỗi văn bản; cả tiến trình cho một câu hỏi {cold} ms CPU.",
        "{documents} documents of {characters} characters, put into the index alone: {build} CPU seconds, {kilobytes} KB "
        "each; a whole process for one question takes {cold} ms of CPU.",
    ),
    "search-index": Words(
        "{documents} văn bản, trung bình {characters} ký tự: lập chỉ mục {build} giây CPU, {kilobytes} KB "
        "mỗi văn bản; xem tệp nào đã đổi {check} ms CPU; cả tiến trình cho một câu hỏi {cold} ms CPU.",
        "{documents} documents of {characters} characters: indexed in {build} CPU seconds, {kilobytes} KB each; "
        "looking which changed takes {check} ms of CPU, a whole process for one question {cold} ms.",
    ),
    # rows
    "all-damaged": Words("hỏng cả văn bản", "damaged throughout"),
    "few-damaged": Words("hỏng ít", "few changes"),
    "no-browser": Words(
        "Không có Playwright hoặc Chromium, nên không đo việc mở trang.",
        "Without Playwright and a Chromium, opening the page was not measured.",
    ),
    "text": Words("văn bản hỏng", "damaged text"),
    "scan": Words("bản quét", "scan"),
    "pooled": Words("tất cả, gộp theo chữ", "all, pooled by words"),
    "mean": Words("trung bình các trang", "mean over the pages"),
    "without": Words("không có", "without"),
    "least-certain": Words(
        "Còn {errors} lỗi trong {words} chữ, trong đó {missing} chữ không hề được đọc; {moved} chữ đúng nhưng ở chỗ khác. "
        "{tenth} chữ kém chắc chắn nhất (độ tin cậy dưới {threshold}) giữ {caught:.0f} lỗi, tỷ lệ {share}, không kể chữ không "
        "được đọc {share_of_read}; nhiều nhất có thể giữ {attainable}. Ngoài đó còn {outside:.0f} lỗi.",
        "{errors} errors are left in {words} words, {missing} of them words that were never read; {moved} right words stand in "
        "another place. The {tenth} least certain words (confidence below {threshold}) hold {caught:.0f} of the errors, a share "
        "of {share}, and {share_of_read} of those of words that were read; at best they could hold {attainable}. "
        "{outside:.0f} errors are outside.",
    ),
    "review-list": Words(
        "{to_review} chữ có độ tin cậy dưới ngưỡng xem lại, giữ {listed} lỗi.",
        "{to_review} words are less sure than the threshold of the review list; they hold {listed} errors.",
    ),
    # parts of the core
    "everything": Words("đủ mọi phần", "everything"),
    "families": Words("bảng lỗi của loại máy nhận dạng", "the tables of engines"),
    "common": Words(
        "mọi bảng lỗi, kể cả phần chung của các loại máy", "any table, what engines have in common too"
    ),
    "em": Words("các lượt EM sau lượt đầu", "passes of EM after the first"),
    "wider": Words("tìm rộng hơn khi không rõ loại máy", "a wider search where the engine is unknown"),
    "document": Words("n-gram của chính văn bản", "the document's own n-grams"),
    "place-names": Words("tên địa danh trong danh mục", "names of places from the gazetteer"),
    "blanks": Words("tách và nối từ", "words parted and joined"),
    "phrases": Words("cụm từ cố định (rapidfuzz)", "fixed phrases (rapidfuzz)"),
    "shortlists": Words("danh sách từ gần giống (rapidfuzz)", "shortlists (rapidfuzz)"),
    "word-evidence": Words("bằng chứng từ ghép (underthesea)", "word evidence (underthesea)"),
    "casing": Words("mô hình chữ hoa", "the case model"),
    "abbreviations": Words("D hay Đ trong chữ viết tắt", "D or Đ in abbreviations"),
    "numbers": Words("giữ số, ngày, ký hiệu hỏng", "broken numbers, dates and codes kept"),
    # parts of reading scans
    "shrink": Words("thu nhỏ ảnh phóng to nhiều hạt", "enlarged pages with much grain made smaller"),
    "ink": Words("tách mực dấu và chữ ký", "seal and signature ink taken out"),
    "remove_grain": Words("lọc hạt nhiễu", "grain filtered"),
    "even_paper": Words("làm đều nền giấy", "paper evened out"),
    "clear_edges": Words("xóa mép tối", "dark edges whitened"),
    "lonely_specks": Words("xóa đốm bẩn lẻ", "lonely specks whitened"),
    "dewarp": Words("kéo thẳng dòng chữ cong", "lines that bend drawn level"),
    "deskew": Words("xoay thẳng trang nghiêng", "leaning pages turned level"),
    "tables": Words("đọc bảng kẻ từng ô", "ruled tables read cell by cell"),
    "seals": Words("tách con dấu không màu", "seals without colour taken out"),
    "remainder": Words("đọc phần lần đầu bỏ sót", "what the first reading left out, read"),
    "doubtful": Words("đọc lại chữ còn ngờ", "doubtful words read again"),
    "under_seals": Words("đọc lại dòng dưới con dấu", "lines under seals read again"),
    "changed": Words("trang khác đi", "pages changed"),
    # other ways
    "nothing": Words("để nguyên", "nothing"),
    "pyvi": Words("pyvi add_accents", "pyvi add_accents"),
    "commonest": Words("dạng có dấu hay gặp nhất", "commonest marked form of each syllable"),
    "trigram": Words("trigram âm tiết, Viterbi", "syllable trigram, Viterbi"),
    "restore": Words("restore", "restore"),
    "tesseract": Words("tesseract -l vie", "tesseract -l vie"),
    "ocrmypdf": Words("ocrmypdf --deskew --clean", "ocrmypdf --deskew --clean"),
    "no-ocrmypdf": Words(
        "Chưa cài OCRmyPDF (cùng unpaper), nên không đo; có thể chỉ chỗ bằng --ocrmypdf.",
        "OCRmyPDF (with unpaper) is not installed and was not measured; --ocrmypdf tells where it is.",
    ),
    "no-pyvi": Words(
        "Chưa cài pyvi, nên không đo; pip install 'restore[bench]'.",
        "pyvi is not installed and was not measured; pip install 'restore[bench]'.",
    ),
}


def label(key: str, lang: Language) -> str:
    """The words for a column or a row.

    >>> label("em", "en")
    'passes of EM after the first'
    """
    return str(getattr(LABELS[key], lang))
