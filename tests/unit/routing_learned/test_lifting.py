"""How far labels are preferred beyond their chance."""

import numpy as np
import pytest

from inbox.routing.training.blending import choosing


def _lifts(frequent: int, rare: int) -> list[float]:
    """Of a frequent and a rare label, told apart by scores that know how often each comes and err at times."""
    draw = np.random.default_rng(1)
    right = np.repeat([0, 1], [frequent, rare])
    scores = draw.normal(0, 1, (len(right), 2)) + 1.5 * np.eye(2)[right] + np.log([frequent, rare])
    return [float(each) for each in choosing(scores, right).lift]


def test_a_rare_label_is_chosen_before_it_is_likeliest_and_the_frequent_one_is_not_lifted() -> None:
    frequent, rare = _lifts(900, 100)
    assert frequent == 0
    assert 0.4 <= rare <= 1.2


def test_labels_that_come_equally_often_are_hardly_lifted() -> None:
    assert max(_lifts(500, 500)) < 0.1


def test_the_rarer_a_label_the_further_it_is_lifted() -> None:
    assert _lifts(980, 20)[1] > _lifts(900, 100)[1] > _lifts(700, 300)[1]


def test_few_examples_lift_a_rare_label_less_far_than_many() -> None:
    assert _lifts(18, 2)[1] < 0.6 * _lifts(900, 100)[1]


@pytest.mark.parametrize("examples", [1, 2, 5])
def test_a_label_that_next_to_no_example_has_is_not_lifted_out_of_reach_of_the_others(examples: int) -> None:
    assert _lifts(8_000, examples)[1] < 6
