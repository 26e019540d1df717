"""A bucket on a server of this machine that speaks S3's protocol: moto, which may lie apart from what is tested."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def s3_bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty bucket; its server and the keys to it are known to all processes that are started meanwhile."""
    s3fs = pytest.importorskip("s3fs", reason="the optional extra s3 is not installed")
    program = shutil.which("moto_server")
    if program is None:
        pytest.skip(
            "moto_server, which speaks S3's protocol, is not on the PATH (pipx install 'moto[server]')"
        )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [program, "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    environment = {
        "AWS_ACCESS_KEY_ID": "somebody",
        "AWS_SECRET_ACCESS_KEY": "a secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()  # one of an earlier server, for the same arguments
    try:
        end = time.monotonic() + 60
        while True:
            try:
                s3fs.S3FileSystem(skip_instance_cache=True).mkdir("archive")
                break
            except Exception:
                assert time.monotonic() < end
                time.sleep(0.2)
        yield "s3://archive"
    finally:
        server.kill()
        server.wait()
