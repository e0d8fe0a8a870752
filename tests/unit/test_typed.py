"""What is kept of what a person types."""

import pytest

from inbox.model.typed import typed, typed_line


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("a\0b\x07\x1b[31mc", "ab[31mc"),
        ("one\r\ntwo\rthree\vfour\ffive", "one\ntwo\nthree\nfour\nfive"),
        ("a\tb\n\n c ", "a\tb\n\n c "),
        ("šľ \u200d 😀 \u202e\x7f", "šľ \u200d 😀 \u202e\x7f"),
        ("\0", ""),
    ],
)
def test_control_characters_are_left_out_and_lines_stay_lines(pasted: str, kept: str) -> None:
    assert typed(pasted) == kept


def test_a_line_has_single_spaces_and_none_around_it() -> None:
    assert typed_line(" Smoke\0\r\nin  the\tcabin\x1f ") == "Smoke in the cabin"
