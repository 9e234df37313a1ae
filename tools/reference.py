"""Writes the reference of files, errors and schemas from the code, so that it cannot say anything else.

python tools/reference.py
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final, get_args

from tashawur import settle
from tashawur.consult.acts import MODULES, SAID, SIGNED, AnyAct
from tashawur.consult.acts import schema as act_schema
from tashawur.consult.binding import ASIDE
from tashawur.consult.kinds import KINDS, PRIVATE, schema
from tashawur.papers.settlement import FrontierAnswer, SettleAnswer
from tashawur.papers.settlement import schema as answer_schema
from tashawur.readouts.values import schema as readout_schema
from tashawur.record.rules import BROKEN
from tashawur.terms import errors

ROOT: Final = Path(__file__).parent.parent
FILES: Final = ROOT / "docs" / "reference" / "files.md"
SCHEMAS: Final = ROOT / "docs" / "reference" / "schemas"
ERRORS: Final = ROOT / "docs" / "reference" / "errors.md"
ACTS: Final = ROOT / "docs" / "reference" / "acts.md"
SETTLE_API: Final = ROOT / "docs" / "reference" / "settle-api.md"


def files_page() -> str:
    """The page on the files of a case."""
    parts = [
        "# The files of a case\n",
        "A consultation is a folder of YAML files (YAML 1.2, UTF-8), told apart by their `kind:` line. Their names and",
        "their order do not matter; folders within the folder are read too. Files and folders whose names begin with a",
        "dot, and files that do not end in `.yaml` or `.yml`, are left out. A file may have 64 MB.\n",
        "Words for people are written in every language of the case, `{en: Host, ar: مضيف}`; in the log in at least",
        "one of them, and so everywhere in a case that is `being_translated`. Days are written `2025-02-18`, moments",
        "`2025-02-18T10:00:00+03:00`, numbers in the digits 0 to 9. Names are given once in a case, but for options,",
        "which are named within their irritant.\n",
        "The same as JSON Schema: [schemas](schemas), or `tashawur case schema KIND`.\n",
    ]
    seen: set[str] = set()
    for kind in KINDS:
        private = " (private: it stays with its side)" if kind in PRIVATE else ""
        parts.append(f"## kind: {kind}{private}\n")
        parts.extend(_types(schema(kind), seen))
    return "\n".join(parts).rstrip() + "\n"


def acts_page() -> str:
    """The page on acts."""
    whole = act_schema()
    parts = [
        "# Acts\n",
        "An act is what a side does by an entry of [the record](entries.md): the `content` of a `say`, which",
        "the side does alone, or of a `propose`, which stands when all whom it binds have signed. Keys and forms are",
        "those of [the files of a case](files.md); a number that is no whole one is written as words. A thing that a",
        "side names by itself bears the side's name first (`A_visas` for the side `A`), one that all name nobody's.\n",
        "An entry names the tracks that its act is about as its topics; `general` for what belongs to none,",
        "`mechanism` for what concerns the whole. The legal status of an act and the `legal` of its entry agree:",
        "`record_only` is `no_obligation`; `political_understanding` and `agreed_minutes` are `political`;",
        "`exchange_of_notes` and `treaty_text` are `legal`. To sign in the node creates no obligation by itself,",
        "whatever stands there.\n",
        "| `act` | done by | module | |\n|---|---|---|---|",
    ]
    for sort in get_args(AnyAct):
        config = sort.__struct_config__
        by = ["one side"] * (sort in SAID) + ["all whom it binds"] * (sort in SIGNED)
        parts.append(f"| `{config.tag}` | {' or '.join(by)} | {MODULES.get(sort, '')} | {_docstring(sort.__name__)} |")
    seen = set(re.findall(r"^### (\w+)$", files_page(), re.MULTILINE))
    parts.append("")
    for sort in get_args(AnyAct):
        parts.extend(_types({**whole, "$defs": whole["$defs"], "$ref": f"#/$defs/{sort.__name__}"}, seen))
    parts.append("## Why an act is set aside\n")
    parts.append("It stays in the record; the state of the consultation goes on without it, the same on every node.\n")
    parts.append("| code | why, and the remedy |\n|---|---|")
    parts.extend(f"| `{code}` | {told} |" for code, told in ASIDE.items())
    return "\n".join(parts).rstrip() + "\n"


def _types(whole: dict[str, Any], seen: set[str]) -> Iterator[str]:
    definitions = whole["$defs"]
    for name in _reached(whole["$ref"].rsplit("/", 1)[1], definitions):
        if name in seen:
            continue
        seen.add(name)
        one = definitions[name]
        yield f"### {name}\n"
        yield _docstring(name) + "\n"
        yield "| key | holds | |\n|---|---|---|"
        for key, held in one["properties"].items():
            needed = "needed" if key in one.get("required", []) else ""
            yield f"| `{key}` | {_holds(held)} | {needed} |"
        yield ""


def _reached(first: str, definitions: dict[str, Any]) -> list[str]:
    """The types that a file of a kind is made of, the outermost first."""
    order = [first]
    for name in order:
        found = re.findall(r"#/\$defs/(\w+)", str(definitions[name]))
        order += [inner for inner in dict.fromkeys(found) if inner not in order]
    return order


def _docstring(name: str) -> str:
    for path in (ROOT / "src" / "tashawur" / "consult").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name == name:
                return (ast.get_docstring(node) or "").replace("\n", " ").replace("  ", " ")
    raise LookupError(name)


def _holds(held: dict[str, Any]) -> str:
    """What a key holds, in a few words."""
    if "$ref" in held:
        return str(held["$ref"].rsplit("/", 1)[1])
    if "anyOf" in held:
        return " or ".join(_holds(one) for one in held["anyOf"] if one.get("type") != "null")
    if "enum" in held:
        return "one of " + ", ".join(f"`{one}`" for one in held["enum"])
    if held.get("type") == "array":
        inner = _holds(held["items"]) if held.get("items") else ", ".join(_holds(one) for one in held["prefixItems"])
        return f"a list: {inner}"
    if held.get("type") == "object":
        if "languages" in held.get("description", ""):
            return "words in the languages of the case"
        return f"by name: {_holds(held['additionalProperties'])}"
    if "format" in held:
        return {"date": "a day", "date-time": "a moment"}[held["format"]]
    words = {"string": "words", "integer": "a whole number", "number": "a number", "boolean": "true or false"}
    described = str(held.get("description") or words[held["type"]]).rstrip(". ")
    return "a name" if described.startswith("A name for machines") else described


def errors_page() -> str:
    """The page on what is refused."""
    rows = [
        "# Errors\n",
        "What is refused is one line on standard error with a code at its end, and exit status 2. The code stays the",
        "same in every language and version; the words may change. What is wrong in the files of a case comes",
        "with file and line: on the screen the first 50 mistakes and the number of the others, which",
        "`tashawur case check --json` has, up to 200 of one file against its schema.\n",
        "| code | what it says |\n|---|---|",
    ]
    tree = sorted(errors.TashawurError.__subclasses__(), key=lambda one: one.code)
    rows += [f"| `{one.code}` | {one.template} |" for one in tree]
    rows.append("\n## Mistakes in the files of a case\n\n| code | what is wrong | how to mend it |\n|---|---|---|")
    rows += [f"| `{code}` | {told} |" for code, told in sorted(_mistakes("consult", "case."))]
    rows.append("\n## Mistakes in what is logged\n\n| code | what is wrong | how to mend it |\n|---|---|---|")
    rows += [f"| `{code}` | {told} |" for code, told in sorted(_mistakes("node", "log."))]
    rows.append("\n## Mistakes in the files of other programs' scenarios\n")
    rows.append("They come with the file, and with the line or the path of keys where it stands.\n")
    rows.append("| code | what is wrong | how to mend it |\n|---|---|---|")
    of_scenarios = (one for folder in ("settle/formats", "store", "node") for one in _mistakes(folder, "settle."))
    rows += [f"| `{code}` | {told} |" for code, told in sorted(of_scenarios)]
    rows.append("\n## Rules of admission to the record\n\n| code | what is wrong, and the remedy |\n|---|---|")
    rows += [f"| `{rule}` | {told} |" for rule, told in BROKEN.items()]
    return "\n".join(rows) + "\n"


def _mistakes(folder: str, codes: str) -> Iterator[tuple[str, str]]:
    """Code, and what is wrong with its remedies, of every mistake that the folder of the code can tell of."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "src" / "tashawur" / folder).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for code, phrases in _told(node, codes):
                    found.setdefault(code, []).extend(one for one in phrases if one not in found.get(code, []))
    for code, phrases in found.items():
        yield code, f"{phrases[0]} | {' '.join(phrases[1:])}"


