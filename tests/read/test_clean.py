"""The key of a line: letters and digits alone, the same for two spellings."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from crawler.read.clean import key


@given(st.text() | st.text(st.characters(max_codepoint=127)))
def test_a_key_is_the_word_characters_of_a_folded_text(text: str) -> None:
    """Both ways to make it, for ASCII and for all else, drop what is no letter or digit."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    assert key(text) == re.sub(r"[\W_]+", "", folded)


def test_two_spellings_have_one_key() -> None:
    """Case, composition, width, quotes and spaces make no difference; accents do."""
    assert key("“Gặt  LÚA” – 2026") == key(unicodedata.normalize("NFD", "gặt lúa 2026"))
    assert key("ＡＢ_c") == key("ab c") == "abc"
    assert key("lúa") != key("lua")
