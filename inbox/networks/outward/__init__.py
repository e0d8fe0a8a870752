"""Services that calls for help reach, and where some can be answered: chat, phone, mail, and webhooks of our own."""

from inbox.networks.outward.answer_words import Answer, Heard
from inbox.networks.outward.sending import answers, can_answer, check, kind, send

__all__ = ["Answer", "Heard", "answers", "can_answer", "check", "kind", "send"]