def _told(function: ast.FunctionDef, codes: str) -> Iterator[tuple[str, list[str]]]:
    named = {
        target.id: _phrases(node.value)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and call.args:
            first = call.args[0]
            if isinstance(first, ast.Constant) and str(first.value).startswith(codes):
                told: list[str] = []
                for argument in call.args[1:]:
                    told += named.get(argument.id, []) if isinstance(argument, ast.Name) else _phrases(argument)
                yield str(first.value), told


def _phrases(node: ast.AST) -> list[str]:
    return [
        str(inner.args[0].value)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call)
        and isinstance(inner.func, ast.Name)
        and inner.func.id == "N_"
        and isinstance(inner.args[0], ast.Constant)
    ]


def settle_api_page() -> str:
    """The page on what `from tashawur.settle import ...` gives."""
    parts = [
        "# `tashawur.settle` for programs and notebooks\n",
        "What stands here is public and typed (PEP 561): it changes only with a line in the change log. Inside,",
        "issues, options and packages are told by their places, counted from zero; points are whole numbers. It",
        "does no input or output and reads no clock, and needs NumPy; where rules tie very many packages together, or",
        "sides speak in words, also the part `solver` (OR-Tools). `import tashawur.settle` loads nothing of it",
        "until a name is asked for.",
        "A first walk through it: [settle in a notebook](../tutorial/settle-in-a-notebook.md).\n",
    ]
    for module, names in settle.PUBLIC.items():
        parts.append(f"## from {module}\n")
        for name in names:
            parts.extend(_public(name, getattr(settle, name)))
    return "\n".join(parts).rstrip() + "\n"


