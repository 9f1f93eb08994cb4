"""Started as a program: `dying_build.py MODULE NAME before|after N COMMAND...`.

Runs the command line in this process and kills it (SIGKILL) before or after the N-th call of MODULE.NAME.
Lives here: the one way in which tests interrupt a build; the product has no hooks for it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from importlib import import_module
from typing import Any


def die_at(module: str, name: str, when: str, call: int) -> None:
    """Replace MODULE.NAME by a function that does the same until its N-th call."""
    target = import_module(module)
    original = getattr(target, name)
    calls = 0
    guard = threading.Lock()

    def dying(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        with guard:
            calls += 1
            is_last = calls == call
        if is_last and when == "after":
            original(*args, **kwargs)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **kwargs)

    setattr(target, name, dying)


if __name__ == "__main__":
    module, name, when, call, *command = sys.argv[1:]
    die_at(module, name, when, int(call))
    sys.argv = ["sozialraum", *command]
    import_module("orchestration.cli").main()
