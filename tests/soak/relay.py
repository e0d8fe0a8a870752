"""A relay on loopback that makes a server's answers late, so that a kill finds posts whose answer is on its way."""

import contextlib
import random
import socket
import threading
import time


class Relay:
    """Passes connections on to a port of this machine; answers wait up to ``longest`` seconds."""

    def __init__(self, port: int, longest: float, seed: int) -> None:
        self._to, self._longest, self._random = port, longest, random.Random(seed)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """Where to ask instead of the server."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listener.accept()
            except OSError:
                return
            try:
                there = socket.create_connection(("127.0.0.1", self._to), timeout=5)
            except OSError:
                here.close()
                continue
            wait = self._random.uniform(0, self._longest)
            threading.Thread(target=_pass_on, args=(here, there, 0.0), daemon=True).start()
            threading.Thread(target=_pass_on, args=(there, here, wait), daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket, wait: float) -> None:
    source.settimeout(30)
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            time.sleep(wait)
            wait = 0.0
            target.sendall(data)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
