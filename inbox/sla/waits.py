"""The waits of a thread, worked out afresh from its whole history, so that a late arrival is as good as a prompt one.

The rules are PRODUCT.md section 5. No deadline is known here: see ``clocks``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from inbox.model.ids import MentionId
from inbox.model.words import Metric, Status
from inbox.sla.history import (
    REPLAY_ENDED,
    Post,
    StatusChange,
    answered_directly,
    begins_with_a_question,
    in_order,
    is_response,
)

_UNSET: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Wait:
    """One measured wait. ``paused`` spans are (from, to), ``to`` being None while it lasts.

    ``counts_from`` is where deadlines are counted from: the post that needed a reply. Only a met first response
    can have started before that, at the thread's first post, which nobody had thought to need one.
    """

    metric: Metric
    cycle: int
    mention_id: MentionId | None
    started_at: datetime
    met_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str | None = None
    paused: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    counts_from: datetime = _UNSET

    def __post_init__(self) -> None:
        """Deadlines count from the start."""
        if self.counts_from is _UNSET:
            self.counts_from = self.started_at

    @property
    def ended_at(self) -> datetime | None:
        """When it was met or cancelled, None while it runs."""
        return self.met_at or self.cancelled_at


def waits(posts: Sequence[Post], changes: Sequence[StatusChange]) -> list[Wait]:
    """All waits of a thread, in the order in which they started."""
    walk = _Walk(posts)
    for happening in in_order(posts, changes):
        if isinstance(happening, StatusChange):
            walk.changed(happening)
        elif happening.inbound:
            walk.asked(happening)
        else:
            walk.answered(happening)
    return walk.found


class _Walk:
    """Where the walk through a thread's history stands."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self.found: list[Wait] = []
        self._posts = posts
        self._first_open = begins_with_a_question(posts)
        self._answered = answered_directly(posts)
        self._cycles = dict.fromkeys(Metric, 0)
        self._response: Wait | None = None
        self._resolution: Wait | None = None
        self._silent: Post | None = None  # the oldest unanswered post that was judged to need no reply
        self._cut: Wait | None = None  # a response clock that the last closing cancelled
        self._dropped: Wait | None = None  # the same, as long as nobody has answered it
        self._status = Status.OPEN
        self._last_answer: datetime | None = None
        self._answer_known: datetime | None = None  # when the answer that put the thread on the customer was stored
        self._waiting: list[tuple[datetime, datetime | None]] = []

    def asked(self, post: Post) -> None:
        """A customer's post: starts a wait unless one runs already or no reply is needed.

        One that was judged to need none and was answered is measured, and still brings nothing back.
        """
        if post.ignored:
            return
        if not self._needs_reply(post):
            self._silent = self._silent or (post if self._response is None else None)
            return
        if post.needs_reply and self._status in (Status.WAITING, Status.CLOSED):
            self._set_status(Status.OPEN, post.at)
        if self._response is None:
            self._start_response(post.id, post.at)
        if self._status is not Status.CLOSED:
            self._start_resolution(post.at)

    def answered(self, post: Post) -> None:
        """A post of ours: a person's meets the running wait. What was judged to need no reply and got one counts."""
        if not is_response(post):
            return
        if not post.ignored:
            if self._response is None and self._silent is not None:
                self._start_response(self._silent.id, self._silent.at)
                if self._status is not Status.CLOSED:
                    self._start_resolution(self._silent.at)
            if self._response is not None:
                self._response.met_at = post.at
                if self._response.metric is Metric.FIRST and self._silent is not None:
                    # An answer answers all that was posted: the first response is measured from the first of it.
                    self._response.started_at = min(self._silent.at, self._response.started_at)
                self._response = None
        self._first_open = False
        self._silent = self._dropped = None
        self._last_answer = post.at
        self._answer_known = post.seen_at
        if post.acknowledgement and not post.ignored and self._status is not Status.CLOSED:
            self._start_response(post.id, post.at)
            self._start_resolution(post.at)

    def changed(self, change: StatusChange) -> None:
        """A change of status: closing ends the waits, waiting pauses resolution, reopening starts a new cycle."""
        if change.reason == REPLAY_ENDED:
            self._cancel_all(change.at)
        elif change.status is Status.CLOSED:
            self._close(change)
        elif not self._made_in_ignorance(change):
            reopened = self._status is Status.CLOSED
            self._set_status(change.status, change.at)
            if reopened and self._dropped is not None and self._response is None:
                self._start_response(self._dropped.mention_id, change.at)
            if reopened and self.found:
                self._start_resolution(change.at)
            self._dropped = None

    def _made_in_ignorance(self, change: StatusChange) -> bool:
        """Whether the thread was on the customer already, by an answer given elsewhere that was stored only later."""
        known = self._answer_known
        return self._status is Status.WAITING and known is not None and change.at < known

    def _needs_reply(self, post: Post) -> bool:
        return post.needs_reply or post.global_id in self._answered

    def _start_response(self, mention_id: MentionId | None, at: datetime) -> None:
        metric = Metric.FIRST if self._first_open else Metric.NEXT
        self._first_open = False
        self._response = self._start(metric, mention_id, at)

    def _start_resolution(self, at: datetime) -> None:
        if self._resolution is None:
            self._resolution = self._start(Metric.RESOLUTION, None, at)

    def _start(self, metric: Metric, mention_id: MentionId | None, at: datetime) -> Wait:
        self._cycles[metric] += 1
        wait = Wait(metric, self._cycles[metric], mention_id, at)
        if metric is Metric.RESOLUTION:
            wait.paused = [(max(begin, at), end) for begin, end in self._waiting if end is None or end > at]
        self.found.append(wait)
        return wait

    def _set_status(self, status: Status, at: datetime) -> None:
        if self._status is Status.WAITING and status is not Status.WAITING:
            self._waiting[-1] = (self._waiting[-1][0], at)
            if self._resolution is not None:
                begin, _ = self._resolution.paused.pop()
                self._resolution.paused += [(begin, at)] if begin < at else []
        elif status is Status.WAITING and self._status is not Status.WAITING:
            self._waiting.append((at, None))
            if self._resolution is not None:
                self._resolution.paused.append((at, None))
        self._status = status

    def _close(self, change: StatusChange) -> None:
        if self._status is Status.CLOSED:
            if self._cut is not None:
                self._cut.cancel_reason = change.reason  # closed for another reason than was said first
            return
        self._set_status(Status.CLOSED, change.at)
        self._cut = None
        unseen = self._unseen(change.at)
        if self._resolution is not None:
            self._resolution.met_at = change.at
            self._resolution = None
        if self._response is not None and (unseen is None or self._response.mention_id != unseen.id):
            self._response.cancelled_at = change.at
            self._response.cancel_reason = change.reason
            self._cut, self._dropped, self._response = self._response, self._response, None
        self._silent = None
        if unseen is not None:
            # It had been posted, but nobody could know of it: it reopens the thread as soon as it is stored.
            self._status = Status.OPEN
            if self._response is None:
                self._start_response(unseen.id, unseen.at)
            self._start_resolution(change.at)

    def _unseen(self, closed_at: datetime) -> Post | None:
        """The oldest unanswered question that was posted before the closing and stored after it."""
        return min(
            (
                post
                for post in self._posts
                if post.inbound
                and not post.ignored
                and post.at <= closed_at < post.seen_at
                and post.needs_reply
                and (self._last_answer is None or post.at > self._last_answer)
            ),
            key=lambda post: (post.at, post.id),
            default=None,
        )

    def _cancel_all(self, at: datetime) -> None:
        for wait in (self._response, self._resolution):
            if wait is not None:
                wait.cancelled_at = at
                wait.cancel_reason = REPLAY_ENDED
                if wait.paused and wait.paused[-1][1] is None:
                    wait.paused[-1] = (wait.paused[-1][0], at)
        self._response = self._resolution = self._silent = None
