"""What is expected for a while, though it is not usual: campaigns that everybody knows of."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Running:
    """A campaign as the detector knows it: from ``begins_at`` up to ``ends_at`` (aware) ``times`` as much as usual is
    expected on the account (None: on all), and its ``words`` are no news.
    """

    account: str | None
    begins_at: datetime
    ends_at: datetime
    times: float
    words: tuple[str, ...] = ()
