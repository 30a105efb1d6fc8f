"""Collect from the sources every text that an error or finding can say, f-strings as templates with holes."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[2] / "src" / "hubspoke"
ERRORS = (
    "UsageError",
    "InfeasibleError",
    "NoPlanFoundError",
    "SolverUnavailableError",
    "WrongAnswerError",
    "ChangedInputError",
    "ClusterError",
    "HubspokeError",
)
SAYS = {
    "Finding": (3, 5),
    "fault": (1, 3),
    "Remark": (0, 1),
    "Form": (0, 1),
    "_of": (0, 1),
    "Instance": (3, 4),
    **dict.fromkeys(ERRORS, (0, 1)),
}
"""Calls that say something, and which of their arguments do, first to last."""
LISTS = ("Finding", "InputError", "list_findings")
"""What lists findings."""
PAIR = 2
"""Problem and cure."""
CONSOLE = ("say", "detail", "live")
"""Methods of a console that say their first argument, as the functions `SAYING` do."""
SAYING = ("translate", "in_language", "warn_user")
AUDITED = ("audit/", "tracing/check.py", "outputs/runs/held_files.py", "outputs/runs/years_audit.py")
"""Where functions yield a sentence for each fault of a plan."""
PARTS: dict[type, tuple[str, ...]] = {
    ast.IfExp: ("body", "orelse"),
    ast.BinOp: ("left", "right"),
    ast.BoolOp: ("values",),
    ast.Dict: ("values",),
    ast.List: ("elts",),
    ast.Tuple: ("elts",),
    ast.GeneratorExp: ("elt",),
    ast.ListComp: ("elt",),
    ast.Starred: ("value",),
    ast.Subscript: ("value",),
}
"""Of which parts an expression can be, by its kind."""
SPEAKERS = (ast.Call, ast.ClassDef, ast.FunctionDef, ast.Lambda, ast.Yield, ast.Return, ast.Assign)
"""Nodes that can say something: one in ten."""
REASONS = "planning/infeasible/"
"""Folder whose functions return or yield sentences."""
BOTH = ("planning/infeasible/rules.py", "planning/infeasible/cures.py")
"""Files in it that say everything in both languages themselves."""
WORDED = "in_commodity_words"
"""Function that says its first argument in the words of a commodity."""
PREFIX = "begin_with"
"""Function that begins a sentence with the name of a region, which is no part of it."""
WORD = re.compile("[A-Za-z]{3}")
JAPANESE = re.compile("[\u3041-\u309f]")
"""Letters that stand in every Japanese sentence, though not in every name."""


@dataclass(frozen=True)
class Template:
    """A text with holes, and where it is said."""

    text: str
    place: str


@dataclass(eq=False)
class Module:
    """A file, its nodes, and what stands around each."""

    path: Path
    tree: ast.Module
    nodes: tuple[ast.AST, ...]

    @cached_property
    def above(self) -> dict[ast.AST, ast.AST]:
        """What each node stands in."""
        return {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield the functions around a node from the innermost one on, then the module."""
        while node in self.above:
            node = self.above[node]
            if isinstance(node, ast.FunctionDef | ast.Lambda | ast.Module):
                yield node


@cache
def modules() -> tuple[Module, ...]:
    """Return every file of the package."""
    made = []
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        made.append(Module(path, tree, tuple(ast.walk(tree))))
    return tuple(made)


@cache
def functions() -> dict[str, tuple[Module, ast.FunctionDef]]:
    """Return the functions whose name no other one bears, and the constants, by name."""
    found: dict[str, list[tuple[Module, ast.FunctionDef]]] = {}
    for module in modules():
        for node in module.nodes:
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append((module, node))
    return {name: places[0] for name, places in found.items() if len(places) == 1}


@cache
def constants() -> dict[str, list[tuple[Module, ast.expr]]]:
    """Return the values of names in capital letters, by name."""
    found: dict[str, list[tuple[Module, ast.expr]]] = {}
    for module in modules():
        for node in module.tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found.setdefault(node.targets[0].id, []).append((module, node.value))
    return found


