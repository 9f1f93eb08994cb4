"""Rules of the room `dashboards`, read from its sources."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from dashboards import formats, outcome_words, register_words, words
from dashboards.views import VIEWS

ROOM = Path(__file__).resolve().parents[2] / "dashboards"
SOURCES = sorted(ROOM.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
# Pages, marks, tables and sentences show numbers of the release; only the places below may add or subtract,
# and
# none of them touches a value. Each is a set of (module, function) with its reason.
ARITHMETIC_ALLOWED = {
    ("parts.py", "pages_of"): "positions of rows on a page of the table",
    ("words.py", "rows_from_to"): "row numbers in a label",
    ("charts.py", "area_axis"): "pixels",
}
# Everything that shows something: all modules but those that open, ask and serve a release.
QUERIES = {"queries.py", "register_queries.py", "outcome_queries.py", "stock_queries.py"}
NOT_SHOWING = QUERIES | {"release.py", "asgi.py", "typed.py", "selection.py", "__main__.py"}
AGGREGATING = {"sum", "mean", "median", "round", "abs", "pow", "divmod", "fsum"}
DATA_KEYWORDS = {
    "height",
    "key",
    "layout",
    "initial_sidebar_state",
    "position",
    "mime",
    "width",
    "gap",
    "page_title",
    "language",
}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_modules_are_small() -> None:
    assert lines(ROOM / "app.py") <= 40
    assert {p.name: lines(p) for p in (ROOM / "views").glob("*.py") if lines(p) > 120} == {}
    assert {p.name: lines(p) for p in SOURCES if lines(p) > 250} == {}


def test_functions_are_short() -> None:
    found = [(p.name, n.name) for p, tree in TREES.items() for n in ast.walk(tree)
             if isinstance(n, ast.FunctionDef) and (n.end_lineno or 0) - n.lineno + 1 > 40]  # fmt: skip
    assert found == []


def test_each_module_says_what_lives_in_it() -> None:
    assert [p.name for p, tree in TREES.items() if p.stat().st_size and not ast.get_docstring(tree)] == []


def test_sql_lives_in_the_queries_only() -> None:
    verbs = ("select ", "with ", "attach ", "insert ", "copy ")
    found = {p.name for p, tree in TREES.items() for n in ast.walk(tree)
             if isinstance(n, ast.Constant) and isinstance(n.value, str)
             and n.value.strip().lower().startswith(verbs) and " from " in n.value.lower()}  # fmt: skip
    assert found == QUERIES


def functions(tree: ast.AST) -> list[ast.FunctionDef]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]


def computes(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        texts = any(
            isinstance(side, (ast.JoinedStr, ast.Constant))
            and not isinstance(getattr(side, "value", ""), (int, float))
            for side in (node.left, node.right)
        )
        return (
            isinstance(node.op, (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Pow, ast.Mod))
            and not texts
        )
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in AGGREGATING


def test_dashboards_do_no_arithmetic_on_values() -> None:
    found = set()
    for path, tree in TREES.items():
        if path.name in NOT_SHOWING:
            continue
        for function in functions(tree):
            if any(computes(node) for node in ast.walk(function)):
                found.add((path.name, function.name))
    assert found - set(ARITHMETIC_ALLOWED) == set()


def test_the_arithmetic_check_finds_arithmetic() -> None:
    assert computes(ast.parse("a.value - b.value").body[0].value)  # type: ignore[attr-defined]
    assert computes(ast.parse("sum(v.value for v in rows)").body[0].value)  # type: ignore[attr-defined]
    assert not computes(ast.parse("'a' + name").body[0].value)  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.name)
def test_no_raw_html_and_no_foreign_rooms(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "unsafe_allow_html" not in text
    assert "st.html" not in text
    imported = {a.name for n in ast.walk(TREES[path]) if isinstance(n, ast.Import) for a in n.names}
    imported |= {n.module or "" for n in ast.walk(TREES[path]) if isinstance(n, ast.ImportFrom)}
    assert not [
        name for name in imported if name.split(".")[0] in {"orchestration", "dagster", "dagster_dbt", "dbt"}
    ]


def messages() -> set[str]:
    """Message ids in the sources: literals given to text(), plural() and the tables of words."""
    found: set[str] = set()
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in ("text", "t", "plural"):
                    found.add(str(node.args[0].value))
    tables = (
        words.COMPARISONS,
        words.STATUSES,
        words.FLAGS,
        words.INTERVAL_REASONS,
        words.MISSING_PARTS,
        words.SPECIAL_POPULATIONS,
        words.TREND_EVALUATIONS,
        words.CONDITIONS,
        words.ADDRESS,
    )
    found |= {text for table in tables for text in table.values()}
    for module in (register_words, outcome_words):
        for table in (
            value for name, value in vars(module).items() if name.isupper() and isinstance(value, dict)
        ):
            for word in table.values():
                # Words alone, pairs of words (relations), or a sign and a word (status of a target).
                found |= (
                    {word}
                    if isinstance(word, str)
                    else {part for part in word if part.isascii() and part[1:]}
                )
    found |= {word for _, word in words.TRENDS.values()} | {word for _, word in formats.UNITS.values()}
    return found | {view.title for view in VIEWS} | set(words.TOOLTIP.values())


def test_each_sentence_is_translated_and_none_is_left_over() -> None:
    with (ROOM / "locales/de.po").open("rb") as stream:
        catalogue = {
            (m.id[0] if isinstance(m.id, tuple) else m.id): m.string
            for m in read_po(stream, locale="de")
            if m.id
        }
    assert messages() - set(catalogue) == set()
    assert set(catalogue) - messages() == set()
    assert [
        key for key, text in catalogue.items() if not text or (isinstance(text, tuple) and not all(text))
    ] == []


def test_translations_keep_their_placeholders() -> None:
    import re

    with (ROOM / "locales/de.po").open("rb") as stream:
        for message in read_po(stream, locale="de"):
            if not message.id:
                continue
            sources = message.id if isinstance(message.id, tuple) else (message.id,)
            targets = message.string if isinstance(message.string, tuple) else (message.string,)
            wanted = {name for source in sources for name in re.findall(r"{(\w+)}", source)}
            assert {name for target in targets for name in re.findall(r"{(\w+)}", target)} == wanted, sources


def test_pages_hold_no_untranslated_words() -> None:
    found = []
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("st.")):
                continue
            arguments = [*node.args, *[k.value for k in node.keywords if k.arg not in DATA_KEYWORDS]]
            found += [(path.name, a.value) for a in arguments
                      if isinstance(a, ast.Constant) and isinstance(a.value, str)
                      and any(ch.isalpha() for ch in a.value)]  # fmt: skip
    allowed = {("banner.py", "Sozialraum"), ("controls.py", "Sprache / Language")}
    streamlit_codes = {
        (p, v) for p, v in found if v in {"center", "distribute", "collapsed", "ignore", "pick", "large"}
    }
    assert set(found) - allowed - streamlit_codes == set()
