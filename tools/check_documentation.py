"""Count what the code says of itself, and fail where it says too little.

    python tools/check_documentation.py            # figures, and every place that falls short
    python tools/check_documentation.py --list     # the figures file by file

Checked: every function or method with arguments that another folder uses has a *Parameters* section in numpydoc form;
compiled loops hold at least five comment lines per 100 lines; no folder holds more than 20 files; at most five files
are longer than 300 lines; docstrings of functions do not begin with words that tell nothing ("Give", "Say").
"""

from __future__ import annotations

import argparse
import ast
import sys
import tokenize
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[1] / "src"
FILES_IN_A_FOLDER, LONG, LONG_FILES, COMMENTS_PER_100 = 20, 300, 5, 5.0
VAGUE = ("Give ", "Gives ", "Say ", "Says ", "Tell ", "Tells ")
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module(NamedTuple):
    """A file, its name for imports, and its syntax tree."""

    path: Path
    name: str
    tree: ast.Module

    @property
    def folder(self) -> str:
        """Dotted name of the folder."""
        return self.name.rpartition(".")[0]


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield every statement of a tree; nothing asked here stands inside an expression, where most nodes are."""
    for field in ("body", "orelse", "finalbody", "handlers", "cases"):
        for node in getattr(tree, field, ()):
            yield node
            yield from statements(node)


def read_modules() -> list[Module]:
    """Read every file of the package but the faces of folders."""
    modules = []
    for path in sorted(SOURCE.rglob("*.py")):
        name = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        modules.append(Module(path, name, ast.parse(path.read_text(encoding="utf-8"))))
    return [module for module in modules if module.path.name != "__init__.py"]


def used_from_afar(modules: list[Module]) -> set[tuple[str, str]]:
    """Return (module, name) of everything that a file of another folder imports, and what the public face names."""
    used = set()
    face = ast.parse((SOURCE / "hubspoke" / "__init__.py").read_text(encoding="utf-8"))
    for folder, tree in [("hubspoke", face), *((module.folder, module.tree) for module in modules)]:
        for node in statements(tree):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("hubspoke."):
                from_folder = node.module.rpartition(".")[0]
                if from_folder != folder:
                    used |= {(node.module, alias.name) for alias in node.names}
    return used


def is_compiled(function: Function) -> bool:
    """Return whether numba compiles the function."""
    return any("njit" in ast.unparse(decorator) for decorator in function.decorator_list)


def is_command(function: Function) -> bool:
    """Return whether the function is a command, whose parameters are described where its options are declared."""
    return any("typer.Context" in ast.unparse(arg.annotation) for arg in function.args.args if arg.annotation)


def is_overload(function: Function) -> bool:
    """Return whether the function is one of the signatures of another, which describes them all."""
    return any("overload" in ast.unparse(decorator) for decorator in function.decorator_list)


def arguments(function: Function) -> int:
    """Count the arguments but `self` and `cls`."""
    named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    stars = [arg for arg in (function.args.vararg, function.args.kwarg) if arg]
    return sum(arg.arg not in {"self", "cls"} for arg in named) + len(stars)


def find_undescribed(modules: list[Module]) -> tuple[int, list[str]]:
    """Count the functions that cross a folder, and name those without a *Parameters* section."""
    afar = used_from_afar(modules)
    crossing, short = 0, []
    for module in modules:
        for node in module.tree.body:
            if isinstance(node, Function) and (module.name, node.name) in afar:
                if not arguments(node) or is_command(node) or is_overload(node):
                    continue
                crossing += 1
                if "Parameters\n" not in (ast.get_docstring(node) or ""):
                    short.append(f"{module.path.relative_to(SOURCE.parent)}:{node.lineno} {node.name}")
    return crossing, short


def count_compiled(module: Module) -> tuple[int, int]:
    """Count the lines of compiled functions, docstrings and blank lines left out, and the comment lines among them."""
    loops = [node for node in module.tree.body if isinstance(node, Function) and is_compiled(node)]
    if not loops:
        return 0, 0
    text = module.path.read_text(encoding="utf-8").splitlines()
    with module.path.open("rb") as file:
        comments = {token.start[0] for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT}
    lines = noted = 0
    for node in loops:
        first = node.body[1].lineno if ast.get_docstring(node) is not None and len(node.body) > 1 else node.lineno
        body = [at for at in range(first, (node.end_lineno or first) + 1) if text[at - 1].strip()]
        lines += len(body)
        noted += sum(at in comments and text[at - 1].lstrip().startswith("#") for at in body)
    return lines, noted


def find_vague(modules: list[Module]) -> list[str]:
    """Name the functions whose docstring begins with a word that tells nothing."""
    return [
        f"{module.path.relative_to(SOURCE.parent)}:{node.lineno} {node.name}: {(ast.get_docstring(node) or '')[:40]}"
        for module in modules
        for node in statements(module.tree)
        if isinstance(node, Function) and (ast.get_docstring(node) or "").startswith(VAGUE) and not is_command(node)
    ]


def main() -> int:
    """Print figures and shortcomings; return 1 where something falls short."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--list", action="store_true", help="the figures of compiled loops file by file")
    wanted = parser.parse_args()
    modules, faults = read_modules(), []
    crossing, undescribed = find_undescribed(modules)
    faults += [f"no Parameters section: {place}" for place in undescribed]
    counts = {module: count_compiled(module) for module in modules}
    lines, noted = (sum(count[at] for count in counts.values()) for at in (0, 1))
    density = 100 * noted / max(lines, 1)
    if density < COMMENTS_PER_100:
        faults.append(f"compiled loops: {density:.1f} comment lines per 100, fewer than {COMMENTS_PER_100:g}")
    vague = find_vague(modules)
    faults += [f"vague docstring: {place}" for place in vague]
    folders = Counter(module.folder for module in modules)
    faults += [f"{folder}: {count} files" for folder, count in folders.items() if count > FILES_IN_A_FOLDER]
    sizes = {module: len(module.path.read_text(encoding="utf-8").splitlines()) for module in modules}
    long = [module for module, size in sizes.items() if size > LONG]
    if len(long) > LONG_FILES:
        faults.append(f"{len(long)} files above {LONG} lines: {', '.join(module.name for module in long)}")
    if wanted.list:
        for module, (all_lines, notes) in counts.items():
            if all_lines:
                print(f"{module.name}: {notes} comment lines in {all_lines} compiled lines")
    print(
        f"{len(modules)} files, the largest folder {max(folders.values())}, {len(long)} above {LONG} lines; "
        f"{crossing - len(undescribed)} of {crossing} functions that cross a folder describe their parameters; "
        f"{density:.1f} comment lines per 100 in {lines} compiled lines; {len(vague)} vague docstrings"
    )
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
