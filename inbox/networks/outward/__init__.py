"""Services that calls for help reach: chat, phone and mail through apprise, and webhooks of our own."""

from inbox.networks.outward.sending import check, send

__all__ = ["check", "send"]
