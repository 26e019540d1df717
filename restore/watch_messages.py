"""What ``restore watch`` says to people."""

from __future__ import annotations

from restore.wording import Words

WATCH_MESSAGES: dict[str, Words] = {
    "not-a-folder": Words(
        vi="{path}: là tệp; cần một thư mục để theo dõi.",
        en="{path}: this is a file; a folder is needed to watch.",
    ),
    "watch-address": Words(
        vi="{path}: `restore watch` chỉ làm việc với thư mục của máy này: kho không báo khi có tệp mới, và sổ của lô được chép "
        "lên kho khi một lần chạy kết thúc, mà theo dõi thì không kết thúc. Hãy để cron chạy: {command}; tệp đã xong "
        "không làm lại.",
        en="{path}: `restore watch` works on folders of this machine alone: a storage tells nobody of new files, and a batch's "
        "ledger goes there when a run ends, which watching does not. Have cron run this: {command}; what is done is not done "
        "again.",
    ),
    "bad-seconds": Words(
        vi="{flag} {seconds}: số giây phải từ {least} trở lên.",
        en="{flag} {seconds}: this must be {least} seconds or more.",
    ),
    "watching": Words(
        vi="Đang theo dõi {path}. Ctrl-C để dừng.",
        en="Watching {path}. Ctrl-C ends it.",
    ),
    "watch-missing": Words(
        vi="{path}: không còn vào được thư mục này; sẽ chờ cho đến khi có lại.",
        en="{path}: the folder cannot be reached any more; waiting until it is back.",
    ),
    "watch-back": Words(
        vi="{path}: đã vào lại được thư mục.",
        en="{path}: the folder is back.",
    ),
    "watch-no-notices": Words(
        vi="Hệ thống không báo thay đổi ({path}); chương trình tự xem lại thư mục theo chu kỳ --poll. "
        "Trên Linux, có thể nâng fs.inotify.max_user_watches.",
        en="The system does not tell of changes ({path}); the folder is looked through every --poll seconds instead. "
        "On Linux, fs.inotify.max_user_watches may be raised.",
    ),
    "watch-unreadable": Words(
        vi="{path}: không xem được thư mục này; các tệp trong đó bị bỏ qua.",
        en="{path}: this folder cannot be listed; files in it are passed over.",
    ),
    "watch-left": Words(
        vi="Chưa đủ, để lại lần sau: {count} tệp",
        en="Not whole yet, left for the next time: {count}",
    ),
    "watch-waits": Words(
        vi="{path}: một lần chạy khác đang làm việc ở đây; các tệp mới sẽ chờ.",
        en="{path}: another run is at work here; new files wait for it.",
    ),
}
