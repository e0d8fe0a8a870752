"""A made-up desk's history, small enough to learn in a blink and plain enough to be learnt well."""

import random

from inbox.routing.training import Example

SUBJECTS = {
    "Luggage": ("my suitcase is lost", "the bag never came", "where is my luggage", "bags still missing"),
    "Booking": ("cannot book a seat", "the website charged me twice", "change my booking", "card refused on the site"),
    "Delay": ("late again by hours", "delayed for two hours", "still waiting at the gate", "why is it so late"),
    None: ("love this crew", "thank you for the upgrade", "what a great view", "nice new planes"),
}
ROUND = ("please", "today", "in Boston", "again", "with kids", "on Monday", "really", "for my mother", "!!", "😡")


def history(size: int = 240, *, seed: int = 3) -> list[Example]:
    """So many examples by a few dozen authors, a label each in turn."""
    draw = random.Random(seed)
    labels = [*SUBJECTS]
    return [
        Example(
            f"@air {draw.choice(SUBJECTS[label])} {' '.join(draw.sample(ROUND, 3))}",
            label,
            author=f"author {draw.randrange(60)}",
            account="air",
        )
        for label in (labels[place % len(labels)] for place in range(size))
    ]
