"""The standfirst: one line between headline and text, in a box of its own, on nearly every page."""

from __future__ import annotations

import pytest

from crawler.scaffold.standfirst import learn_lead

from .test_fields import lay

SHORT = "Una serata con {n} ospiti"
BY = '<div class="info">di {author} - 2 marzo 2026, ore 8:40</div>'
TEXT = '<div class="testo">{text}</div>'


@pytest.mark.parametrize(
    ("form", "css"),
    [
        (f'<div class="sotto">{SHORT}.</div>{BY}{TEXT}', ".sotto"),
        (f'{BY}<div class="riga"><div><b>{SHORT}.</b></div></div>{TEXT}', ".riga"),
        (f'<div class="a b-1"><x-sub>{SHORT} in piazza</x-sub></div>{TEXT}', "x-sub"),
        (f'<div class="sotto">Una serata.</div>{TEXT}', None),  # the same everywhere
        (f'<div class="sotto">{{author}}</div>{TEXT}', None),
        (f'<div class="sotto">Foto: {SHORT} di {{place}}</div>{TEXT}', None),
        (f'<div class="f"><img src="a.jpg"></div><div class="sotto">{SHORT}</div>{TEXT}', None),
        (f'<div class="sotto">{{n}} marzo 2026, ore 8:40 da {{place}}</div>{TEXT}', None),
        (f'<div class="testo"><p class="uno">{SHORT}, e {{place}} canta.</p>{{text}}</div>',
         "p.uno"),
    ],
)  # fmt: skip
def test_a_standfirst_is_a_line_of_its_own(form: str, css: str | None) -> None:
    """Short ones as well; no author, date, label, no words right behind a picture."""
    found = learn_lead(lay(form), [".testo"])
    assert (found or "").split(" ")[0] == (css or "")
