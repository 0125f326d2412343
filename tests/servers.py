"""A real uvicorn on a free port of 127.0.0.1, in a thread, for as long as a test needs it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from fastapi import FastAPI

_PATIENCE_S = 20.0


@contextmanager
def served(app: FastAPI, *, wait_until_ready: bool = True) -> Iterator[str]:
    """Serve the application and yield its address, such as http://127.0.0.1:40123."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        port = listener.getsockname()[1]
        config = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=2
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address + ("/readyz" if wait_until_ready else "/healthz"))
            yield address
        finally:
            server.should_exit = True
            thread.join(_PATIENCE_S)
            assert not thread.is_alive(), "the server did not stop"


def wait_for(address: str) -> None:
    """Wait until the address answers 200. Raises: TimeoutError."""
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        try:
            if httpx.get(address, timeout=_PATIENCE_S).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.02)
    raise TimeoutError(f"{address} did not answer 200 within {_PATIENCE_S:.0f} s")
