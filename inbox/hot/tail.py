"""How surprising a count is where a mean was expected and counts vary more than chance alone would have them."""

import math
from typing import Final

_TERMS: Final = 80
_LEAST: Final = 1e-9


def surprise(count: int, mean: float, size: float) -> float:
    """Minus the decimal logarithm of the chance of ``count`` or more, of a negative binomial distribution.

    ``size`` says how far counts scatter: the variance is mean + mean² / size, so a large one is Poisson's.
    """
    if count <= 0:
        return 0.0
    mean = max(mean, _LEAST)
    if count <= mean:
        return 0.0
    stay = mean / (mean + size)
    first = (
        math.lgamma(count + size)
        - math.lgamma(size)
        - math.lgamma(count + 1)
        + size * math.log1p(-stay)
        + count * math.log(stay)
    )
    total, term = 0.0, 1.0
    for place in range(count, count + _TERMS):
        total += term
        term *= (place + size) / (place + 1) * stay
    return -(first + math.log(total)) / math.log(10)
