"""Texts are cut as the encoder learnt them: each case was cut by the reference library too, and checked by hand."""

import gzip
import json
import random
import time as stopwatch

import pytest

from inbox.routing.meaning.opening import folder, open_pieces
from inbox.routing.meaning.pieces import MOST, NOTHING, Pieces, cleaned
from tests.real_data.test_import_everything import MENTIONS

CUT = {
    "My bag didn't arrive!!": "my bag didn ' t arrive ! !",
    "Unbelievably rebooked, overbooking": "un ##bel ##ie ##va ##bly re ##book ##ed , over ##book ##ing",
    "CAFÉ Ångström naïve": "cafe ang ##strom naive",
    "Où est mon colis": "ou est mon coli ##s",
    "мой чемодан": "м ##о ##и ч ##е ##м ##о ##д ##ан",
    "Οδυσσεύς ΣΑΣ": "ο ##δ ##υ ##σ ##σ ##ε ##υ ##ς σ ##α ##σ",
    "東京 flight": "東 京 flight",
    "カバン": "カ ##ハ ##ン",
    "बैग खो गया": "ब ##ग ख ##ो ग ##य ##ा",
    "l'avion#delay $20 50%": "l ' av ##ion # delay $ 20 50 %",
    "😡😡": "[UNK]",
    "a\u200db\xadc": "abc",
    "100€ ½": "100 ##€ ½",
    "x" * 100: "xx" + " ##xx" * 45,
    "x" * 101: "[UNK]",
    "한국어": "ᄒ ##ᅡ ##ᆫ ##ᄀ ##ᅮ ##ᆨ ##ᄋ ##ᅥ",
    "\u0130stanbul": "istanbul",
    "e\u0301tat": "etat",
}


@pytest.fixture(scope="module")
def cut() -> Pieces:
    return open_pieces(folder())


@pytest.fixture(scope="module")
def words() -> list[str]:
    return (folder() / "words.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("text", "pieces"), CUT.items(), ids=range(len(CUT)))
def test_words_are_cut_into_the_longest_pieces_that_are_known(
    cut: Pieces, words: list[str], text: str, pieces: str
) -> None:
    assert " ".join(words[number] for number in cut(text)) == f"[CLS] {pieces} [SEP]"


def test_links_handles_and_written_out_signs_are_gone_before(cut: Pieces) -> None:
    said = "@ExampleAir  lost\n\tbag &amp; coat https://t.example/x?y=1 www.example.org"
    assert cleaned(said) == "lost bag & coat"
    assert cut(said) == cut("lost bag & coat")


@pytest.mark.parametrize("text", ["", "   \n", "@ExampleAir", "https://t.example", "\u0301\u200d"])
def test_nothing_is_two_marks(cut: Pieces, text: str) -> None:
    assert cut(text) == list(NOTHING)


def test_a_text_that_writes_the_marks_cannot_place_them(cut: Pieces) -> None:
    inside = cut("[SEP] [CLS] [UNK]")[1:-1]
    assert not {100, 101, 102} & set(inside)


@pytest.mark.parametrize("text", ["a b " * 25_000, "x" * 100_000, "&" * 100_000, "\u0301" * 100_000, " " * 100_000])
def test_however_long_a_text_is_little_of_it_is_looked_at(cut: Pieces, text: str) -> None:
    cut("warm")
    begun = stopwatch.process_time()
    found = cut(text)
    assert stopwatch.process_time() - begun < 0.05
    assert len(found) <= MOST
    assert found[0] == 101
    assert found[-1] == 102


def _odd(count: int) -> list[str]:
    """Texts of letters of many scripts, signs, emoji and what cannot be seen; assigned long ago."""
    chosen = random.Random(7)
    scripts = [(0x20, 0x7F), (0xA0, 0x250), (0x391, 0x3CA), (0x410, 0x450), (0x905, 0x93A), (0x4E00, 0x5000)]
    scripts += [(0x3041, 0x3097), (0x1F600, 0x1F640), (0xAC00, 0xAD00), (0x621, 0x64B), (0x2010, 0x2030), (0, 0x20)]
    spans = [range(first, end) for first, end in scripts]
    return [
        "".join(chosen.choice([" ", "a", "s", chr(chosen.choice(chosen.choice(spans)))]) for _ in range(40))
        for _ in range(count)
    ]


def test_the_reference_library_cuts_alike(cut: Pieces, words: list[str]) -> None:
    tokenizers = pytest.importorskip("tokenizers", reason="the reference library is not installed; the cases above are")
    reference = tokenizers.BertWordPieceTokenizer(
        {word: number for number, word in enumerate(words)}, lowercase=True, strip_accents=True
    )
    reference.enable_truncation(MOST)
    texts = _odd(3_000)
    if (MENTIONS / "airline.jsonl.gz").exists():
        with gzip.open(MENTIONS / "airline.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines]
    other = [text for text in texts if cut(text) != reference.encode(cleaned(text)).ids]
    assert not other
