"""A naive reference for clocks: the whole history of a thread is read from nothing, in whole minutes, by brute force.

Written apart from ``inbox.sla``, from the rules alone (PRODUCT.md section 5). A question, a promise ("we are looking
into it") and a reopening by hand each *ask* for a response until an answer, or a closing by people who knew of them.
A wait begins with the oldest thing that asks and lasts as long as that does; what asks meanwhile belongs to it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

Moment = tuple[int, int]
"""A minute, and what comes first within it: questions (0), our posts (1), changes of status (2)."""
NEVER: Moment = (10**9, 0)
EVER: Moment = (-(10**9), 0)


@dataclass(frozen=True)
class Said:
    """One post. ``seen`` is the minute from which it was known (to need a reply)."""

    id: int
    at: int
    seen: int
    inbound: bool
    needs: bool = False
    answers: int | None = None
    automatic: bool = False
    promise: bool = False
    asked: bool = False

    @property
    def moment(self) -> Moment:
        return self.at, 0 if self.inbound else 1

    @property
    def person(self) -> bool:
        return not self.inbound and not self.automatic


@dataclass(frozen=True)
class Turn:
    """The thread got a status: waiting, closed (with a reason), or anything else, which counts as open."""

    at: int
    status: str
    reason: str | None = None

    @property
    def moment(self) -> Moment:
        return self.at, 2


@dataclass
class Span:
    """One wait as it should be measured; ``counts`` is where its deadline counts from."""

    metric: str
    started: int
    starter: int | None
    end: Moment = NEVER
    reason: str | None = None
    cycle: int = 0
    paused: list[tuple[int, int | None]] = field(default_factory=list)
    counts: int = -1

    @property
    def ended(self) -> int | None:
        return None if self.end == NEVER else self.end[0]


@dataclass
class _Ask:
    """Something that asks for a response."""

    since: Moment
    known: int
    starter: int | None
    id: int | None


@dataclass
class _Course:
    """How the status went: spans of waiting, closings with what reopened them, and closed spans."""

    waiting: list[tuple[int, int | None]] = field(default_factory=list)
    closings: list[tuple[int, str | None]] = field(default_factory=list)
    by_hand: dict[int, int] = field(default_factory=dict)
    closed: list[tuple[Moment, Moment]] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)
    status: str = "open"
    known: int = EVER[0]

    def become(self, new: str, at: Moment) -> None:
        if self.status == "waiting" != new:
            self.waiting[-1] = (self.waiting[-1][0], at[0])
        if new == "waiting" != self.status:
            self.waiting.append((at[0], None))
        if self.status == "closed" != new:
            self.closed[-1] = (self.closed[-1][0], at)
        if new == "closed" != self.status:
            self.closed.append((at, NEVER))
        self.status = new

    def turned(self, turn: Turn, posts: Sequence[Said]) -> None:
        if turn.status == "closed":
            self._close(turn, posts)
        elif not (self.status == "waiting" and turn.at < self.known):
            if self.status == "closed":
                self.by_hand[self.closings[-1][0]] = turn.at
            self.become("waiting" if turn.status == "waiting" else "open", turn.moment)

    def _close(self, turn: Turn, posts: Sequence[Said]) -> None:
        if self.status == "closed":
            self.closings[-1] = (self.closings[-1][0], turn.reason)
            return
        self.closings.append((turn.at, turn.reason))
        self.become("closed", turn.moment)
        if _open_unseen(posts, turn.at):
            self.unseen.add(turn.at)
            self.become("open", turn.moment)

    def is_closed(self, at: Moment) -> bool:
        return any(begin < at < end for begin, end in self.closed)


def naive_waits(posts: Sequence[Said], turns: Sequence[Turn]) -> list[Span]:
    """All waits of a thread, responses and resolutions, with their cycles."""
    posts = _judged(posts)
    course = _course(posts, turns)
    responses = _responses(posts, course)
    responses, late = _unasked(posts, course, responses)
    found = sorted(responses, key=lambda each: (each.counts, each.end))
    _name(posts, found)
    found += _resolutions(posts, course, found, late)
    numbers: dict[str, int] = {}
    for each in found:
        numbers[each.metric] = each.cycle = numbers.get(each.metric, 0) + 1
    return found


def naive_status(posts: Sequence[Said], turns: Sequence[Turn], minute: int) -> str:
    """How the thread stood when a post of ours was made: open, waiting or closed."""
    before = (minute, 1)
    known = [each for each in _judged(posts) if each.moment < before]
    return _course(known, [each for each in turns if each.moment < before]).status


def _judged(posts: Sequence[Said]) -> list[Said]:
    """What was answered needed a reply after all; what was asked for one is kept apart."""
    answered = {each.answers for each in posts if each.person and each.answers is not None}
    return [
        replace(each, needs=each.inbound and (each.needs or each.id in answered), asked=each.inbound and each.needs)
        for each in posts
    ]


def _course(posts: Sequence[Said], turns: Sequence[Turn]) -> _Course:
    course = _Course()
    happened: list[Said | Turn] = sorted([*posts, *turns], key=lambda each: each.moment)
    for each in happened:
        if isinstance(each, Turn):
            course.turned(each, posts)
        elif each.asked:
            course.become("open", each.moment)
        elif each.person:
            course.known = each.seen
    return course


def _open_unseen(posts: Sequence[Said], closed: int) -> bool:
    """Whether a question had been posted by then that nobody knew of and nobody had answered."""
    return any(
        each.asked
        and each.at <= closed < each.seen
        and not any(other.person and each.at <= other.at <= closed for other in posts)
        for each in posts
    )


def _responses(posts: Sequence[Said], course: _Course) -> list[Span]:
    asks = [_Ask(each.moment, each.seen if each.asked else EVER[0], each.id, each.id) for each in posts if each.needs]
    asks += [
        _Ask(each.moment, EVER[0], each.id, None)
        for each in posts
        if each.promise and not course.is_closed(each.moment)
    ]
    while True:
        found = _grouped(asks, posts, course)
        again = [
            _Ask((course.by_hand[cut.end[0]], 2), EVER[0], cut.starter, None)
            for cut in found
            if cut.reason is not None
            and cut.end[0] in course.by_hand
            and not any(each.person and cut.end[0] < each.at <= course.by_hand[cut.end[0]] for each in posts)
        ]
        new = [each for each in again if each.since not in {known.since for known in asks}]
        if not new:
            return found
        asks += new


def _grouped(asks: Sequence[_Ask], posts: Sequence[Said], course: _Course) -> list[Span]:
    left = sorted(asks, key=lambda each: each.since)
    ends = {id(each): _end(each, posts, course) for each in left}
    found = []
    while left:
        first = left[0]
        end, reason = ends[id(first)]
        found.append(Span("response", first.since[0], first.starter, end, reason, counts=first.since[0]))
        left = [each for each in left[1:] if not (each.since < end and ends[id(each)][0] <= end)]
    return found


def _end(ask: _Ask, posts: Sequence[Said], course: _Course) -> tuple[Moment, str | None]:
    ends: list[tuple[Moment, str | None]] = [(NEVER, None)]
    ends += [(each.moment, None) for each in posts if each.person and each.moment > ask.since]
    ends += [((at, 2), why or "") for at, why in course.closings if (at, 2) > ask.since and at >= ask.known]
    return min(ends, key=lambda each: each[0])


def _unasked(
    posts: Sequence[Said], course: _Course, responses: list[Span]
) -> tuple[list[Span], list[tuple[Moment, int]]]:
    """Answers to what was judged to need none: they count, from the oldest of it. Also when resolution began so."""
    more: list[Span] = []
    late: list[tuple[Moment, int]] = []
    for answer in (each for each in posts if each.person):
        since = max(
            [each.moment for each in posts if each.person and each.moment < answer.moment]
            + [(at, 2) for at, _ in course.closings if (at, 2) < answer.moment],
            default=EVER,
        )
        quiet = [
            each
            for each in posts
            if each.inbound
            and not each.needs
            and since < each.moment < answer.moment
            and not any((span.counts, 0) <= each.moment < span.end for span in responses)
        ]
        if not quiet:
            continue
        first = min(quiet, key=lambda each: each.moment)
        met = next((span for span in responses if span.end == answer.moment and span.reason is None), None)
        if met is not None:
            met.started = min(met.started, first.at) if _is_first(posts, met) else met.started
            continue
        more.append(Span("response", first.at, first.id, answer.moment, counts=first.at))
        if not course.is_closed(answer.moment):
            late.append((answer.moment, first.at))
    return [*responses, *more], late


def _is_first(posts: Sequence[Said], span: Span) -> bool:
    """Nothing was answered before, and the thread begins with a customer who answers nothing."""
    earliest = min(posts, key=lambda each: each.moment)
    begins = earliest.inbound and earliest.answers is None
    return begins and not any(each.person and each.moment < (span.counts, 1) for each in posts) and _oldest(posts, span)


def _oldest(posts: Sequence[Said], span: Span) -> bool:
    """No question came before it (one that was closed had the first response already)."""
    asked = any(each.inbound and each.id == span.starter for each in posts)
    return asked and not any(each.needs and each.at < span.counts for each in posts)


def _name(posts: Sequence[Said], found: list[Span]) -> None:
    for place, each in enumerate(found):
        each.metric = "first" if place == 0 and _is_first(posts, each) else "next"


def _resolutions(
    posts: Sequence[Said], course: _Course, responses: Sequence[Span], late: list[tuple[Moment, int]]
) -> list[Span]:
    begun = min(
        [(each.counts, 0) for each in responses if each.end not in {at for at, _ in late}] + [at for at, _ in late],
        default=NEVER,
    )
    # What was answered though it was judged to need none is measured; it brings nothing back.
    counts = [each for each in posts if each.needs and (each.asked or not course.is_closed(each.moment))]
    starts = [(each.moment, each.at) for each in counts]
    starts += [(each.moment, each.at) for each in posts if each.promise and not course.is_closed(each.moment)]
    starts += late
    starts += [((at, 2), at) for at in course.by_hand.values() if begun < (at, 2)]
    starts += [((at, 2), at) for at in course.unseen]
    ends = [(at, 2) for at, _ in course.closings]
    found: list[Span] = []
    # At a closing that did not know of a question, the old one ends before the new one begins.
    for at, is_start, start in sorted([(at, 1, start) for at, start in starts] + [(at, 0, 0) for at in ends]):
        running = found and found[-1].end == NEVER
        if is_start and not running:
            found.append(Span("resolution", start, None, counts=start))
        elif not is_start and running:
            found[-1].end = at
    for each in found:
        each.paused = _pauses(each, course)
    return found


def _pauses(span: Span, course: _Course) -> list[tuple[int, int | None]]:
    kept = []
    for begin, end in course.waiting:
        last = span.ended
        if (end is not None and end <= span.started) or (last is not None and begin >= last):
            continue
        kept.append((max(begin, span.started), end if last is None else min(end or last, last)))
    return kept


def naive_due(
    is_open: Callable[[int], bool], start: int, target: int | None, paused: Sequence[tuple[int, int | None]]
) -> int | None:
    """The minute by whose start ``target`` open minutes have passed that are not paused; None if that never comes."""
    if target is None:
        return None
    minute, left = start, target
    while left > 0:
        pause = None
        for begin, end in paused:
            if begin <= minute and (end is None or minute < end):
                pause = begin, end
        if pause is not None:
            if pause[1] is None:
                return None
            minute = pause[1]
            continue
        left -= is_open(minute)
        minute += 1
    return minute
