"""What a text means, as numbers: texts that say the same in other words lie near each other.

Needs numpy; onnxruntime is read only when an encoder is opened.
"""

from inbox.routing.meaning.encoder import Encoder
from inbox.routing.meaning.opening import FINGERPRINT, WIDTH, NoEncoder

__all__ = ["FINGERPRINT", "WIDTH", "Encoder", "NoEncoder"]
