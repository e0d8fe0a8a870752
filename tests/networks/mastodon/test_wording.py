"""The words of a reply."""

import pytest

from inbox.networks.mastodon.wording import addressed, same_words


@pytest.mark.parametrize(
    ("text", "author", "sent"),
    [
        ("Hi", "ana@x.example", "@ana@x.example Hi"),
        ("Hi", "ben@social.example", "@ben Hi"),
        ("Hi @ana@x.example", "ana@x.example", "Hi @ana@x.example"),
        ("@BEN hi", "ben@social.example", "@BEN hi"),
        ("Hi @anabel@x.example", "ana@x.example", "@ana@x.example Hi @anabel@x.example"),
        ("Hi", "", "Hi"),
    ],
)
def test_a_reply_names_its_author_once(text: str, author: str, sent: str) -> None:
    assert addressed(text, author, "social.example") == sent


@pytest.mark.parametrize(
    ("read_back", "sent"),
    [
        ("@ana@x.example Yes,\ntwo.", "Yes, two."),
        ("@ana@x.example Yes two", "Yes *two*"),
        ("@ana Ask @ben@x.example", "Ask @ben"),
        ("@ana 👍", "👍"),
        ("@ana ｆｕｌｌ", "full"),
    ],
)
def test_a_reply_is_known_again(read_back: str, sent: str) -> None:
    assert same_words(read_back, sent)


@pytest.mark.parametrize(("read_back", "sent"), [("@ana No", "Yes"), ("@ana 👍", "👎"), ("@ana 10:30", "10:31")])
def test_another_reply_is_not(read_back: str, sent: str) -> None:
    assert not same_words(read_back, sent)
