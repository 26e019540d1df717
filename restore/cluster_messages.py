"""What a batch on several machines says to people."""

from __future__ import annotations

from restore.wording import Words

CLUSTER_MESSAGES: dict[str, Words] = {
    "no-dask": Words(
        vi="--engine dask cần thư viện distributed. Hãy cài: pip install 'restore[dask]'.",
        en="--engine dask needs the library distributed. Install it: pip install 'restore[dask]'.",
    ),
    "engine-without-scheduler": Words(
        vi="--engine dask: hãy cho địa chỉ của scheduler, như --scheduler tcp://10.0.0.1:8786.",
        en="--engine dask: name the scheduler's address, like --scheduler tcp://10.0.0.1:8786.",
    ),
    "no-scheduler": Words(
        vi="{address}: không kết nối được với scheduler nào ở đây ({reason}). Hãy khởi động `dask scheduler`, "
        "và xem địa chỉ, cổng và tường lửa.",
        en="{address}: there is no scheduler to be reached ({reason}). Start `dask scheduler`, and check the address, "
        "the port and the firewall.",
    ),
    "scheduler-lost": Words(
        vi="{address}: mất kết nối với scheduler; đang đợi nó trở lại. Việc đang dở sẽ được làm lại.",
        en="{address}: the connection to the scheduler is lost; waiting for it. What was in work is done again.",
    ),
    "scheduler-gone": Words(
        vi="{address}: scheduler không trở lại sau {seconds} giây. Những gì đã xong vẫn được giữ; "
        "hãy khởi động nó rồi chạy lại đúng lệnh này.",
        en="{address}: the scheduler did not come back within {seconds} seconds. What was done is kept; start it and run the "
        "same command again.",
    ),
    "no-workers-yet": Words(
        vi="{address}: chưa có worker nào; đang đợi. Trên mỗi máy hãy chạy: dask worker {address}.",
        en="{address}: there are no workers yet; waiting. On each machine, run: dask worker {address}.",
    ),
    "no-storage": Words(
        vi="{url}: không biết kho này ({reason}). Với s3:// hãy cài: pip install 'restore[s3]'.",
        en="{url}: this storage is not known ({reason}). For s3://, install: pip install 'restore[s3]'.",
    ),
    "storage-failed": Words(
        vi="{path}: kho không trả lời hoặc từ chối ({reason}). Hãy kiểm tra kết nối và quyền đọc rồi chạy lại lệnh này.",
        en="{path}: the storage does not answer or refuses ({reason}). See whether it can be reached and read, and run the "
        "same command again.",
    ),
    "one-address": Words(
        vi="{url}: một địa chỉ kho phải là đầu vào duy nhất. Hãy cho địa chỉ của thư mục chung.",
        en="{url}: an address in a storage must be the only input. Name the folder that the others have in common.",
    ),
    "worker-late": Words(
        vi="Worker {worker} im lặng hoặc quá chậm; máy khác làm lại việc của nó.",
        en="Worker {worker} is silent or far too slow; another one does its work as well.",
    ),
    "worker-unusable": Words(
        vi="Worker {worker} không dùng được ({reason}). Máy ấy cần cài chương trình này và thấy các từ điển được nêu tên.",
        en="Worker {worker} cannot be used ({reason}). Its machine needs this program, and must see the dictionaries that "
        "are named.",
    ),
    "worker-differs": Words(
        vi="Worker {worker} bị từ chối vì phiên bản khác máy này, nên kết quả sẽ khác: {differences}. Hãy cài cùng phiên bản.",
        en="Worker {worker} is refused: its versions differ from this machine's, so results would: {differences}. Install the "
        "same ones.",
    ),
    "worker-elsewhere": Words(
        vi="Worker {worker} bị từ chối: máy ấy không thấy cùng thư mục {path}. Hãy gắn thư mục chung vào cùng một đường dẫn.",
        en="Worker {worker} is refused: it does not see the same {path}. Mount the shared folder at the same path there.",
    ),
}
