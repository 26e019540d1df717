"""Run inside a user and network namespace of its own: three hosts on one bridge, and a batch over them, one dying in its midst.

Usage: ``unshare --user --map-root-user --net python tests/three_hosts.py FOLDER``. FOLDER has ``in``; results go to ``out``.
The coordinator is host 1, the workers are hosts 2 and 3: they share no network with it but the bridge, and the folder.
"""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

ADDRESS = "tcp://10.77.0.1:8786"
DASK = [sys.executable, "-m"]


def host(stack: ExitStack, number: int) -> list[str]:
    """A network namespace that is held by a sleeping process; the command that enters it."""
    holder = subprocess.Popen(["unshare", "--net", "sleep", "600"])
    stack.callback(holder.kill)
    outer, inner = f"v{number}", f"w{number}"
    enter = ["nsenter", "-t", str(holder.pid), "--net"]
    here = str(Path("/proc/self/ns/net").readlink())
    while str(Path(f"/proc/{holder.pid}/ns/net").readlink()) == here:
        time.sleep(0.02)
    for command in (
        f"ip link add {outer} type veth peer name {inner}",
        f"ip link set {inner} netns {holder.pid}",
        f"ip link set {outer} master switch up",
        f"{' '.join(enter)} ip addr add 10.77.0.{number}/24 dev {inner}",
        f"{' '.join(enter)} ip link set {inner} up",
        f"{' '.join(enter)} ip link set lo up",
    ):
        subprocess.run(command.split(), check=True)
    return enter


def main(folder: Path) -> int:
    """The exit code of the batch."""
    with ExitStack() as stack:
        subprocess.run(["ip", "link", "add", "switch", "type", "bridge"], check=True)
        subprocess.run(["ip", "link", "set", "switch", "up"], check=True)
        hosts = {number: host(stack, number) for number in (1, 2, 3)}

        def start(number: int, *command: str) -> subprocess.Popen[bytes]:
            with (folder / f"{command[0].rpartition('.')[2]}-{number}.log").open("wb") as log:
                process = subprocess.Popen(
                    [*hosts[number], *DASK, *command], stdout=log, stderr=log, cwd=folder
                )
            stack.callback(process.kill)
            return process

        start(1, "distributed.cli.dask_scheduler", "--host", "10.77.0.1", "--port", "8786", "--no-dashboard")
        flags = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory")
        workers = {
            number: start(
                number, "distributed.cli.dask_worker", ADDRESS, *flags, str(folder / f"local{number}")
            )
            for number in (2, 3)
        }
        batch = start(
            1,
            "restore",
            "run",
            str(folder / "in"),
            "-o",
            str(folder / "out"),
            "--engine",
            "dask",
            "--scheduler",
            ADDRESS,
        )
        while batch.poll() is None and len(list((folder / "out").glob("*/document.json"))) < 2:
            time.sleep(0.05)
        subprocess.run(
            ["ip", "link", "set", "v2", "down"], check=True
        )  # the cable is pulled, and then the machine dies
        workers[2].kill()
        return batch.wait()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
