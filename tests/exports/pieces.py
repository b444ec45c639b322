"""Articles that an export has to carry whole."""

from __future__ import annotations

from tests.search.corpus import Piece

RICH = Piece(
    "Phát động thi đua",
    "Ngày 28/6, huyện phát động.",
    "Đoạn một.\nĐoạn hai, có “ngoặc” và \u2028 dấu.",
    url="https://baivang.example/thi-dua",
    authors=("Lê Đ", "Ngọc Ánh"),
    images=(("https://baivang.example/a.jpg", "Quang cảnh lễ", "Ảnh: Đ"), ("/b.jpg", None, None)),
    related=(("https://baivang.example/kia", "Tin kia"), ("https://baivang.example/no", None)),
    more={"is_free": 1, "tags": '["đảng","thi đua"]', "license": "CC BY 4.0", "language": "vi"},
)
PIECES = [
    RICH,
    Piece("Tin B", body="Lũ quét.", site="baixanh", published="2024-02-29"),
    Piece("Tin A", body="Mưa lũ.", site="baixanh", published=None, kind="revisit"),
    Piece("Tin A sửa", body="Mưa lớn.", url="https://baixanh.example/bai-3.html", site="baixanh"),
]
