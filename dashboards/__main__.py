"""Start the dashboards: `python -m dashboards --port 8501 --host 127.0.0.1`.

Lives here: the command line and Streamlit's settings that depend on it. Home and audience come from
SOZIALRAUM_HOME and SOZIALRAUM_AUDIENCE (release.py); everything else from `.streamlit/config.toml` beside
this file.
"""

from __future__ import annotations

import argparse
import os
import sys

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Port and host of the server."""
    parser = argparse.ArgumentParser(
        prog="python -m dashboards", description="Serve the dashboards on the current release."
    )
    parser.add_argument("--port", type=int, default=8501, help="port to listen on (default: 8501)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """Serve until interrupted; 2 for an audience that may not leave this machine."""
    options = arguments(argv)
    if os.environ.get("SOZIALRAUM_AUDIENCE") == "internal" and options.host not in LOOPBACK:
        print(
            f"The internal audience is served on loopback only, not on {options.host}: sign-in is "
            f"not configured.",
            file=sys.stderr,
        )
        return 2
    # The browser reaches the server by its own address; without this Streamlit asks a foreign host for its
    # own.
    os.environ.setdefault("STREAMLIT_BROWSER_SERVER_ADDRESS", options.host)
    os.environ["STREAMLIT_SERVER_PORT"] = str(options.port)
    os.environ["STREAMLIT_SERVER_ADDRESS"] = options.host
    import uvicorn

    from dashboards.asgi import app

    print(f"Dashboards on http://{options.host}:{options.port} (Ctrl+C stops them)", flush=True)
    # Open browsers hold a websocket each: do not wait for them when told to stop.
    uvicorn.run(
        app,
        host=options.host,
        port=options.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
