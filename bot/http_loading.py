"""The answerer of the HTTP door, loaded in the background so that the server is up at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from http import HTTPStatus

from bot.http_problems import HttpProblem, general_detail
from index.errors import VestkaError
from qa.answerer import Answerer

log = logging.getLogger(__name__)

FIRST_RETRY_S = 5.0
"""The pause after the first failure; each further one is twice as long, up to a minute."""

_LAST_RETRY_S = 60.0


class LoadingAnswerer:
    """An answerer that is there, or on its way.

    What cannot be loaded (no store yet, say) is tried again, so a server started before
    `vestka index` has finished becomes ready by itself.
    """

    def __init__(self, load: Callable[[], Answerer], *, retry_s: float = FIRST_RETRY_S) -> None:
        self._load = load
        self._retry_s = retry_s
        self._answerer: Answerer | None = None
        self._failed = False
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    @classmethod
    def loaded(cls, answerer: Answerer) -> LoadingAnswerer:
        """Return one that needs no loading."""
        loading = cls(lambda: answerer)
        loading._answerer = answerer
        return loading

    def start(self) -> None:
        """Begin to load, unless that has been done."""
        if self._answerer is None and self._thread is None:
            # A daemon: stopping the server must not wait for a model that is still loading.
            self._thread = threading.Thread(target=self._run, name="load-answerer", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Try no more."""
        self._stopped.set()

    def get(self) -> Answerer:
        """Return the answerer. Raises: HttpProblem (503) while there is none."""
        if self._answerer is not None:
            return self._answerer
        status = HTTPStatus.SERVICE_UNAVAILABLE
        detail = general_detail(status) if self._failed else "The archive is being loaded; try again shortly."
        raise HttpProblem(status, detail)

    def _run(self) -> None:
        wait_s = self._retry_s
        while not self._stopped.is_set():
            try:
                self._answerer = self._load()
            except VestkaError as error:
                log.error("%s", error)
            except Exception:
                # The outermost handler of this thread: it goes on trying, whatever it was.
                log.exception("the archive cannot be loaded")
            else:
                log.info("the archive is loaded")
                return
            self._failed = True
            self._stopped.wait(wait_s)
            wait_s = min(2 * wait_s, _LAST_RETRY_S)
