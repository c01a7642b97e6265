"""Documents are set in a process of their own."""

import pytest

from techamp.typesetting import CannotSet, typeset


def test_gives_a_pdf_of_what_was_handed_in() -> None:
    assert typeset("#sys.inputs.word", "pdf", {"word": "Shaft"}).startswith(b"%PDF")


def test_gives_a_picture_at_the_sharpness_asked_for() -> None:
    small, large = (typeset("Shaft", "png", {}, ppi=ppi) for ppi in (36, 144))
    assert small.startswith(b"\x89PNG")
    assert len(large) > len(small)


def test_says_what_is_wrong_with_a_document() -> None:
    with pytest.raises(CannotSet, match="unknown variable: nothing"):
        typeset("#nothing", "pdf", {})
