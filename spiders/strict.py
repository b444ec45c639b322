"""Turns what pydantic and tomllib find wrong into one error that names every problem at once.

A person who edits a TOML file gets one list: file, key path (``walk.categories[2]``), what is
wrong, the nearest known key, and the remedy last. Rejected: raising on the first problem (one
run per typo) and pydantic's own text (it names Python types and URLs, not words of the file).
"""

from __future__ import annotations

import difflib
import json
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Answer:
    """In an annotation: what the table of words prints as the type of a word."""

    words: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: at which key (empty: the whole file) and what."""

    key: str
    says: str

    def __str__(self) -> str:
        return f"{self.key}: {self.says}" if self.key else self.says


class StrictError(Exception):
    """A file of words that cannot be used; ``problems`` has all that is wrong with it."""

    def __init__(self, source: str, problems: Iterable[Problem], remedy: str) -> None:
        self.source = source
        self.problems = tuple(problems)
        self.remedy = remedy
        super().__init__(str(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.source, self.problems, self.remedy)

    def __str__(self) -> str:
        count = len(self.problems)
        lines = [f"{self.source}: {count} problem{'s' * (count != 1)}"]
        lines += [f"  {problem}" for problem in self.problems]
        return "\n".join([*lines, f"Remedy: {self.remedy}"])


def parse_toml(text: str) -> tuple[dict[str, Any], list[Problem]]:
    """The tables of a TOML text, or why it is not TOML (with line and column)."""
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        return {}, [Problem("", f"not valid TOML: {error}")]


def read_text(path: Path) -> tuple[str, list[Problem]]:
    """The text of a UTF-8 file, or why it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig"), []
    except UnicodeDecodeError as error:
        return "", [Problem("", f"not UTF-8: byte {error.start} cannot be decoded")]
    except OSError as error:
        return "", [Problem("", f"cannot be read: {error.strerror or error}")]


def check(model: type[Model], data: Mapping[str, Any]) -> tuple[Model | None, list[Problem]]:
    """The model made from ``data``, or every problem pydantic found, in the order of the words."""
    try:
        return model.model_validate(_freeze(data)), []
    except ValidationError as error:
        return None, [_explain(model, found) for found in error.errors(include_url=False)]


def nearest(word: str, known: Iterable[str], count: int = 1) -> list[str]:
    """The known words most like ``word``, best first.

    The cutoff of 0.6 is difflib's own: "artikel" still finds "article", "foo" finds nothing.
    """
    return difflib.get_close_matches(word, list(known), n=count, cutoff=0.6)


def paths(model: type[BaseModel], prefix: str = "") -> list[str]:
    """Every key path a model knows: ``title``, ``walk``, ``walk.pages`` ..."""
    found = []
    for name, field in model.model_fields.items():
        found.append(prefix + name)
        inner = _submodel(field.annotation)
        if inner is not None:
            found += paths(inner, f"{prefix}{name}.")
    return found


def describe(model: type[BaseModel], prefix: str = "") -> list[tuple[str, str, str, str]]:
    """Every word of a model as (key path, type, default, meaning), tables after plain words."""
    rows, tables = [], []
    for name, field in model.model_fields.items():
        inner = _submodel(field.annotation)
        if inner is None:
            rows.append((prefix + name, _type(field), _default(field), field.description or ""))
        else:
            tables += describe(inner, f"{prefix}{name}.")
    return rows + tables


def spell(location: Sequence[str | int]) -> str:
    """A key path as people write it: ``("walk", "categories", 2)`` is ``walk.categories[2]``."""
    text = ""
    for step in location:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def _submodel(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as ``Share | None``."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        inner = (_submodel(part) for part in typing.get_args(annotation))
        return next((part for part in inner if part is not None), None)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return None


def _type(field: FieldInfo) -> str:
    """A field's type in people's words: what its Answer says, "list of" before a tuple's."""
    said = [part for part in field.metadata if isinstance(part, Answer)]
    return said[0].words if said else _word(field.annotation)


def _word(annotation: Any) -> str:
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        said = [part.words for part in parts[1:] if isinstance(part, Answer)]
        return said[0] if said else _word(parts[0])
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_word(part) for part in parts if part is not type(None))
    if origin is typing.Literal:
        return ", ".join(f"`{value}`" for value in parts)
    if origin is tuple:
        return f"list of {_word(parts[0])}"
    if origin is dict:
        return f"table of {_word(parts[1])}"
    plain = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    return plain.get(annotation, str(annotation))


def _default(field: FieldInfo) -> str:
    """The default as TOML writes it; "required" and "-" (nothing) otherwise."""
    if field.is_required():
        return "required"
    value = field.default
    if value is None or value == {}:
        return "-"
    return json.dumps(list(value) if isinstance(value, tuple) else value)


def _explain(model: type[BaseModel], found: Mapping[str, Any]) -> Problem:
    """One pydantic error in the words of the file."""
    key, kind, value = spell(found["loc"]), found["type"], found.get("input")
    if kind == "extra_forbidden":
        return Problem(key, "unknown word" + _suggest(model, key))
    if kind == "missing":
        return Problem(key, "missing")
    if kind == "value_error":
        return Problem(key, str(found["ctx"]["error"]))
    says = _KINDS.get(kind) or _lower(found["msg"]).replace("input should be", "must be")
    return Problem(key, f"{says}, found {_show(value)}")


def _suggest(model: type[BaseModel], key: str) -> str:
    """``; nearest known word: walk.article``: in the same table first, then anywhere."""
    known = paths(model)
    table, _, word = key.rpartition(".")
    beside = [path for path in known if path.rpartition(".")[0] == table]
    names = {path.rpartition(".")[2]: path for path in known} | {
        path.rpartition(".")[2]: path for path in beside
    }
    close = nearest(word, [path.rpartition(".")[2] for path in beside]) or nearest(word, names)
    return f"; nearest known word: {names[close[0]]}" if close else ""


_KINDS = {
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list in [ ]",
    "dict_type": "must be a table",
    "model_type": "must be a table",
}
"""pydantic's names of type errors in the words of TOML."""


def _freeze(value: Any) -> Any:
    """TOML's lists as tuples: models are strict and frozen."""
    if isinstance(value, Mapping):
        return {word: _freeze(part) for word, part in value.items()}
    return tuple(map(_freeze, value)) if isinstance(value, list) else value


def _lower(message: str) -> str:
    """pydantic's sentence without its capital: it follows a colon here."""
    return message[:1].lower() + message[1:]


def _show(value: Any) -> str:
    """The offending value, cut so that a line stays a line."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
