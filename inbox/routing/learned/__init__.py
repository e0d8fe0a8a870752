"""The learned classifier: a text to a label with its probability and the words that speak for it. Needs numpy alone."""

from inbox.routing.learned.features import Features
from inbox.routing.learned.file import BadModel
from inbox.routing.learned.model import Model
from inbox.routing.learned.prediction import Prediction

__all__ = ["BadModel", "Features", "Model", "Prediction"]
