"""Help texts of the command line, in Vietnamese and English."""

from __future__ import annotations

from restore.messages import Language, Words


def help_text(key: str, lang: Language) -> str:
    """One help text in the reader's language.

    >>> help_text("usage", "vi")
    'cách dùng: '
    """
    return str(getattr(HELP_TEXTS[key], lang))


HELP_TEXTS: dict[str, Words] = {
    "usage": Words(vi="cách dùng: ", en="usage: "),
    "arguments": Words(vi="đối số", en="arguments"),
    "options": Words(vi="tùy chọn", en="options"),
    "verbs": Words(vi="lệnh", en="verbs"),
    "program": Words(
        vi="Phục hồi văn bản hành chính tiếng Việt từ bản quét và lớp chữ hỏng: chữ đúng, cấu trúc, "
        "và lý do của từng chỗ sửa. Mọi việc làm ngay trên máy này.",
        en="Restores scanned and damaged Vietnamese administrative documents: correct text, structure, "
        "and the reason for every change. Everything stays on this machine.",
    ),
    "exit-codes": Words(
        vi="mã thoát: 0 tốt · 1 lỗi chương trình · 2 dòng lệnh · 3 đầu vào · 4 thiếu công cụ · 5 đầu ra · "
        "6 có tệp lỗi · 130 Ctrl-C",
        en="exit codes: 0 ok · 1 internal · 2 usage · 3 input · 4 missing tool · 5 output · "
        "6 some files failed · 130 Ctrl-C",
    ),
    "help": Words(vi="hiện hướng dẫn này", en="show this help"),
    "version": Words(vi="hiện phiên bản", en="show the version"),
    "lang": Words(
        vi="ngôn ngữ của thông báo (mặc định: RESTORE_LANG, rồi ngôn ngữ của máy)",
        en="language of messages (default: RESTORE_LANG, then the locale)",
    ),
    "verbose": Words(vi="khi có lỗi, hiện cả vết của lỗi", en="show the traceback of an error"),
    # verbs
    "run": Words(
        vi="phục hồi tệp, thư mục hoặc mẫu tên: ảnh, PDF, TIFF, văn bản",
        en="restore files, folders or globs: images, PDF, TIFF, text",
    ),
    "watch": Words(
        vi="phục hồi những gì đến trong một thư mục, mỗi tệp khi đã đủ",
        en="restore what comes into a folder, each file when it is there as a whole",
    ),
    "text": Words(vi="phục hồi một văn bản hỏng", en="restore one damaged text"),
    "explain": Words(
        vi="cho biết một chữ đã được quyết định thế nào: các cách đọc, chi phí, ngữ cảnh",
        en="show how one word was decided: its readings, their costs, the context",
    ),
    "parse": Words(
        vi="tách cấu trúc của một văn bản đúng thành JSON", en="turn correct text into document.json"
    ),
    "diff": Words(
        vi="so sánh hai văn bản và phân loại khác biệt", en="show what differs between two texts, by kind"
    ),
    "evaluate": Words(
        vi="đo một văn bản (hoặc thư mục) so với bản đúng",
        en="measure a text (or a folder of them) against the true one",
    ),
    "export": Words(
        vi="xuất kết quả sang dạng khác: PDF tìm được chữ, văn bản theo thể thức, bảng tính, vị trí từng chữ, siêu dữ liệu lưu trữ",
        en="write results in other formats: searchable PDF, typeset documents, spreadsheets, the place of each word, "
        "archival metadata",
    ),
    "review": Words(
        vi="xem và sửa kết quả trong trình duyệt, trên máy này: ảnh trang bên cạnh chữ, dùng bàn phím",
        en="look at the results and correct them in the browser, on this machine: the page beside its text, by keyboard",
    ),
    "review-out": Words(vi="thư mục kết quả của `restore run`", en="a folder that `restore run` wrote"),
    "originals": Words(
        vi="nơi hiện để các tệp nguồn, nếu đã chuyển chỗ",
        en="where the original files lie now, if they were moved",
    ),
    "host": Words(
        vi="địa chỉ để nghe; mặc định chỉ máy này vào được",
        en="the address to listen on; by default only this machine gets in",
    ),
    "port": Words(vi="cổng; mặc định là một cổng trống", en="the port; by default a free one"),
    "no-browser": Words(vi="chỉ in địa chỉ, không mở trình duyệt", en="print the address, open no browser"),
    "search": Words(
        vi="tìm trong các văn bản của một lô: theo chữ (có dấu hoặc không dấu), tên loại, cơ quan, số, ngày",
        en="find documents of a batch: by words (with marks or without), type, issuer, number, date",
    ),
    "status": Words(
        vi="một lô đang ra sao: số lượng, tốc độ, còn bao lâu, lỗi theo nguyên nhân; cả khi lô đang chạy",
        en="how a batch stands: counts, rate, time left, failures by cause; also while it is at work",
    ),
    "status-out": Words(vi="thư mục kết quả của `restore run`", en="a folder that `restore run` wrote"),
    "status-pages": Words(
        vi="từng trang của văn bản này (thư mục của nó, tính từ OUT)",
        en="every page of this document (its folder, as named below OUT)",
    ),
    "doctor": Words(vi="xem đã cài gì và còn thiếu gì", en="show what is installed and what is missing"),
    "bench": Words(
        vi="đo việc phục hồi trên các trang có bản đúng",
        en="measure the restoring on pages whose true text is known",
    ),
    # arguments
    "run-input": Words(vi="tệp, thư mục hoặc mẫu tên", en="a file, a folder or a glob"),
    "run-output": Words(
        vi="thư mục kết quả; bản gốc không bao giờ bị sửa",
        en="folder for the results; originals are never altered",
    ),
    "jobs": Words(vi="số tiến trình chạy song song", en="worker processes"),
    "engine": Words(
        vi="ai làm việc: các tiến trình của máy này, hay các worker của một cụm Dask",
        en="who does the work: the processes of this machine, or the workers of a Dask cluster",
    ),
    "scheduler": Words(
        vi="địa chỉ scheduler của cụm Dask, như tcp://10.0.0.1:8786",
        en="the Dask cluster's scheduler, like tcp://10.0.0.1:8786",
    ),
    "state": Words(
        vi="thư mục trên máy này giữ sổ của lô khi OUT là địa chỉ kho (mặc định: một thư mục riêng dưới ~/.local/state/restore)",
        en="folder on this machine for the batch's ledger where OUT is an address (default: one of its own below "
        "~/.local/state/restore)",
    ),
    "mode": Words(
        vi="lớp chữ của PDF: auto tự xét từng trang, keep luôn giữ, redo luôn nhận dạng lại",
        en="a PDF's text layer: auto judges it page by page, keep always keeps it, redo never uses it",
    ),
    "pages": Words(
        vi="chỉ các trang này, như 1,3-5 hoặc 7-; tệp không có trang nào trong số đó thì bỏ qua",
        en="only these pages, like 1,3-5 or 7-; a file that has none of them is passed over",
    ),
    "page-memory": Words(
        vi="số MB bộ nhớ tối đa cho một trang hoặc một tệp", en="megabytes that one page or file may take"
    ),
    "retry-failed": Words(
        vi="thử lại những tệp và trang đã lỗi ở lần chạy trước",
        en="try again the files and pages that failed in an earlier run",
    ),
    "page-timeout": Words(vi="số giây tối đa cho một trang", en="seconds that one page may take"),
    "max-megapixels": Words(
        vi="ảnh trang lớn nhất được mở, tính bằng triệu điểm ảnh",
        en="the largest page image that is opened, in million pixels",
    ),
    "max-pages": Words(
        vi="số trang nhiều nhất được đọc trong một tệp", en="the most pages that are read of one file"
    ),
    "max-text-megabytes": Words(
        vi="văn bản lớn nhất được phục hồi, tính bằng triệu byte",
        en="the largest text that is restored, in million bytes",
    ),
    "to": Words(
        vi="dạng kết quả, có thể lặp lại: md, docx theo thể thức Nghị định 30 (json và txt luôn được ghi)",
        en="format of the results, repeatable: md, docx as Decree 30 sets them (json and txt are always written)",
    ),
    "overwrite": Words(
        vi="làm lại cả những tệp đã xong; nếu bị dừng giữa chừng, chạy lại không có cờ này để làm tiếp",
        en="restore files again that are already done; once stopped, go on without this flag: with it, all begins anew",
    ),
    "dry-run": Words(
        vi="chỉ cho biết sẽ làm những tệp nào, không ghi gì",
        en="only say which files would be done; write nothing",
    ),
    "log-json": Words(
        vi="ghi thêm vào tệp này một dòng JSON cho mỗi việc xảy ra (docs/operations.md); - là đầu ra lỗi",
        en="append a line of JSON to this file for everything that happens (docs/operations.md); - is standard error",
    ),
    "metrics": Words(
        vi="cho Prometheus lấy số đo ở cổng này; chỉ máy này vào được nếu không ghi địa chỉ",
        en="let Prometheus ask for metrics at this port; only this machine gets in where no address is named",
    ),
    "metrics-file": Words(
        vi="ghi số đo vào tệp này (*.prom) cho node_exporter",
        en="write the metrics to this file (*.prom) for node_exporter",
    ),
    "text-input": Words(vi="tệp văn bản, - là đầu vào chuẩn", en="a text file; - is standard input"),
    "text-output": Words(
        vi="ghi vào tệp này thay vì đầu ra chuẩn", en="write to this file instead of standard output"
    ),
    "explain-input": Words(
        vi="văn bản, hoặc bản quét (PDF, ảnh), sẽ được đọc lại; - là đầu vào chuẩn",
        en="a text, or a scan (PDF, image), which is read anew for it; - is standard input",
    ),
    "explain-word": Words(
        vi="chữ như nó đứng trong tệp hoặc như đã khôi phục; hoặc dòng:cột (từ 1), hoặc #vị trí (từ 0)",
        en="the word as it stands in the file or as it was restored; or line:column (from 1), or #offset (from 0)",
    ),
    "nth": Words(
        vi="chỗ thứ mấy trong các chỗ phù hợp (mặc định: 1)", en="which of the places that fit (default: 1)"
    ),
    "explain-all": Words(vi="mọi chỗ phù hợp", en="all places that fit"),
    "dictionary": Words(
        vi="từ điển riêng của kho (tệp TSV), có thể lặp lại; tệp sau thắng tệp trước",
        en="the archive's own dictionary (a TSV file), repeatable; a later file wins",
    ),
    "edits": Words(
        vi="ghi các chỗ sửa vào tệp này, mỗi dòng một JSON", en="write the edits to this file as JSON lines"
    ),
    "format": Words(
        vi="text: văn bản · json: cấu trúc của văn bản · html: văn bản đã khôi phục với mọi chỗ sửa",
        en="text: the text · json: the structured document · html: the restored text with every change marked",
    ),
    "left": Words(
        vi="bên trái: tệp văn bản (- là đầu vào chuẩn), PDF (lớp chữ của nó), kết quả của một văn bản, thư mục các tệp ấy, "
        "hay cả thư mục kết quả của `restore run`",
        en="the left side: a text (- is standard input), a PDF (its text layer), the results of a document, a folder of "
        "texts or PDFs, or the whole output of `restore run`",
    ),
    "right": Words(vi="bên phải, cũng như vậy", en="the right side, likewise"),
    "left-text": Words(
        vi="văn bản nào của kết quả ở bên trái: restored là bản hiện nay (mặc định), original là bản đã đọc, "
        "program là bản chương trình tự sửa, chưa có người duyệt",
        en="which text of results on the left: restored as it stands now (the default), original as it was read, "
        "program as it was restored before any reviewer",
    ),
    "right-text": Words(vi="cũng vậy, ở bên phải", en="the same for the right"),
    "report": Words(
        vi="ghi trang HTML vào tệp này; với hai thư mục: mỗi văn bản một trang và index.html vào thư mục này",
        en="write an HTML page to this file; for two folders, a page for each document and index.html to this folder",
    ),
    "only": Words(
        vi="chỉ các loại khác biệt này, như tone,case, trên màn hình và trong JSON",
        en="only these kinds of difference, like tone,case, on the terminal and in JSON",
    ),
    "context": Words(
        vi="số dòng không đổi được hiện quanh mỗi chỗ khác", en="unchanged lines shown around each difference"
    ),
    "json": Words(vi="ghi kết quả dạng JSON ra đầu ra chuẩn", en="write JSON to standard output"),
    "hypothesis": Words(vi="văn bản (hoặc thư mục) cần đo", en="the text (or folder) to measure"),
    "gold": Words(vi="văn bản (hoặc thư mục) đúng", en="the true text (or folder)"),
    "raw": Words(
        vi="văn bản trước khi sửa, để biết chữ nào được sửa đúng, chữ nào bị làm hỏng",
        en="the text before, to tell words helped and hurt (original.txt beside a restored.txt is found)",
    ),
    "export-input": Words(
        vi="thư mục kết quả của `restore run`, hoặc tệp document.json",
        en="a folder that `restore run` wrote, or a document.json",
    ),
    "export-to": Words(
        vi="json, jsonl: mọi văn bản trong một tệp · txt, md, docx: mỗi văn bản một tệp theo thể thức Nghị định 30 · "
        "csv, xlsx: bảng văn bản, nhiệm vụ, viện dẫn · alto, page: mỗi trang một tệp XML · hocr: vị trí từng chữ · "
        "pdf: PDF/A tìm được chữ · tt05: siêu dữ liệu theo Thông tư 05/2025/TT-BNV",
        en="json, jsonl: all documents in one file · txt, md, docx: one file a document, as Decree 30 sets it · "
        "csv, xlsx: tables of documents, assignments, references · alto, page: an XML file a page · "
        "hocr: the place of each word · pdf: searchable PDF/A · tt05: metadata of Thông tư 05/2025/TT-BNV",
    ),
    "export-output": Words(
        vi="tệp hoặc thư mục để ghi (mặc định: OUT/export; - là đầu ra chuẩn, với một tệp dạng chữ)",
        en="file or folder to write to (default: OUT/export; - is standard output, for one file of text)",
    ),
    "export-set": Words(
        vi="giá trị chung của một trường tt05, như maintenance=01, có thể lặp lại; fileCode là mã hồ sơ của cả lô",
        en="a tt05 field's value for all documents, like maintenance=01, repeatable; fileCode is the code of the batch's file",
    ),
    "export-originals": Words(
        vi="thư mục có các tệp gốc đã chuyển đi nơi khác (dạng pdf): tìm theo tên, nhận theo sha256",
        en="folder with originals that were moved (pdf): found by name, known by their sha256",
    ),
    "export-overwrite": Words(
        vi="ghi đè lên các tệp đã xuất trước đó", en="replace files of an earlier export"
    ),
    "search-out": Words(
        vi="thư mục kết quả của `restore run`; chỉ mục nằm trong đó (search.sqlite)",
        en="a folder that `restore run` wrote; the index lies in it (search.sqlite)",
    ),
    "search-query": Words(
        vi="các từ cần tìm; không cần nếu có điều kiện khác",
        en="the words to find; may be left out where a filter is given",
    ),
    "search-language": Words(
        vi='từ có dấu chỉ tìm đúng từ đó, từ không dấu tìm mọi dấu · "cụm từ" · hoạ* · -loại_trừ · =lan (đúng không dấu) · '
        "A OR B · hãy đặt cả câu hỏi trong nháy đơn nếu có nháy kép",
        en='words with marks are matched just so, without marks with any · "a phrase" · hoạ* · -without · =lan (no mark) · '
        "A OR B · put the whole query in single quotes where it has double ones",
    ),
    "search-type": Words(
        vi="tên loại hoặc chữ viết tắt, như KH hoặc “kế hoạch”, có thể lặp lại",
        en="a type's name or code, like KH or “kế hoạch”, repeatable",
    ),
    "search-issuer": Words(
        vi="các từ trong tên cơ quan ban hành hoặc cơ quan chủ quản",
        en="words of the issuer's name or of the body above it",
    ),
    "search-number": Words(
        vi="số (129), số và ký hiệu (129/KH-UBND) hoặc ký hiệu",
        en="number (129), number and notation (129/KH-UBND), or notation",
    ),
    "search-from": Words(
        vi="từ ngày này: 2020, 2020-03, 2020-03-01 hoặc 01/03/2020",
        en="not older: 2020, 2020-03, 2020-03-01 or 01/03/2020",
    ),
    "search-to": Words(vi="đến hết ngày, tháng hoặc năm này", en="not younger than this day, month or year"),
    "search-limit": Words(
        vi="hiện nhiều nhất bấy nhiêu văn bản (mặc định: 20)", en="show so many at most (default: 20)"
    ),
    "search-offset": Words(vi="bỏ qua bấy nhiêu văn bản đầu", en="pass over so many first"),
    "search-thorough": Words(
        vi="tìm cho hết, dù lâu hơn một giây (chỉ cần khi kết quả ghi là mới xem một phần)",
        en="go through all documents, however long it takes; only needed where an answer says that it did not",
    ),
    "search-no-update": Words(
        vi="không xem tệp nào đã đổi, tìm ngay trong chỉ mục đang có",
        en="do not look which files have changed; ask the index as it is",
    ),
    "search-full-update": Words(
        vi="xem lại mọi thư mục; với kho lớn, bình thường chỉ xem những văn bản mà sổ của lô ghi là đã đổi",
        en="look at every folder; of a large archive, only what its ledger says has changed is looked at otherwise",
    ),
    "watch-input": Words(
        vi="thư mục để theo dõi, cùng các thư mục con; liên kết và tệp đang tải dở bị bỏ qua",
        en="the folder to watch, with those below it; links and uploads under way are passed over",
    ),
    "settle": Words(
        vi="chỉ lấy tệp khi đã bấy nhiêu giây không đổi (mặc định: 10)",
        en="take a file when nothing about it has changed for so many seconds (default: 10)",
    ),
    "poll": Words(
        vi="tự xem lại cả thư mục sau bấy nhiêu giây, vì hệ thống không báo hết mọi thay đổi (mặc định: 60)",
        en="look through the whole folder after so many seconds, as the system does not tell of every change (default: 60)",
    ),
    "once": Words(
        vi="làm những gì đã đủ rồi kết thúc, cho cron",
        en="restore what is whole and end, as for cron",
    ),
    "bench-folder": Words(
        vi="thư mục có *.ocr.txt hoặc bản quét cạnh *.gold.txt, hay bản quét cạnh truth.txt (mặc định: samples). "
        "ablation: tắt lần lượt từng phần; peers: so với các cách làm khác (pyvi: nếu có cài phần bổ sung bench); "
        "confidence: chữ kém chắc chắn có phải chữ sai; speed: số trang một giây mỗi lõi, với mọi *.txt trong thư mục; "
        "scans: đọc bản quét, so với Tesseract và OCRmyPDF; scan-parts: đọc bản quét, tắt lần lượt từng phần; "
        "batch: lô dài gồm các trang tự tạo (bộ nhớ, tốc độ, sổ theo dõi); workers: hai tiến trình so với một; "
        "faults: gây mọi sự cố cho một lô tự tạo (kill -9, đĩa đầy, mất điện …); "
        "diff: trang so sánh 500 trang cần bao lâu để ghi và để mở; "
        "search: tìm trong các văn bản giả, không cần thư mục; ledger: sổ của một triệu văn bản giả trả lời nhanh tới đâu",
        en="folder with *.ocr.txt or scans beside *.gold.txt, or scans beside truth.txt (default: samples). "
        "ablation: each part switched off in turn; peers: beside other ways to restore (pyvi: if the extra bench is installed); "
        "confidence: whether doubtful words are the wrong ones; speed: pages a second and core over all *.txt of the folder; "
        "scans: how scans are read, beside Tesseract and OCRmyPDF; scan-parts: the same, each part of reading left out in turn; "
        "batch: a long batch of pages made up for it (memory, rate, ledger); workers: two processes beside one; "
        "faults: everything that may happen, done to a batch made up for it (kill -9, a full disk, a power cut …); "
        "diff: how long the diff of 500 pages takes to make and to open; "
        "search: how fast a search is in documents made up for it, no folder needed; "
        "ledger: how fast the ledger of a million documents, made up for it, answers",
    ),
    "bench-documents": Words(
        vi="số văn bản giả mà bench search, batch (mặc định: 10000), workers (500) và ledger (1000000) tạo ra",
        en="how many documents bench search, batch (default: 10000), workers (500) and ledger (1000000) make up",
    ),
    "bench-characters": Words(
        vi="số ký tự trung bình trong thân mỗi văn bản giả của bench search (mặc định: 4250)",
        en="characters in the body of each document that bench search makes up, in the mean (default: 4250)",
    ),
    "bench-index-only": Words(
        vi="bench search đưa thẳng văn bản giả vào chỉ mục, không ghi tệp: cho một triệu văn bản",
        en="bench search puts its documents into the index alone, without files: for a million of them",
    ),
    "bench-words": Words(
        vi="số chữ trong thân mỗi trang giả của bench batch (mặc định: 300)",
        en="words in the body of each page that bench batch makes up (default: 300)",
    ),
    "bench-repeats": Words(
        vi="bench speed và workers đo bấy nhiêu lần, xen kẽ các cách (mặc định: 3)",
        en="how often bench speed and workers measure each way, in turn (default: 3)",
    ),
    "bench-moments": Words(
        vi="bench faults giết tiến trình ở bấy nhiêu thời điểm (mặc định: 50)",
        en="bench faults kills processes at so many moments (default: 50)",
    ),
    "ocrmypdf": Words(
        vi="chương trình OCRmyPDF cho bench scans (mặc định: tìm trong PATH)",
        en="OCRmyPDF's program for bench scans (default: the one on the PATH)",
    ),
}