@cache
def list_templates() -> tuple[Template, ...]:
    """Return every text that is said, each once."""
    said: dict[str, Template] = {}
    for module in modules():
        name = module.path.relative_to(SOURCE).as_posix()
        for node in module.nodes:
            if not isinstance(node, SPEAKERS):
                continue
            spoken = _said_by(node, settings=name.startswith("settings"))
            for value in (*spoken, *_reasons(node, name), *_faults(node, name)):
                texts = "\n".join(_texts(value, module, frozenset())).split("\n")
                for text in filter(_has_words, texts):
                    said.setdefault(text, Template(text, f"{name}:{value.lineno}"))
    return tuple(said.values())


def _reasons(node: ast.AST, name: str) -> Iterator[ast.expr]:
    """Yield what the functions say that tell why there is no plan, and what they put it together of."""
    if not name.startswith(REASONS) or name in BOTH:
        return
    if isinstance(node, ast.Yield | ast.Return | ast.Assign) and node.value is not None:
        yield node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
        yield from node.args


def _faults(node: ast.AST, name: str) -> Iterator[ast.expr]:
    """Yield what a function of the audit says, which yields a sentence for each fault."""
    returns = isinstance(node, ast.FunctionDef) and node.returns is not None and ast.unparse(node.returns)
    if name.startswith(AUDITED) and returns == "Iterator[str]":
        for inner in ast.walk(node):
            if isinstance(inner, ast.Yield | ast.YieldFrom) and inner.value is not None:
                yield inner.value


def _has_words(text: str) -> bool:
    """Return whether a template says anything beside its values, and is not Japanese already."""
    return WORD.search(re.sub(r"{\w*}", "", text)) is not None and not JAPANESE.search(text)


def _said_by(node: ast.AST, *, settings: bool) -> Iterator[ast.expr]:
    """Yield what a call, function or class says; a ValueError does where it is pydantic that hears it."""
    if isinstance(node, ast.Call):
        yield from _said_by_call(node, settings=settings)
    elif isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name in LISTS:
        yield from (inner for inner in ast.walk(node) if isinstance(inner, ast.JoinedStr))
    elif isinstance(node, ast.FunctionDef) and _is_tell(node):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Tuple):
                yield from inner.value.elts
    elif isinstance(node, ast.Lambda) and isinstance(node.body, ast.Tuple) and len(node.body.elts) == PAIR:
        yield from node.body.elts


def _said_by_call(call: ast.Call, *, settings: bool) -> Iterator[ast.expr]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    whose = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    spoken = name in CONSOLE and ("console" in whose or whose == "self")
    if spoken or name in SAYING:
        yield from call.args[:1]
    if name == "find" and whose.endswith("document"):  # a finding of a case of another program, behind its path
        yield from call.args[1:3]
    if name in SAYS or (settings and name == "ValueError"):
        first, last = SAYS.get(name, (0, 1))
        yield from call.args[first:last]
        yield from (word.value for word in call.keywords if word.arg in ("problem", "cure"))


def _is_tell(node: ast.FunctionDef) -> bool:
    """Return whether a function returns problem and cure of a row or cell."""
    told = node.name.startswith(("tell", "_tell", "_describe"))
    return told and node.returns is not None and ast.unparse(node.returns) == "tuple[str, str]"


