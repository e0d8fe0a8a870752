"""Lets rules act on one mention, in order, each once; those that ask what others chose are asked again, and stopped."""

from bisect import insort
from dataclasses import replace
from typing import Final

from inbox.model.words import Priority
from inbox.model.workspace import UNSORTED
from inbox.routing.chosen import Chooser, Chosen
from inbox.routing.facts import Facts
from inbox.routing.guess import LearnedGuess
from inbox.routing.index import Entry, Found, Source
from inbox.routing.kinds import AREA, EVERY, PRIORITY
from inbox.routing.patterns import Hits

ROUNDS: Final = 3
"""How often the rules are gone through for one mention, when rules set each other off."""


class Acting:
    """One mention's way through the rules.

    A condition on the area or the priority sees what rules before it chose, and once no rule chooses an area, the
    learned one. Until then a new thread has no area, so that ``area = ["Unsorted"]`` means that nobody knew one. A
    thread that has an area keeps it. ``done`` is what acted: rules with the kinds of action that they settled, and
    the area where no rule chose it; ``stopped`` is the first rule that would still have acted.
    """

    def __init__(
        self, source: Source, chooser: Chooser, facts: Facts, hits: Hits, learned: LearnedGuess | None
    ) -> None:
        self._source, self._chooser, self._hits, self._learned = source, chooser, hits, learned
        self._facts = facts
        self._placed = facts.area is not None and facts.area != UNSORTED
        self._seen = facts if self._placed or not source.has_moving else replace(facts, area=None)
        self._open = EVERY
        self._acted: set[int] = set()
        self.done: list[tuple[Entry, int] | Chosen] = []
        self.area = UNSORTED
        self.area_rule: str | None = None
        self.rounds = 0
        self.stopped: Entry | None = None

    def run(self) -> None:
        """Ask the rules, then for the area if none chose it, and again the rules that ask for what has changed."""
        asked = self._source.found(self._facts, self._hits)
        changed = self._round(asked | self._source.moved(self._seen) if self._source.has_moving else asked)
        if not self._source.has_moving:
            if self.area_rule is None:
                self._choose()
            return
        moving = {place: entry for place, entry in asked.items() if entry.condition.moving}
        guessed = self.area_rule is not None
        while changed or not guessed:
            if not changed:
                guessed = True
                changed = self._choose()
                continue
            again = moving | self._source.moved(self._seen)
            if self.rounds == ROUNDS:
                if self.area_rule is None and not guessed:
                    self._choose()
                    again |= self._source.moved(self._seen)
                self.stopped = self._would_act(again)
                return
            changed = self._round(again)
            guessed = guessed or self.area_rule is not None

    def _round(self, asked: Found) -> bool:
        """Go through rules in order; whether one of them changed what conditions see."""
        self.rounds += 1
        changed = False
        order = sorted(asked)
        at = 0
        while at < len(order) and self._open:
            place = order[at]
            at += 1
            entry = asked[place]
            mask = entry.mask & self._open
            if not mask or place in self._acted or not entry.condition.holds(self._seen, self._hits):
                continue
            if self._act(entry, mask):
                changed = True
                for later, each in self._source.moved(self._seen).items():
                    if later not in asked:
                        asked[later] = each
                        if later > place:
                            insort(order, later, lo=at)
        return changed

    def _act(self, entry: Entry, mask: int) -> bool:
        """Note what a rule does; whether other rules may see it."""
        self._acted.add(entry.place)
        self._open &= ~mask
        self.done.append((entry, mask))
        then, before = entry.rule.then, self._seen
        if mask & AREA and then.area is not None:
            self.area, self.area_rule = then.area, entry.rule.name
            self._see_area()
        if mask & PRIORITY and then.priority is not None and self._source.has_moving:
            self._see_priority(then.priority)
        return self._seen is not before

    def _choose(self) -> bool:
        """Take the area that was learnt, or of keywords; whether rules may see it. One may still fill Unsorted."""
        chosen = self._chooser.choose(self._facts, self._hits, self._learned)
        self.done.append(chosen)
        self.area = chosen.area
        if chosen.area != UNSORTED:
            self._open &= ~AREA
        before = self._seen
        self._see_area()
        return self._seen is not before

    def _see_area(self) -> None:
        if not self._placed and self._source.has_moving and self._seen.area != self.area:
            self._seen = replace(self._seen, area=self.area)

    def _see_priority(self, priority: Priority) -> None:
        """A later mention may only raise the priority of its thread."""
        raised = not self._placed or priority.rank > self._facts.priority.rank
        if raised and priority is not self._seen.priority:
            self._seen = replace(self._seen, priority=priority)

    def _would_act(self, asked: Found) -> Entry | None:
        for place in sorted(asked):
            entry = asked[place]
            if entry.mask & self._open and place not in self._acted and entry.condition.holds(self._seen, self._hits):
                return entry
        return None
