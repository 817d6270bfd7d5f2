"""The house rules that no linter knows: what may be written where, how long, and that nothing lies about unused."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from tests.house.knock import patterns
from tests.house.sources import DATA, FLOORS, files, modules, read, screens, templates, tree, without_comments

# methods that give a value to the database, by any name of the ORM
ASKING = {
    "filter",
    "exclude",
    "get",
    "order_by",
    "annotate",
    "values",
    "values_list",
    "update",
    "create",
    "alias",
    "aggregate",
}
ASKING |= {"get_object_or_404", "get_list_or_404", "Q", "F", "SearchQuery", "distinct", "in_bulk", "get_or_create"}
REQUEST_VALUES = {"GET", "POST", "COOKIES", "META", "headers", "body", "FILES"}
DRAWERS = {"utils", "helpers", "common", "services", "misc", "tools"}
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 400, 45, 120


def names_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def is_of_request(node: ast.AST) -> bool:
    """True for `request.GET` and its kin, whatever is read from it."""
    return (
        isinstance(node, ast.Attribute) and node.attr in REQUEST_VALUES and getattr(node.value, "id", "") == "request"
    )


@pytest.mark.parametrize("path", modules(), ids=str)
def test_no_request_value_reaches_the_database_unread(path):
    """Forms stand between: what a person sends is text until a form made a value of it."""
    faults = []
    for call in (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)):
        # request.GET.get("x") reads a dictionary, no row
        if names_of(call) not in ASKING or (isinstance(call.func, ast.Attribute) and is_of_request(call.func.value)):
            continue
        given = [*call.args, *(word.value for word in call.keywords)]
        if any(is_of_request(node) for each in given for node in ast.walk(each)):
            faults.append(call.lineno)
    assert faults == []


@pytest.mark.parametrize("path", screens(), ids=str)
def test_screens_speak_no_sql(path):
    calls = {names_of(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
    allowed = {"cursor", "execute"} if str(path) == "portal/pages/views.py" else set()  # the health page asks SELECT 1
    assert calls & {"raw", "extra", "RawSQL", "cursor", "execute", "executemany"} <= allowed


@pytest.mark.parametrize("path", screens(), ids=str)
def test_screens_write_no_state(path):
    """A state moves by a verb: no screen assigns it."""
    written = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute)
        and target.attr in ("status", "revision", "version", "is_staff", "is_superuser")
    ]
    assert written == []


def test_no_drawer():
    assert [str(path) for path in files() if DRAWERS & {part.partition(".")[0] for part in path.parts}] == []


@pytest.mark.parametrize("path", modules(), ids=str)
def test_a_module_and_its_functions_stay_short(path):
    text = read(path)
    assert text.count("\n") <= LONGEST_MODULE
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_data_modules_are_data():
    """What is exempt from the length is texts and figures: it calls neither the database nor the clock."""
    imported = set()
    for path in files(".py", under=FLOORS):
        if str(path).startswith(DATA):
            for node in ast.walk(tree(path)):
                imported |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
    assert not [name for name in imported if name.startswith("django.db")]


@pytest.mark.parametrize("path", templates(), ids=str)
def test_a_template_obeys_the_security_policy_and_stays_short(path):
    text = without_comments(read(path))
    assert text.count("\n") <= LONGEST_TEMPLATE
    assert not re.search(r"\sstyle\s*=", text), "style is for the style sheets"
    assert not re.search(r"<style\b", text), "style is for the style sheets"
    assert not re.search(r"<[^>]*\son\w+\s*=", text), "a behaviour hangs on a data- attribute"
    assert not re.search(r"(?i)javascript:", text)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script, script
    assert "|safe" not in text, "what is safe is said where it is made"
    assert "autoescape off" not in text or path.suffix == ".txt"


def test_every_template_is_used():
    """Named by a view, by another template, by a package we override, or read by its place."""
    texts = {path: read(path) for path in files(".py", ".html", ".txt", under=(*FLOORS, "templates"))}
    unused = []
    for path in templates():
        name = path.relative_to("templates").as_posix()
        named = any(name in text for other, text in texts.items() if other != path)
        if not named and not _overrides_a_package(name):
            unused.append(name)
    assert unused == []


def _overrides_a_package(name: str) -> bool:
    """True if an installed package has a template of this name, or looks for one there."""
    packages = [Path(app.path) for app in apps.get_app_configs() if not app.name.startswith(FLOORS)]
    return name.startswith("allauth/") or any((folder / "templates" / name).exists() for folder in packages)


def test_every_template_that_is_named_exists():
    named = set()
    for path in files(".py", ".html", under=(*FLOORS, "templates")):
        named |= set(re.findall(r"""["']([\w/-]+\.html)[#"']""", read(path)))
    missing = []
    for name in sorted(each for each in named if "/" in each):
        try:
            get_template(name)
        except TemplateDoesNotExist:
            missing.append(name)
    assert missing == []


def test_every_address_a_template_names_resolves():
    known = {pattern.name for pattern in patterns()}
    named = {
        (path.as_posix(), name)
        for path in templates()
        for name in re.findall(r"""\{% url ["']([\w:-]+)["']""", without_comments(read(path)))
    }
    lost = [each for each in named if each[1].replace("admin:", "gestion:", 1) not in known]
    assert lost == []
    assert len(named) > 30


@pytest.mark.parametrize("path", list(files(".txt", under=("requirements",))), ids=str)
def test_requirement_files_hold_no_address(path):
    if path.parts[0] == "requirements":
        text = read(path)
        assert "://" not in text
        assert not re.search(r"(?m)^\s*(--index-url|--extra-index-url|--find-links|-i\b|-f\b)", text)
        assert "--hash=sha256:" in text


def test_the_tree_knows_no_machine():
    """No path of somebody's machine, no mark left for later."""
    machine = re.compile("/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "Use" + "rs"]) + r")/\w|/ho" + r"me/\w+/")
    later = re.compile(r"\b(?:TO" + "DO|FIX" + r"ME|XX" + r"X)\b")
    marked = []
    for path in files():
        if path.suffix in (".py", ".html", ".css", ".js", ".sh", ".toml", ".md", ".txt", ".service", ""):
            text = read(path)
            marked += [f"{path}: {found[0]}" for found in (machine.search(text), later.search(text)) if found]
    assert marked == []
