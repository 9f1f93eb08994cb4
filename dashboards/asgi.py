"""The ASGI entry: Streamlit behind security headers, the language of the document, own assets and
/healthz.

Lives here: what goes over HTTP around the pages. Must not live here: anything a page shows. Run it with
`python -m dashboards --port 8501`, or `uvicorn dashboards.asgi:app`.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import parse_qs

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.starlette import App

from dashboards.locales import DEFAULT, LANGUAGES
from dashboards.release import ReleaseUnavailable, store

HERE = Path(__file__).resolve().parent
ASSETS = {"page.js": "text/javascript", "page.css": "text/css", "icon.svg": "image/svg+xml"}
# Streamlit needs inline and evaluated scripts (Vega compiles expressions), blobs for downloads and one
# websocket.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}
# Imported beside the start of the server, so that the first page does not wait for them.
WARM = (
    "pandas.io.formats.style",
    "babel.numbers",
    "babel.dates",
    "dashboards.controls",
    "dashboards.banner",
    "dashboards.views.home",
    "dashboards.views.analyse",
    "streamlit.elements.vega_charts",
)


class SecurityHeaders:
    """Adds the headers to each response, except where a response brings its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                added = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in present]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self.app(scope, receive, secured if scope["type"] == "http" else send)


class DocumentLanguage:
    """Rewrites Streamlit's HTML document: `html lang` after ?lang=, title, own style and script."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start: list[Message] = []
        body = bytearray()
        scope = {
            **scope,
            "headers": [h for h in scope["headers"] if h[0] not in (b"if-none-match", b"if-modified-since")],
        }

        async def rewritten(message: Message) -> None:
            if message["type"] == "http.response.start":
                kind = dict(message["headers"]).get(b"content-type", b"")
                if kind.startswith(b"text/html"):
                    start.append(message)
                else:
                    await send(message)
            elif not start:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    text = document(body.decode("utf-8"), query_language(scope)).encode("utf-8")
                    kept = [
                        h
                        for h in start[0]["headers"]
                        if h[0] not in (b"content-length", b"etag", b"last-modified")
                    ]
                    await send({**start[0], "headers": [*kept, (b"content-length", str(len(text)).encode())]})
                    await send({"type": "http.response.body", "body": text})

        await self.app(_uncompressed(scope), receive, rewritten)


def _uncompressed(scope: Scope) -> Scope:
    """Ask for plain bytes where the answer may be the document; assets and media keep their compression."""
    if scope["path"].startswith(("/static/", "/media/", "/_stcore/")):
        return scope
    return {**scope, "headers": [h for h in scope["headers"] if h[0] != b"accept-encoding"]}


def query_language(scope: Scope) -> str:
    """Language code of the request's query, the default where it is missing or unknown."""
    code = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [DEFAULT])[0]
    return code if code in LANGUAGES else DEFAULT


def document(page: str, code: str) -> str:
    """Streamlit's document in the given language, with style and script of our own host."""
    head = '<link rel="stylesheet" href="./assets/page.css"><script src="./assets/page.js"></script></head>'
    page = page.replace('<html lang="en">', f'<html lang="{code}">', 1)
    page = page.replace("<title>Streamlit</title>", "<title>Sozialraum</title>", 1).replace(
        "./favicon.png", "./assets/icon.svg", 1
    )
    return page.replace("</head>", head, 1)


def healthz(_request: Request) -> Response:
    """200 with the number of the release on display, 503 with a sentence while there is none."""
    try:
        shown = store().current()
    except ReleaseUnavailable as error:
        return JSONResponse({"status": "unavailable", "reason": str(error)}, status_code=503)
    state = {
        "status": "ok" if shown.problem is None else "stale",
        "release": shown.release.number,
        "audience": shown.release.audience,
    }
    return JSONResponse(state | ({"reason": shown.problem} if shown.problem else {}))


def asset(request: Request) -> Response:
    """A file of ours out of a closed list."""
    name = request.path_params["name"]
    if name not in ASSETS:
        return Response("not found", status_code=404)
    return FileResponse(
        HERE / "assets" / name, media_type=ASSETS[name], headers={"cache-control": "max-age=300"}
    )


def warm() -> None:
    """Import what the first page needs; a failure here shows again, and better, when the page is opened."""
    for module in WARM:
        import_module(module)


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[None]:
    threading.Thread(target=warm, name="warm", daemon=True).start()
    yield


app = App(
    HERE / "app.py",
    routes=[
        Route("/healthz", healthz),
        Route("/assets/{name}", asset),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(DocumentLanguage)],
    lifespan=lifespan,
)