def _public(name: str, what: Any) -> Iterator[str]:
    if inspect.isclass(what):
        yield f"### class `{name}`\n"
        yield inspect.cleandoc(what.__doc__ or "") + "\n"
        if is_dataclass(what):
            shown = [one for one in fields(what) if not one.name.startswith("_")]
            yield "| field | type |\n|---|---|"
            yield from (f"| `{one.name}` | `{one.type}` |".replace(" | None`", " or None`") for one in shown)
            yield ""
        for method, made in vars(what).items():
            function = made.fget if isinstance(made, property) else getattr(made, "__func__", made)
            if not method.startswith("_") and inspect.isfunction(function) and function.__doc__:
                call = "" if isinstance(made, property) else _call(function)
                yield f"- `.{method}{call}`: {' '.join(function.__doc__.split())}"
        yield ""
    elif inspect.isfunction(what):
        yield f"### `{name}{_call(what)}`\n"
        yield inspect.cleandoc(what.__doc__ or "").replace(">>>", "    >>>") + "\n"
    else:
        held = ", ".join(f"`{one}`" for one in what) if not isinstance(what, types.GenericAlias) else f"`{what}`"
        yield f"### `{name}`\n\n{held}\n"


def _call(function: Any) -> str:
    told = re.sub(r"\bself(, )?", "", str(inspect.signature(function))).replace("'", "")
    return re.sub(r"<function (\S+) at 0x[0-9a-f]+>", r"\1", told)


def schema_files() -> dict[Path, str]:
    """The JSON Schema of every kind of file, of acts and of answers, for editors and other programs."""
    answers = {
        "readout": readout_schema(),
        "act": act_schema(),
        "settle": answer_schema(SettleAnswer),
        "frontier": answer_schema(FrontierAnswer),
    }
    held = {**{kind: schema(kind) for kind in KINDS}, **answers}
    return {
        SCHEMAS / f"{name}.schema.json": json.dumps(one, ensure_ascii=False, indent=1) + "\n"
        for name, one in held.items()
    }


def main() -> None:
    """Writes the pages and the schemas."""
    FILES.write_text(files_page(), encoding="utf-8")
    ERRORS.write_text(errors_page(), encoding="utf-8")
    ACTS.write_text(acts_page(), encoding="utf-8")
    SETTLE_API.write_text(settle_api_page(), encoding="utf-8")
    SCHEMAS.mkdir(exist_ok=True)
    for path, text in schema_files().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
