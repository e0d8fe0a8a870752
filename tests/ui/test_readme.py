"""README's table of keys is the command table. To bring it up to date: python -m tests.ui.test_readme."""

from pathlib import Path

from inbox.ui.commands import COMMANDS

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- keys: ", "<!-- end of keys -->"


def table() -> str:
    """The commands that have a key, by group, as README shows them."""
    lines = ["", "| key | does |", "|---|---|"]
    lines += [f"| {' or '.join(f'`{key}`' for key in each.keys)} | {each.help} |" for each in COMMANDS if each.keys]
    return "\n".join([*lines, ""])


def parts() -> tuple[str, str, str]:
    """README before the table, the table, and after it."""
    before, _, rest = README.read_text().partition(BEGIN)
    comment, _, rest = rest.partition("\n")
    inside, _, after = rest.partition(END)
    return before + BEGIN + comment + "\n", inside, END + after


def test_the_readme_lists_every_key_as_it_is() -> None:
    assert parts()[1].strip() == table().strip()


if __name__ == "__main__":
    head, _, tail = parts()
    README.write_text(head + table() + tail)
