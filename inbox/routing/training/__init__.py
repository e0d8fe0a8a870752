"""Training and measuring the learned classifier. Loads scikit-learn, so only what trains imports this."""

from inbox.routing.training.example import Example, TooLittle, with_earlier
from inbox.routing.training.figures import Figures, LabelFigures
from inbox.routing.training.fitting import train
from inbox.routing.training.measuring import cross_validated, evaluate, held_out, learning_curve, predicted
from inbox.routing.training.online import Online

__all__ = [
    "Example",
    "Figures",
    "LabelFigures",
    "Online",
    "TooLittle",
    "cross_validated",
    "evaluate",
    "held_out",
    "learning_curve",
    "predicted",
    "train",
    "with_earlier",
]
