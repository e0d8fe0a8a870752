"""Writing an answer: modes, the text, its checks, its length as the network counts it, and sending."""

from inbox.ui.composer.composer import Composer

__all__ = ["Composer"]
