"""Sobol indices: closed forms, another implementation, and what moves ranks."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import sobol_indices as scipys
from scipy.stats import uniform

from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.robustness import Choices, Tree, drivers, of_index, sobol_indices

A, B = 7.0, 0.1
ABC = ("a", "b", "c")


def ishigami(points: np.ndarray) -> np.ndarray:
    x, y, z = ((2 * points - 1) * np.pi).T
    return np.sin(x) + A * np.sin(y) ** 2 + B * z**4 * np.sin(x)


def test_ishigamis_function_has_its_closed_form_within_one_percent():
    """Ishigami T., Homma T. (1990), An importance quantification technique, ISUMA '90."""
    alone = [(1 + B * np.pi**4 / 5) ** 2 / 2, A**2 / 8, 0]
    together = B**2 * np.pi**8 * (1 / 18 - 1 / 50)
    variance = sum(alone) + together

    found = sobol_indices(ishigami, ABC, samples=2**14, seed=1)

    assert found.mean == pytest.approx(A / 2, abs=0.01)
    assert found.variance == pytest.approx(variance, rel=0.01)
    assert found.first == pytest.approx(np.array(alone) / variance, abs=0.01)
    total = np.array([alone[0] + together, alone[1], together]) / variance
    assert found.total == pytest.approx(total, abs=0.01)


def test_sobols_g_function_has_its_closed_form_within_one_percent():
    """Saltelli A., Sobol' I. (1995), Reliability Engineering and System Safety 50, 225-239."""
    weights = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])

    def g(points: np.ndarray) -> np.ndarray:
        return np.prod((np.abs(4 * points - 2) + weights) / (1 + weights), axis=1)

    alone = 1 / 3 / (1 + weights) ** 2
    variance = np.prod(1 + alone) - 1

    found = sobol_indices(g, tuple("abcdefgh"), samples=2**14, seed=1)

    assert found.variance == pytest.approx(variance, rel=0.02)
    assert found.first == pytest.approx(alone / variance, abs=0.01)
    total = alone * np.prod(1 + alone) / (1 + alone) / variance
    assert found.total == pytest.approx(total, abs=0.01)


def test_another_implementation_of_the_same_estimators_agrees():
    theirs = scipys(func=lambda points: ishigami(points.T), n=2**12, dists=[uniform()] * 3, rng=4)

    ours = sobol_indices(ishigami, ABC, samples=2**12, seed=4)

    assert ours.first == pytest.approx(theirs.first_order, abs=0.03)
    assert ours.total == pytest.approx(theirs.total_order, abs=0.03)


def test_the_same_seed_gives_the_same_indices():
    one, again, other = (sobol_indices(ishigami, ABC, samples=64, seed=s) for s in (1, 1, 2))

    assert (one.total == again.total).all()
    assert (one.total != other.total).any()


def test_a_result_without_variance_has_no_shares():
    found = sobol_indices(lambda points: np.ones(len(points)), ("a",), samples=8, seed=1)

    assert (found.mean, found.variance) == (1, 0)
    assert np.isnan(found.first).all()
    assert np.isnan(found.total).all()


@pytest.mark.parametrize("samples", [0, 1, 100])
def test_samples_that_are_no_power_of_two_are_refused(samples):
    with pytest.raises(ProblemsError) as refusal:
        sobol_indices(ishigami, ABC, samples=samples, seed=1)

    assert [p.code for p in refusal.value.problems] == ["robustness-setting"]


def test_a_weight_on_which_nothing_depends_drives_nothing():
    """Of the second group all units have the same; only how it is split does not matter."""
    tree = Tree((-1, 0, 0, -1, 3, 3), (50, 1, 1, 50, 1, 1), ("g", "a", "b", "h", "c", "d"))
    random = np.random.default_rng(3)
    values = np.column_stack([random.random((60, 2)), np.full((60, 2), 0.5)])

    found = drivers(of_index(values, tree), Choices(spread=0.5), samples=64)

    assert found.inputs == ("g", "a", "b", "h", "c", "d")
    assert found.total[[0, 3, 4, 5]] == pytest.approx(0, abs=1e-12)
    assert (found.total[1:3] > 0.2).all()


def test_only_inputs_that_may_differ_are_named():
    values = np.random.default_rng(4).random((30, 2))
    choices = Choices(spread=0, normalisations=("min_max", "rank"), aggregations=("arithmetic",))

    found = drivers(of_index(values, [1, 1]), choices, samples=16)

    assert found.inputs == ("normalisation",)
    assert found.first == pytest.approx([1], abs=0.5)
    assert found.total == pytest.approx([1], abs=0.5)


def test_where_nothing_may_differ_the_question_is_refused():
    with pytest.raises(ProblemsError) as refusal:
        drivers(of_index([[1.0, 2.0]], [1, 1]), Choices(spread=0))

    assert [p.found for p in refusal.value.problems] == [0]
