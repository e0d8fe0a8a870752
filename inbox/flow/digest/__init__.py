"""The digest: what customers of an area said in a week, against the weeks before; a topic shows people and posts."""

from inbox.flow.digest.digested import Digest, Mood, Post, Question, Slow, Topic
from inbox.flow.digest.making import digest
from inbox.flow.digest.telling import document_of, page_of, table_of

__all__ = ["Digest", "Mood", "Post", "Question", "Slow", "Topic", "digest", "document_of", "page_of", "table_of"]
