"""The policies as the screen holds them: stored ones, drafts of them, and new ones that are not stored yet."""

from dataclasses import replace
from itertools import count

from inbox.model.workspace import Policy, Workspace
from inbox.ui.policies.draft import Draft, draft_of, policy_of
from inbox.ui.policies.model import Entry

NEW = "\0"
"""Begins the key of a new policy; no name of a policy can."""
LAST = 1_000_000_000
"""The place behind all policies, however many there will be."""


class Book:
    """Keys are stored names; a draft is kept for each policy that was edited, until it is saved or discarded."""

    def __init__(self) -> None:
        """Empty until the workspace is seen."""
        self.workspace = Workspace()
        self._policies: dict[str, Policy] = {}
        self._drafts: dict[str, Draft] = {}
        self._numbers = count(1)

    def see(self, workspace: Workspace) -> None:
        """The policies as they are stored now. Drafts stay while they differ."""
        self.workspace = workspace
        self._policies = {policy.name: policy for policy in workspace.policies}
        for key, draft in list(self._drafts.items()):
            stored = self._policies.get(key)
            if draft.base is not None and stored is not None and not (draft.edited and policy_of(draft) != stored):
                del self._drafts[key]

    def entries(self) -> list[Entry]:
        """The rows of the list, in their order."""
        found = [self.entry(policy.name) for policy in self.workspace.policies]
        for key, draft in self._drafts.items():
            if draft.base is None or key not in self._policies:
                found.insert(min(draft.position, len(found)), self.entry(key))
        return found

    def entry(self, key: str) -> Entry:
        """The row of one policy. KeyError where there is no such policy."""
        draft = self._drafts.get(key)
        if draft is None:
            return Entry(key, self._policies[key])
        return Entry(key, policy_of(draft), edited=draft.base is not None, new=draft.base is None)

    def has(self, key: str) -> bool:
        """Whether there is such a policy, stored or not."""
        return key in self._policies or key in self._drafts

    def stored(self, key: str) -> Policy | None:
        """The policy as it is stored; None for a new one, and one that somebody took away."""
        return self._policies.get(key)

    def draft(self, key: str) -> Draft:
        """What the editor is to show. KeyError where there is no such policy."""
        kept = self._drafts.get(key)
        return kept if kept is not None else draft_of(self._policies[key], position=self.place_of(key))

    def place_of(self, key: str) -> int:
        """The place among the stored policies, the end for others."""
        names = [policy.name for policy in self.workspace.policies]
        return names.index(key) if key in self._policies else len(names)

    def edited(self, key: str) -> bool:
        """Whether there is a draft of it."""
        return key in self._drafts

    def unsaved(self) -> int:
        """How many policies are edited or new, and not saved."""
        return len(self._drafts)

    def raced(self, key: str) -> bool:
        """Whether the stored policy is no longer the one that the draft began from."""
        draft = self._drafts.get(key)
        return draft is not None and draft.base is not None and draft.base != self._policies.get(key)

    def keep(self, key: str, draft: Draft) -> None:
        """What stands in the editor now."""
        if draft.edited or key not in self._policies:
            self._drafts[key] = draft
        else:
            self._drafts.pop(key, None)

    def drop(self, key: str) -> Draft | None:
        """Forgets a draft; gives it back for undoing that."""
        return self._drafts.pop(key, None)

    def add(self, draft: Draft | None = None, position: int | None = None) -> str:
        """A new policy, blank or a copy; its key."""
        place = LAST if position is None else position
        key = f"{NEW}{next(self._numbers)}"
        self._drafts[key] = replace(draft or Draft(), base=None, position=place)
        return key

    def twin_name(self, name: str) -> str:
        """A name that no policy has, for a copy: "urgent 2"."""
        taken = {each.policy.name.casefold() for each in self.entries()}
        return next(made for n in count(2) if (made := f"{name} {n}").casefold() not in taken)

    def rebase(self, key: str) -> str:
        """Mine over theirs: the draft begins from what is stored now, or becomes a new policy. Its key."""
        draft, stored = self._drafts.pop(key), self._policies.get(key)
        if stored is not None:
            self._drafts[key] = replace(draft, base=stored)
            return key
        return self.add(draft, draft.position)

    def saved(self, key: str, policy: Policy) -> None:
        """``policy`` was stored in the stead of ``key``; what was typed since stays a draft of it."""
        draft = self._drafts.pop(key, None)
        if draft is not None and policy_of(draft) != policy:
            self._drafts[policy.name] = replace(draft, base=policy)

    def move(self, key: str, place: int) -> None:
        """Another order on screen, before it is stored."""
        draft = self._drafts.get(key)
        if draft is not None and key not in self._policies:
            self._drafts[key] = replace(draft, position=max(0, place))
            return
        policies = list(self.workspace.policies)
        policy = policies.pop(self.place_of(key))
        policies.insert(place, policy)
        self.workspace = replace(self.workspace, policies=tuple(policies))

    def forget(self, key: str) -> None:
        """Gone from the screen, before it is gone from the store."""
        policies = tuple(policy for policy in self.workspace.policies if policy.name != key)
        self.see(replace(self.workspace, policies=policies))
