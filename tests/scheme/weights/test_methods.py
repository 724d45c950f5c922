from __future__ import annotations

from typing import get_args

from quanheng.scheme.weights.methods import (
    METHODS,
    Ahp,
    BenefitOfTheDoubt,
    ByAttribute,
    Critic,
    Entropy,
    Equal,
    Marks,
    PrincipalComponents,
    Relative,
    StandardDeviation,
    WeightMethod,
    WeightWord,
)


def test_methods_have_the_names_of_the_language() -> None:
    methods: list[WeightMethod] = [
        Marks(),
        Relative(),
        Equal(),
        Entropy(),
        Critic(),
        StandardDeviation(),
        PrincipalComponents(),
        Ahp((), ()),
        BenefitOfTheDoubt(),
    ]

    assert [(method.name, method.is_computed) for method in methods] == [
        ("marks", False),
        ("relative", False),
        ("equal", False),
        ("entropy", True),
        ("critic", True),
        ("std", True),
        ("pca", True),
        ("ahp", True),
        ("bod", True),
    ]


def test_every_method_has_a_word_or_parameters() -> None:
    assert {type(method) for method in METHODS.values()} == {*get_args(WeightMethod)} - {Ahp, ByAttribute}
    assert tuple(METHODS) == get_args(WeightWord)


def test_a_most_too_little_for_fewer_children_is_raised_to_equal_parts() -> None:
    method = BenefitOfTheDoubt(least=0.1, most=0.4)

    assert method.with_children(2) == BenefitOfTheDoubt(least=0.1, most=0.5)
    assert method.with_children(3) == method
    assert Entropy().with_children(2) == Entropy()
