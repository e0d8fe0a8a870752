"""What the Unsorted page says, as sentences."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from inbox.model.mention import Mention
from inbox.model.placement import Placement
from inbox.model.thread import Thread, ThreadRow
from inbox.model.words import Direction, ReasonStep
from inbox.ui.thread.plain import line
from inbox.ui.thread.words import network_title
from inbox.ui.widgets import isolate
from inbox.ui.widgets.words import counted, number

_WHY = (ReasonStep.PERSON, ReasonStep.LEARNED, ReasonStep.AREA, ReasonStep.KEYWORD)
_MATCHING = frozenset({ReasonStep.RULE, ReasonStep.KEYWORD, ReasonStep.LEARNED, ReasonStep.AREA})
MINUTE = 60


def percent(share: float) -> str:
    """A probability as people read it; what is not nothing is not called nothing."""
    return _tr("under 1%") if 0 < share < 0.005 else f"{share:.0%}"  # noqa: PLR2004 - rounds to nothing


def here_because(thread: Thread, placement: Placement | None, confidence: float) -> str:
    """Why a person sorts this one."""
    moved = thread.why[-1] if thread.why and thread.why[-1].step is ReasonStep.PERSON else None
    if placement is not None and placement.area is None and placement.ranked and moved is None:
        best, share = placement.ranked[0]
        words = _tr("Here because no rule matched, and the best area, %1, has %2, under the %3 asked for.")
        if share >= confidence:  # learnt since, and left alone because somebody has the thread already
            words = _tr("Here because no rule matched when it came. By what is known now, the best area, %1, has %2.")
        return words.replace("%1", best).replace("%2", percent(share)).replace("%3", percent(confidence))
    reasons = [each.sentence for each in thread.why if each.step in _WHY]
    return reasons[-1] if reasons else _tr("Here because the routing has not put it into an area.")


def matched_words(thread: Thread) -> tuple[str, ...]:
    """The words that spoke for an area, longest first."""
    words = {word for reason in thread.why if reason.step in _MATCHING for word in reason.matched if word.strip()}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def asked(thread: Thread) -> Mention | None:
    """The newest mention of the customer: what is to be sorted."""
    inbound = [each for each in thread.mentions if each.direction is Direction.INBOUND]
    return inbound[-1] if inbound else None


def byline(row: ThreadRow, thread: Thread | None) -> str:
    """Handle (without the server, which the thread shows), network, followers, and whether we know them."""
    handle = line(row.author_handle.removeprefix("@").partition("@")[0])
    parts = [_tr("%1 on %2").replace("%1", isolate(f"@{handle}")).replace("%2", where(row))]
    if row.followers is not None:
        words = _tr("1 follower") if row.followers == 1 else _tr("%1 followers").replace("%1", number(row.followers))
        parts.append(words)
    if thread is not None:
        parts.append(_known(thread))
    return " · ".join(parts)


def where(row: ThreadRow) -> str:
    """The network's name."""
    return network_title(row.network)


def progress(done: int, total: int) -> str:
    """How far one is."""
    return _tr("%1 of %2 sorted").replace("%1", number(done)).replace("%2", number(total))


def pace(seconds: float | None, left: int) -> str:
    """How long one takes, and how long the rest will take at that; nothing before the first."""
    if seconds is None:
        return ""
    each = _tr("%1 s each").replace("%1", str(max(1, round(seconds))))
    if not left:
        return each
    rest = seconds * left
    togo = _tr("about %1 s to go") if rest < 2 * MINUTE else _tr("about %1 min to go")
    length = max(1, round(rest / 5) * 5) if rest < 2 * MINUTE else round(rest / MINUTE)
    return f"{each}, {togo.replace('%1', str(length))}"


def spoken(row: ThreadRow, areas: list[tuple[str, float | None]], now: datetime) -> str:
    """The thread on screen and its likeliest areas, for screen readers."""
    from inbox.ui.queue.sentence import sentence

    best = [
        f"{at} {name}, {percent(share)}" if share is not None else f"{at} {name}"
        for at, (name, share) in enumerate(areas[:3], 1)
    ]
    return ". ".join([sentence(row, now), *best])


def _known(thread: Thread) -> str:
    earlier = len(thread.earlier)
    if earlier:
        return counted("%n earlier thread(s)", earlier, "unsorted")
    inbound = sum(each.direction is Direction.INBOUND for each in thread.mentions)
    return _tr("first mention of us") if inbound <= 1 else counted("%n mention(s) here", inbound, "unsorted")


def _tr(text: str) -> str:
    return QCoreApplication.translate("unsorted", text)
