"""What a transaction changed, so that each screen refreshes only what it holds."""

from dataclasses import dataclass, field

from inbox.model.ids import AccountId, ThreadId


@dataclass(frozen=True, slots=True)
class Change:
    """The threads and accounts that changed, and the topics ("config", "outbox", "requests", "presence",
    "people", "quarantine", "collector"). ``many`` says that more threads changed than are listed.
    """

    seq: int = 0
    threads: frozenset[ThreadId] = field(default_factory=frozenset)
    accounts: frozenset[AccountId] = field(default_factory=frozenset)
    topics: frozenset[str] = field(default_factory=frozenset)
    many: bool = False

    def __or__(self, other: "Change") -> "Change":
        """Both changes as one."""
        return Change(
            max(self.seq, other.seq),
            self.threads | other.threads,
            self.accounts | other.accounts,
            self.topics | other.topics,
            self.many or other.many,
        )
