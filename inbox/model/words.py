"""The fixed vocabularies: statuses, priorities, kinds and states, spelled as users read them."""

from enum import StrEnum


class Status(StrEnum):
    """Where a thread stands: nobody's, assigned, on the customer, put off, or done."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    CLOSED = "closed"


class CloseReason(StrEnum):
    """Why a thread was closed."""

    ANSWERED = "answered"
    NO_REPLY_NEEDED = "no reply needed"
    SPAM = "spam"
    DUPLICATE = "duplicate"
    HANDLED_ELSEWHERE = "handled elsewhere"


class Priority(StrEnum):
    """How urgent a thread is; ``rank`` orders them, 0 being low."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """The place in the order low, normal, high, urgent."""
        return list(Priority).index(self)


class Direction(StrEnum):
    """Whether a mention came from a customer or from the account itself."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class MentionKind(StrEnum):
    """What sort of post a mention is."""

    MENTION = "mention"
    COMMENT = "comment"
    REVIEW = "review"
    MESSAGE = "message"


class Visibility(StrEnum):
    """Who can read a reply on the network."""

    PUBLIC = "public"
    PRIVATE = "private"


class DraftKind(StrEnum):
    """What a draft is to become; a note never becomes a reply."""

    REPLY = "reply"
    NOTE = "note"


class Role(StrEnum):
    """What an employee may do; one person may hold several."""

    EMPLOYEE = "employee"
    SUPERVISOR = "supervisor"
    CRISIS_LEAD = "crisis lead"
    ADMIN = "admin"


class Metric(StrEnum):
    """What a clock measures."""

    FIRST = "first"
    NEXT = "next"
    RESOLUTION = "resolution"


class PolicyAction(StrEnum):
    """What a policy does when a clock's warning or deadline comes."""

    TELL_OWNER = "tell owner"
    TELL_SUPERVISOR = "tell supervisor"
    RAISE_PRIORITY = "raise priority"
    REASSIGN = "reassign"
    ESCALATE = "escalate"


class Outcome(StrEnum):
    """What became of the customer in a thread."""

    HEARD = "heard"
    SAVED = "saved"
    COMPLAINT_FILED = "complaint filed"
    THANKS = "thanks in public"


class ReplyState(StrEnum):
    """Where a reply in the outbox stands. ``unknown``: it went out and the answer never came."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class AfterSend(StrEnum):
    """What a sent reply does to its thread."""

    WAIT = "wait"
    CLOSE = "close"
    KEEP_OPEN = "keep open"


class SourceKind(StrEnum):
    """What a source pulls for its account."""

    MENTIONS = "mentions"
    OWN_POSTS = "own posts"
    SEARCH = "search"
    HASHTAG = "hashtag"
    MESSAGES = "messages"


class HealthState(StrEnum):
    """How an account is doing, in the words that the screen shows."""

    NOT_CONNECTED = "not connected"
    WORKING = "working"
    SLOWED = "slowed down"
    TROUBLE = "no answer"
    SIGN_IN = "sign in again"
    PAUSED = "paused"


class LengthRule(StrEnum):
    """How a network counts the length of a post; ``inbox.text.length`` does the counting."""

    CODEPOINTS = "codepoints"
    GRAPHEMES = "graphemes"
    MASTODON = "mastodon"
    X_WEIGHTED = "x weighted"


class ReasonStep(StrEnum):
    """Which step of the routing a reason speaks of, in the order of the steps."""

    FACTS = "facts"
    RULE = "rule"
    KEYWORD = "keyword"
    LEARNED = "learned"
    AREA = "area"
    ASSIGNMENT = "assignment"
    RETURN = "return"
    POLICY = "policy"
    PERSON = "person"
