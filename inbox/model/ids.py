"""Typed row numbers, so that a thread's number is never taken for a mention's."""

from typing import NewType

AccountId = NewType("AccountId", int)
SourceId = NewType("SourceId", int)
AuthorId = NewType("AuthorId", int)
ThreadId = NewType("ThreadId", int)
IncidentId = NewType("IncidentId", int)
EscalationId = NewType("EscalationId", int)
MentionId = NewType("MentionId", int)
AreaId = NewType("AreaId", int)
EmployeeId = NewType("EmployeeId", int)
NoteId = NewType("NoteId", int)
ClockId = NewType("ClockId", int)
ReplyId = NewType("ReplyId", int)
GapId = NewType("GapId", int)
QuarantineId = NewType("QuarantineId", int)
RequestId = NewType("RequestId", int)
