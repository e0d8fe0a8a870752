"""What a text means, as numbers: texts that say the same in other words lie near each other.

Needs numpy; onnxruntime is read only when an encoder is opened.
"""

from inbox.routing.meaning.answer import PIECE_WIDTH, STEPS, WIDTH, Meaning
from inbox.routing.meaning.encoder import Encoder
from inbox.routing.meaning.opening import FINGERPRINT, NoEncoder

__all__ = ["FINGERPRINT", "PIECE_WIDTH", "STEPS", "WIDTH", "Encoder", "Meaning", "NoEncoder"]
