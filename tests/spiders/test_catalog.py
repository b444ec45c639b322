"""Finding papers: shipped files, an operator's own, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders import catalog
from spiders.catalog import Catalog, UnknownSite
from spiders.profile import ProfileError


def write(folder: Path, key: str, text: str) -> None:
    """An operator's file."""
    (folder / f"{key}.toml").write_text(text, encoding="utf-8")


def test_shipped() -> None:
    """All shipped files can be used; their keys are unique over the countries' folders."""
    sites, errors = Catalog().all()
    assert not errors
    assert [site.key for site in sites] == list(Catalog().keys())
    assert len(sites) == len(list(catalog.SHIPPED.glob("??/*.toml"))) >= 64


def test_operator_wins(tmp_path: Path) -> None:
    """An operator's file of a shipped key takes its place; a new key is added."""
    write(tmp_path, "baolaocai", 'home = "http://127.0.0.1:8123/"\ntitle = "Của tôi"')
    write(tmp_path, "moi", 'home = "http://127.0.0.1:8124/"')
    own = Catalog(tmp_path)
    assert own.get("baolaocai").title == "Của tôi"
    assert own.get("moi").title == "moi"
    assert set(own.keys()) == {*Catalog().keys(), "moi"}
    assert own.origin("moi") == tmp_path / "moi.toml"


def test_unknown_key(tmp_path: Path) -> None:
    """An unknown key is told with the nearest ones and how to add one."""
    with pytest.raises(UnknownSite, match=r"baolaocai.*Remedy: .*baolaocaj\.toml"):
        Catalog(tmp_path).get("baolaocaj")


def test_broken_file_hides_no_other(tmp_path: Path) -> None:
    """A broken file is an error of its own; the others are there, also to ``find``."""
    write(tmp_path, "hong", "home = 3\n[walk]\npages = 0")
    write(tmp_path, "tot", 'home = "http://127.0.0.1:8123/"')
    write(tmp_path, "Tên Xấu", 'home = "http://127.0.0.1:8125/"')
    own = Catalog(tmp_path)
    sites, errors = own.all()
    assert "tot" in [site.key for site in sites] and len(sites) == len(Catalog().keys()) + 1
    assert [Path(error.source).stem for error in errors] == ["Tên Xấu", "hong"]
    assert len(errors[1].problems) == 2
    found = own.find("127.0.0.1:8123")
    assert found is not None and found.key == "tot"
    with pytest.raises(ProfileError, match="rename"):
        own.get("Tên Xấu")


def test_find(tmp_path: Path) -> None:
    """A host belongs to the paper that names it; where two do, to the one at home there."""
    write(tmp_path, "cu", 'home = "https://cu.example/"')
    write(tmp_path, "moi", 'home = "https://moi.example/"\ndomains = ["moi.example", "cu.example"]')
    own = Catalog(tmp_path)
    keys = {host: site.key for host in ("cu.example", "moi.example") if (site := own.find(host))}
    assert keys == {"cu.example": "cu", "moi.example": "moi"}
    assert own.find("khac.example") is None and own.find("not a host") is None
    lao_cai = own.find("www.baolaocai.vn")
    assert lao_cai is not None and lao_cai.key == "baolaocai"


def test_no_folder(tmp_path: Path) -> None:
    """An archive without sites/ has the shipped papers."""
    assert Catalog(tmp_path / "none").keys() == Catalog().keys()


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("www.bao.example", "bao.example"),
        ("127.0.0.1:8123", "127.0.0.1-8123"),
        ("[::1]:80", "1-80"),
    ],
)
def test_generic(host: str, key: str) -> None:
    """A host that no file describes gets a site of its own."""
    site = catalog.generic(host)
    assert site.key == key and site.in_scope(f"https://{host}/") and site.pager.kind == "next-link"
    with pytest.raises(ValueError, match="Remedy"):
        catalog.generic("https://bao.example/")
