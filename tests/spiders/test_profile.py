"""What a newspaper's file may say, and how it is told what is wrong."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders import profile, strict
from spiders.profile import Profile, ProfileError

SMALL = 'home = "https://bao.example/"\n'

WRONG = """
title = 1
hoem = "x"
region = "vn-02"
timezone = "Asia/Hochiminh"
platform = "eip"
domains = ["https://bao.example/"]
encoding = "utf-88"
[walk]
artikel = []
pages = "3"
related = 1
pager = "nxt-link"
categories = ["https://bao.example/a/", "kinh-te/"]
article = ["("]
twins = [["^a", '\\1']]
feeds = "x"
[manners]
delay = -1
tls = "no"
[read]
title = 3
lead = [".a", "..x"]
[expect]
articles = [1]
[trust]
walk.pagr = "guess"
"""


def errors_of(text: str) -> list[str]:
    """The problems of a text as lines."""
    with pytest.raises(ProfileError) as caught:
        profile.load(text, "sites/bao.toml")
    return [str(problem) for problem in caught.value.problems]


def test_all_problems_at_once() -> None:
    """One error lists every problem with its key path, and what is nearest."""
    found = dict(line.split(": ", 1) for line in errors_of(WRONG))
    assert found.pop("title") == "must be text in quotes, found 1"
    assert found.pop("hoem") == "unknown word; nearest known word: home"
    assert found.pop("region") == "must be ISO 3166-2 as in \"VN-02\", found 'vn-02'"
    assert "nearest: Asia/Ho_Chi_Minh" in found.pop("timezone")
    assert found.pop("platform").startswith("unknown 'eip'; nearest: epi (known: arc, ")
    assert found.pop("domains[0]").startswith("must be a host alone")
    assert found.pop("encoding") == "unknown encoding 'utf-88'"
    assert found.pop("walk.artikel") == "unknown word; nearest known word: walk.article"
    assert found.pop("walk.pages") == "must be a whole number, found '3'"
    assert found.pop("walk.related") == "must be true or false, found 1"
    assert "nearest: next-link" in found.pop("walk.pager")
    assert "found 'kinh-te/'" in found.pop("walk.categories[1]")
    assert found.pop("walk.article[0]").startswith("bad regex '(': missing )")
    assert found.pop("walk.twins[0]").startswith("bad replacement")
    assert found.pop("walk.feeds") == "must be a list in [ ], found 'x'"
    assert found.pop("manners.delay").endswith("found -1")
    assert "'verify'" in found.pop("manners.tls")
    assert found.pop("read.title").startswith("must be a CSS selector")
    assert found.pop("read.lead").startswith("bad CSS '..x'")
    assert found.pop("expect.articles[1]") == "missing"
    assert found.pop("trust").endswith("nearest known word: walk.pager")
    assert not found


def test_message_names_file_and_ends_with_remedy() -> None:
    """The first line names the file, the last the remedy."""
    with pytest.raises(ProfileError) as caught:
        profile.load(WRONG, "sites/bao.toml")
    lines = str(caught.value).splitlines()
    assert lines[0] == "sites/bao.toml: 21 problems"
    assert lines[-1].startswith("Remedy: ")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_not_toml() -> None:
    """A text that is not TOML is told with line and column."""
    assert "line 2" in errors_of('home = "https://a.vn/"\n[walk\n')[0]


def test_unreadable_files(tmp_path: Path) -> None:
    """A missing file and one that is not UTF-8 are profile errors too."""
    (tmp_path / "latin.toml").write_bytes(b'title = "B\xe1o"')
    for name, says in (("none.toml", "cannot be read"), ("latin.toml", "not UTF-8")):
        with pytest.raises(ProfileError, match=says):
            profile.load(tmp_path / name)


def test_home_is_needed() -> None:
    """Without home and domains there is no paper; the error says which word is missing."""
    assert errors_of('title = "Báo"') == ["home: missing"]


def test_home_from_domains() -> None:
    """A paper described by its domains alone has its home on the first."""
    assert profile.load('domains = ["bao.example"]').home == "https://bao.example/"


def test_defaults() -> None:
    """A file of one line has the documented defaults."""
    small = profile.load(SMALL)
    assert (small.walk.pages, small.walk.related, small.walk.pager) == (3, True, "next-link")
    assert (small.manners.delay, small.manners.tls) == (1.0, "verify")
    assert small.timezone == "UTC" and small.read.title == ()


def test_paths_become_addresses() -> None:
    """A "/path" in the address lists stands for an address on the home page's host."""
    text = (
        SMALL + '[walk]\ncategories = ["/a/"]\nfeeds = ["/rss"]\nsitemaps = ["/s.xml"]\napi="/j/"'
    )
    walk = profile.load(text).walk
    assert walk.categories == ("https://bao.example/a/",)
    assert (walk.feeds, walk.sitemaps) == (
        ("https://bao.example/rss",),
        ("https://bao.example/s.xml",),
    )
    assert walk.api == "https://bao.example/j/"


def test_selectors_text_or_list() -> None:
    """A CSS may be a text or a list tried in order."""
    read = profile.load(SMALL + '[read]\ntitle = "h1"\nlead = [".a", ".b"]').read
    assert (read.title, read.lead) == (("h1",), (".a", ".b"))


