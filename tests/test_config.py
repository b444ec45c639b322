"""khobao.toml: the operator's words, their defaults, and what goes into User-Agent."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import config
from crawler.config import Config, ConfigError
from spiders import strict


def test_no_file_is_the_defaults(tmp_path: Path) -> None:
    """A missing file and an empty one say nothing: the defaults."""
    (tmp_path / "empty.toml").write_text("")
    assert config.load(tmp_path / "none.toml") == config.load(tmp_path / "empty.toml") == Config()


def test_template_is_the_defaults() -> None:
    """What `khobao init` writes loads to the defaults and shows every word."""
    assert config.parse(config.TEMPLATE) == Config()
    for path in strict.paths(Config):
        assert path.rpartition(".")[2] in config.TEMPLATE
    assert all(len(line) <= 110 for line in config.TEMPLATE.splitlines())


def test_template_examples_can_be_used() -> None:
    """The commented examples are values that are accepted."""
    filled = config.parse(config.TEMPLATE.replace("# name", "name").replace("# contact", "contact"))
    assert filled.identified and filled.operator.name == "Thư viện tỉnh Lào Cai"


def test_two_lines_will_do(tmp_path: Path) -> None:
    """The file of the issue is read."""
    path = tmp_path / "khobao.toml"
    path.write_text(
        '[operator]\nname = "Thư viện"\ncontact = "toasoan@example.org"\n[network]\n'
        'allow_addresses = ["127.0.0.1", "10.0.0.0/8", "::1"]\nallow_ports = [8123]\n',
        encoding="utf-8",
    )
    said = config.load(path)
    assert said.network.allow_addresses == ("127.0.0.1", "10.0.0.0/8", "::1")
    assert said.network.allow_ports == (8123,) and said.identified


def test_all_problems_at_once(tmp_path: Path) -> None:
    """Several wrong words are one error that names file, keys, nearest words and remedy."""
    path = tmp_path / "khobao.toml"
    path.write_text(
        '[operator]\nnmae = 1\ncontact = "x"\nname = "a\\nb"\n[network]\n'
        'allow_addresses = ["10.0.0.1/8", "x"]\nallow_ports = [0]\n'
        '[crawl]\nPages = 3\nworkers = "2"'
    )
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    said = {problem.key: problem.says for problem in caught.value.problems}
    assert said.pop("operator.nmae") == "unknown word; nearest known word: operator.name"
    assert said.pop("crawl.Pages") == "unknown word; nearest known word: crawl.pages"
    assert set(said) == {
        "operator.contact",
        "operator.name",
        "network.allow_addresses[0]",
        "network.allow_addresses[1]",
        "network.allow_ports[0]",
        "crawl.workers",
    }
    lines = str(caught.value).splitlines()
    assert lines[0] == f"{path}: 8 problems" and lines[-1].startswith("Remedy: ")


def test_not_toml_and_not_utf8(tmp_path: Path) -> None:
    """A file that cannot be read is the same kind of error."""
    path = tmp_path / "khobao.toml"
    for data, says in ((b"[crawl", "not valid TOML"), (b'x = "\xff"', "not UTF-8")):
        path.write_bytes(data)
        with pytest.raises(ConfigError, match=says):
            config.load(path)


@pytest.mark.parametrize(
    ("operator", "agent"),
    [
        ({}, "khobao/0.1"),
        ({"name": "Thư viện tỉnh Lào Cai"}, "khobao/0.1 (Thu vien tinh Lao Cai)"),
        ({"contact": "https://a.vn/x"}, "khobao/0.1 (+https://a.vn/x)"),
        (
            {"contact": "a@b.vn", "name": "Đọc (báo); Đà Nẵng"},
            "khobao/0.1 (+a@b.vn; Doc bao Da Nang)",
        ),
        ({"contact": "a@b.vn", "name": "図書館"}, "khobao/0.1 (+a@b.vn)"),
    ],
)
def test_user_agent(operator: dict[str, str], agent: str) -> None:
    """Contact and name, the name without accents; what is not ASCII at all is left out."""
    said = Config.model_validate({"operator": operator})
    assert config.user_agent(said, "0.1") == agent
    assert said.identified == (len(operator) == 2)


@given(st.text(min_size=1))
def test_any_name_is_a_safe_header(name: str) -> None:
    """No name can end the comment, start a new header line or leave ASCII."""
    folded = config.fold_ascii(name)
    assert folded.isascii() and (folded.isprintable() or not folded)
    assert not set(folded) & set("()\\;\r\n") and len(folded) <= 100


@pytest.mark.parametrize(
    "contact", ["", "example.org", "ftp://a.vn/", "https://a.vn/ x", "a@b", "https://ă.vn/"]
)
def test_contact_must_be_usable(contact: str) -> None:
    """A contact is a page or a mail address, in ASCII, since it goes into a header."""
    with pytest.raises(ValueError, match="contact"):
        Config.model_validate({"operator": {"contact": contact}})
