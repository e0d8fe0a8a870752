"""When it is worth learning anew."""

from typing import Final

CORRECTED: Final = 25
"""So many corrections since it was learnt last,"""
GROWN: Final = 0.1
"""or so large a share of examples more."""