def _texts(value: ast.expr, module: Module, seen: frozenset[object]) -> Iterator[str]:
    """Yield the texts that an expression can be, of sums and joined texts the parts."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value.replace("{", "{{").replace("}", "}}")
    elif isinstance(value, ast.Name):
        yield from _texts_of_name(value, module, seen)
    elif isinstance(value, ast.Call):
        yield from _texts_of_call(value, module, seen)
    else:
        if isinstance(value, ast.JoinedStr):
            yield _as_template(value)
        for part in _parts(value):
            yield from _texts(part, module, seen)


def _parts(value: ast.expr) -> list[ast.expr]:
    """Return the expressions that an expression can be, or that it is put together of."""
    if isinstance(value, ast.JoinedStr):
        return [part.value for part in value.values if isinstance(part, ast.FormattedValue)]
    found: list[ast.expr] = []
    for name in PARTS.get(type(value), ()):
        part = getattr(value, name)
        found += part if isinstance(part, list) else [part]
    return found


def _texts_of_name(name: ast.Name, module: Module, seen: frozenset[object]) -> Iterator[str]:
    """Yield what is assigned to a name in the nearest function around it, or in the module."""
    values: list[ast.expr] = []
    for around in module.around(name):
        values = _assigned(name.id, around) or list(_given(name.id, around, module))
        if values:
            break
    told = [(module, value) for value in values] or constants().get(name.id, [])
    for home, value in told:
        if value not in seen:
            yield from _texts(value, home, seen | {value})


def _given(name: str, around: ast.AST, module: Module) -> Iterator[ast.expr]:
    """Yield what calls in the same file give for a parameter of a function."""
    parameters = [word.arg for word in around.args.args] if isinstance(around, ast.FunctionDef) else []
    if name not in parameters or not isinstance(around, ast.FunctionDef):
        return
    place = parameters.index(name)
    for node in module.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == around.name:
            yield from node.args[place : place + 1]
            yield from (word.value for word in node.keywords if word.arg == name)


def _assigned(name: str, around: ast.AST) -> list[ast.expr]:
    """Return what a name is set to, or an entry of it."""
    return [value for target, given in assignments(around) for value in _set_to(name, target, given)]


@cache
def assignments(around: ast.AST) -> list[tuple[ast.expr, ast.expr]]:
    """Return targets and values of all that is set in a function or module."""
    found: list[tuple[ast.expr, ast.expr]] = []
    for node in ast.walk(around):
        if isinstance(node, ast.Assign):
            found += [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.AugAssign | ast.NamedExpr):
            found.append((node.target, node.value))
        elif isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple):  # such as pairs of a word and a cure
            found += [(node.target, row) for row in node.iter.elts]
    return found


def _set_to(name: str, target: ast.expr, value: ast.expr) -> Iterator[ast.expr]:
    """Yield the part of a value that a name is set to."""
    entry = target.value if isinstance(target, ast.Subscript) else target
    if isinstance(entry, ast.Name) and entry.id == name:
        yield value
    elif isinstance(entry, ast.Tuple):
        names = [part.id if isinstance(part, ast.Name) else "" for part in entry.elts]
        if name in names:
            yield value.elts[names.index(name)] if isinstance(value, ast.Tuple) else value


def _texts_of_call(call: ast.Call, module: Module, seen: frozenset[object]) -> Iterator[str]:
    """Yield what a function of the package returns or yields; of methods of texts, that of the text."""
    if isinstance(call.func, ast.Attribute):
        if call.func.attr == "join":
            for argument in call.args:
                yield from _texts(argument, module, seen)
        elif call.func.attr in ("removeprefix", "strip", "get"):
            yield from _texts(call.func.value, module, seen)
        return
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name == WORDED:
        yield from _texts(call.args[0], module, seen)
    if name in SAYS or name in ("str", "repr", "len", "next", "sorted", "tuple", "list", "map"):
        return
    home, node = functions().get(name, (module, None))
    if node is None or node in seen or node.returns is None or "str" not in ast.unparse(node.returns):
        return
    for inner in ast.walk(node):
        if isinstance(inner, ast.Return | ast.Yield) and inner.value is not None:
            yield from _texts(inner.value, home, seen | {node})


def _as_template(text: ast.JoinedStr) -> str:
    """Return an f-string with names in its holes, holes beside one another as one."""
    made, names, hole = "", [], False
    for part in text.values:
        if isinstance(part, ast.FormattedValue) and ast.unparse(part.value).startswith(f"{PREFIX}("):
            continue
        if isinstance(part, ast.Constant):
            made += str(part.value).replace("{", "{{").replace("}", "}}")
            hole = False
        elif not hole:
            words = re.findall(r"[A-Za-z_][A-Za-z_0-9]*", re.sub(r"'[^']*'|\"[^\"]*\"", "", ast.unparse(part)))
            name = next((word for word in reversed(words) if word not in ("r", "g", "f", "d", "if", "else", "s")), "it")
            while name in names:
                name += "_"
            names.append(name)
            made += f"{{{name}}}"
            hole = True
    return made
