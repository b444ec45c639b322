"""Lines that announce a player, and captions that are told by their look alone."""

from __future__ import annotations

import pytest

from tests.read.test_article import STORY, find_article, make_site, wrap

HEAD = "<h1>Cầu mới qua sông đã thông xe</h1>"
FRAME = "<iframe src='https://player.test/4'></iframe>"


@pytest.mark.parametrize(
    "markup",
    [
        f"<p><b>Xem video:</b></p><p>{FRAME}</p>",
        f"Xem video:<br>{FRAME}<br>",
        f"<h4>Xem video:</h4><div>{FRAME}</div>",
    ],
)
def test_the_line_that_announces_a_player_is_no_text(markup: str) -> None:
    """A short line with a colon right before a player, by whatever words."""
    page = wrap(f'{HEAD}<div class="b">{STORY}{markup}<p>Đoạn cuối của bài.</p></div>')
    text = find_article(page, make_site('body = ".b"')).text
    assert "Xem video" not in text and "Đoạn cuối của bài." in text


@pytest.mark.parametrize(
    "line",
    [f"<p>Ông A nói:</p><p>Một câu.</p>{FRAME}", f"<h4>Diễn biến</h4>{FRAME}", "<p>Xem video:</p>"],
)
def test_other_lines_stay(line: str) -> None:
    """With words between it and the player, without a colon, without a player."""
    page = wrap(f'{HEAD}<div class="b">{STORY}{line}<p>Đoạn cuối của bài.</p></div>')
    words = line.partition(">")[2].partition("<")[0]
    assert words in find_article(page, make_site('body = ".b"')).text


WORDS = "Toàn cảnh cây cầu nhìn từ phía nam"


@pytest.mark.parametrize(
    "line",
    [
        f"<p><em>{WORDS}</em></p>",
        f'<p><span style="color:#888;font-size:13px">{WORDS}</span></p>',
        f"<p><span><i>{WORDS}</i></span></p>",
    ],
)
def test_a_slanted_line_behind_a_picture_is_its_caption(line: str) -> None:
    """Not in a story all of whose paragraphs are slanted, nor where it is as long as a lead."""
    picture = "<p><img src='/a.jpg'></p>"

    def read(story: str, said: str) -> tuple[str | None, str]:
        page = wrap(f'{HEAD}<div class="b">{story}{picture}{said}{story[:400]}</div>')
        article = find_article(page, make_site('body = ".b"'))
        return article.images[0].caption, article.text

    caption, text = read(STORY, line)
    assert caption == WORDS and WORDS not in text
    assert read(STORY.replace("<p>", "<p><i>").replace("</p>", "</i></p>"), line)[0] is None
    assert read(STORY, line.replace(WORDS, f"{WORDS}. " * 6))[0] is None
