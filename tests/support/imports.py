"""What a source file imports, calls and says, read from the nodes of its syntax tree."""

import ast
from collections.abc import Iterator, Sequence

SQL = (
    "select ",
    "insert into ",
    "insert or ",
    "update ",
    "delete from ",
    "create table ",
    "begin immediate",
    "pragma ",
)


def imported(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Yield the modules that a file imports, wherever it does so.

    `from bot import app` is `bot` and `bot.app`; a relative import begins with its dots.
    """
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def mentioned(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Yield the dotted names that occur, under their real names: `dt.now` is `datetime.datetime.now`."""
    real = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            real |= {
                alias.asname or alias.name.partition(".")[0]: alias.asname and alias.name
                for alias in node.names
            }
        elif isinstance(node, ast.ImportFrom) and node.module:
            real |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    for node in nodes:
        if name := _dotted(node):
            head, dot, rest = name.partition(".")
            yield (real.get(head) or head) + dot + rest


def _dotted(node: ast.AST) -> str:
    """Return what a name is written as, dots and all, or nothing where it is the attribute of a value."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def statements(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Yield the strings that read as SQL, documentation apart."""
    documentation = {
        id(node.value)
        for node in nodes
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            # What goes on after a gap is a statement; a word by itself, such as Slack's update, is none.
            words = " ".join(node.value.lower().split()) + " " * node.value[-1:].isspace()
            if words.startswith(SQL):
                yield words