def test_platform_answers() -> None:
    """The platform's answers are there; the site's word wins; strip, labels and deny are added."""
    text = (
        SMALL
        + 'platform = "epi"\n[walk]\ndeny=["/x/"]\n[read]\ntitle="h1"\nstrip=[".x"]\nlabels=["L"]'
    )
    plain, own = profile.load(SMALL + 'platform = "epi"'), profile.load(text)
    assert own.read.title == ("h1",) and own.read.lead == plain.read.lead != ()
    assert own.read.strip == (*plain.read.strip, ".x")
    assert own.read.labels == (*plain.read.labels, "L")
    assert [deny.pattern for deny in own.walk.deny][-1] == "/x/"
    assert len(own.walk.deny) == len(plain.walk.deny) + 1


def test_trust() -> None:
    """Marks hold for a word or a table; platform answers are family; the unmarked is a guess."""
    marks = '[walk]\ncategories=["/a/"]\npages=2\n[trust]\nhome="seen"\nwalk="seen"\nwalk2=1'
    text = SMALL + 'platform = "epi"\n' + marks.replace("\nwalk2=1", "")
    known = profile.load(text)
    assert known.trusted("home") == known.trusted("walk.categories") == "seen"
    assert known.trusted("walk.pager") == known.trusted("read.title") == "family"
    assert profile.load(SMALL).trusted("home") == "guess"
    assert "read.title" in known.answers and "read.credit" not in known.answers


def test_trust_in_lists() -> None:
    """Marks may be written as one list a mark; an answer with two marks is an error."""
    text = SMALL + '[walk]\npages=2\n[read]\ntitle="h1"\n[trust]\nseen=["home", "walk"]\n'
    known = profile.load(text + 'guess=["read.title"]')
    assert known.trusted("walk.pages") == "seen" and known.trusted("read.title") == "guess"
    assert errors_of(text + 'guess=["walk"]') == [
        "trust.walk: must be 'seen', 'family' or 'guess', found 'seen and guess'"
    ]
    assert "no answer is called 'read.titel'" in errors_of(text + 'guess=["read.titel"]')[0]
    assert "no answer is called 'guess'" in errors_of(text + "guess=3")[0]


def test_guessed_platform() -> None:
    """What comes from a platform that is a guess is a guess; a site's own mark still wins."""
    text = SMALL + 'platform="epi"\n[trust]\nguess=["platform"]\nseen=["walk.article"]'
    known = profile.load(text)
    assert known.trusted("read.title") == "guess" and known.trusted("walk.article") == "seen"


def test_moved_papers() -> None:
    """Hosts and keys of moves are checked like all others."""
    found = errors_of(
        SMALL + 'moved_from=["http://x.example/"]\ntook_over="x"\ncontinues="A B"\nformer=[1]'
    )
    assert [line.partition(":")[0] for line in found] == [
        "former[0]", "continues", "moved_from[0]", "took_over",
    ]  # fmt: skip


def test_trust_is_data_not_behaviour() -> None:
    """A trust mark does not change the digest; any other word does, a platform's too."""
    plain = profile.load(SMALL)
    assert profile.load(SMALL + '[trust]\nhome = "seen"').digest == plain.digest
    assert profile.load(SMALL + "[walk]\npages = 4").digest != plain.digest
    assert profile.load(SMALL + 'platform = "epi"').digest != plain.digest
    assert len(plain.digest) == 16 and int(plain.digest, 16) >= 0


def test_digest_is_stable() -> None:
    """The digest of a profile is the same on every machine: this one is written down."""
    assert profile.load(SMALL).digest == "b822e128d193dc97"
    assert profile.load(SMALL + "[walk]\npages = 3").digest == "b822e128d193dc97", (
        "a default said aloud"
    )
    again = pickle.loads(pickle.dumps(profile.load(SMALL)))
    assert again == profile.load(SMALL) and again.digest == profile.load(SMALL).digest


def test_frozen() -> None:
    """A profile does not change once read."""
    with pytest.raises(ValueError, match="frozen"):
        profile.load(SMALL).title = "x"  # type: ignore[misc]


def test_words_are_documented() -> None:
    """Every word has a type in people's words and a meaning."""
    rows = profile.words()
    assert len(rows) > 50
    for key, kind, default, meaning in rows:
        assert meaning and default and "class" not in kind and "typing" not in kind, key
    assert ("walk.pages", "whole number", "3", "pages of a category per crawl") in rows


unknown = st.from_regex(r"zz[a-z]{1,8}", fullmatch=True)


@given(st.sets(unknown, min_size=1, max_size=6), st.sets(unknown, max_size=6))
def test_unknown_words_are_all_listed(top: set[str], inner: set[str]) -> None:
    """However many unknown words there are, each is one problem."""
    text = "".join(f"{word} = 1\n" for word in sorted(top)) + SMALL + "[walk]\n"
    text += "".join(f"{word} = 1\n" for word in sorted(inner))
    with pytest.raises(ProfileError) as caught:
        profile.load(text)
    named = {problem.key for problem in caught.value.problems}
    assert named == top | {f"walk.{word}" for word in inner}


toml_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
known_words = st.sampled_from([path for path in strict.paths(Profile) if "." not in path])


@given(st.dictionaries(known_words, toml_values, max_size=6))
def test_any_value_is_a_profile_or_problems(tables: dict[str, object]) -> None:
    """Whatever stands under the known words, there is a profile or a list of problems."""
    made, problems = profile.build(tables)
    assert (made is None) == bool(problems) or problems
