"""Which release is shown: verified, read-only, followed forwards only."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from small_city import City, publish
from starlette.requests import Request

from dashboards import asgi, queries
from dashboards import release as releases
from dashboards.__main__ import main
from dashboards.release import ReleaseStore, ReleaseUnavailable


@pytest.fixture(autouse=True)
def look_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releases, "POINTER_LIFETIME_S", -1.0)


def test_new_release_is_followed_without_restart(home: Path) -> None:
    store = ReleaseStore(home, "public")
    assert store.current().release.number == 1
    publish(home, City(drift=0.02), release=2)
    assert store.current().release.number == 2
    assert [c.n_changed for c in queries.changes(store.current().release)] == [12]


@pytest.mark.parametrize("damage", ["flipped", "truncated", "missing"])
def test_damaged_release_is_never_shown(home: Path, damage: str) -> None:
    store = ReleaseStore(home, "public")
    store.current()
    publish(home, City(drift=0.02), release=2)
    file = home / "releases/000002/public.duckdb"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.unlink()
    if damage != "missing":
        file.write_bytes(data if damage == "flipped" else data[:-4096])
    shown = store.current()
    assert shown.release.number == 1
    assert shown.problem is not None
    assert "elease 2" in shown.problem


def test_pointer_that_goes_backwards_is_not_followed(home: Path) -> None:
    first = (home / "current.json").read_text()
    publish(home, City(drift=0.02), release=2)
    store = ReleaseStore(home, "public")
    store.current()
    (home / "current.json").write_text(first)
    shown = store.current()
    assert (shown.release.number, bool(shown.problem)) == (2, True)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"release": 2}', '{"release": "2", "audiences": {"public": {}}}']
)
def test_unreadable_pointer_keeps_the_last_release(home: Path, content: str) -> None:
    store = ReleaseStore(home, "public")
    store.current()
    (home / "current.json").write_text(content)
    shown = store.current()
    assert (shown.release.number, bool(shown.problem)) == (1, True)


def test_repaired_pointer_ends_the_warning(home: Path) -> None:
    store, pointer = ReleaseStore(home, "public"), (home / "current.json").read_text()
    store.current()
    (home / "current.json").write_text("{")
    assert store.current().problem
    (home / "current.json").write_text(pointer)
    assert store.current().problem is None


def test_release_is_pinned_by_its_number_and_verified(home: Path) -> None:
    publish(home, City(drift=0.02), release=2)
    store = ReleaseStore(home, "public")
    pinned = store.pinned(1)
    assert pinned is not None
    assert queries.release_note(pinned).release_number == 1
    assert store.pinned(3) is None
    (home / "releases/000001/public.duckdb").write_bytes(b"other")
    assert ReleaseStore(home, "public").pinned(1) is None


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "copy (select 1) to '/tmp/leak.csv'",
        "attach '/tmp/other.duckdb'",
        "set enable_external_access = true",
        "create table sozialraum.main.x (a int)",
        "delete from sozialraum.main.dim_area",
    ],
)
def test_connection_reads_the_release_and_nothing_else(home: Path, sql: str) -> None:
    connection = ReleaseStore(home, "public").current().release.connection
    with pytest.raises(duckdb.Error):
        connection.cursor().execute(sql)


def test_endless_query_is_interrupted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releases, "QUERY_LIMIT_S", 0.2)
    release = ReleaseStore(home, "public").current().release
    with pytest.raises(duckdb.Error, match=r"(?i)interrupt"):
        release.rows(
            "select count(*) from range(1000000) a, range(1000000) b, range(1000) c where a.range = "
            "7 * b.range + c.range"
        )


def test_unknown_audience_is_refused(home: Path) -> None:
    with pytest.raises(ReleaseUnavailable, match="expected one of"):
        ReleaseStore(home, "everybody")


def answer(home: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, dict[str, object]]:
    monkeypatch.setenv("SOZIALRAUM_HOME", str(home))
    releases._store.cache_clear()
    response = asgi.healthz(Request({"type": "http", "headers": []}))
    return response.status_code, json.loads(bytes(response.body))


def test_healthz_names_the_release_or_says_why_there_is_none(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer(home, monkeypatch) == (200, {"status": "ok", "release": 1, "audience": "public"})
    status, body = answer(tmp_path / "empty", monkeypatch)
    assert status == 503
    assert "sozialraum build" in str(body["reason"])


def test_internal_audience_stays_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOZIALRAUM_AUDIENCE", "internal")
    assert main(["--host", "0.0.0.0"]) == 2  # noqa: S104 - refused before anything listens
    assert "loopback only" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("query", "lang"), [("", "de"), ("lang=en", "en"), ("lang=fr", "de"), ("area=x&lang=en", "en")]
)
def test_document_speaks_the_language_of_the_address(query: str, lang: str) -> None:
    sent: list[dict[str, object]] = []

    async def app(_scope: object, _receive: object, send: object) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]}
        await send(start)  # type: ignore[operator]
        body = b'<html lang="en"><head></head><body></body></html>'
        await send({"type": "http.response.body", "body": body})  # type: ignore[operator]

    async def keep(message: object) -> None:
        sent.append(dict(message))  # type: ignore[call-overload]

    scope = {"type": "http", "path": "/analyse", "query_string": query.encode(), "headers": []}
    answer = asgi.SecurityHeaders(asgi.DocumentLanguage(app))(scope, lambda: None, keep)  # type: ignore[arg-type]
    with ThreadPoolExecutor(1) as thread:  # a browser of another test may keep a loop in this thread
        thread.submit(asyncio.run, answer).result()
    headers = dict(sent[0]["headers"])  # type: ignore[call-overload]
    body = bytes(sent[1]["body"])  # type: ignore[call-overload]
    assert f'<html lang="{lang}">'.encode() in body
    assert headers[b"content-length"] == str(len(body)).encode()
    assert b"default-src 'self'" in headers[b"content-security-policy"]
