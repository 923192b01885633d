"""A house test: each law of the design has a test that bears its name."""

from __future__ import annotations

from tests.pitfalls.test_every_number import marked

LAWS = {
    1: ("no_message_leaves_one_to_one",),
    2: ("a_third_party_is_someone_else",),
    3: ("what_a_service_user_writes_arrives",),
    4: ("no_instant_message_is_carried",),
    5: ("an_emergency_never_waits",),
    6: ("no_copy_of_ours_reaches_a_restricted_person",),
    7: ("members_of_a_group_never_learn_each_other", "nor_do_two_supporters"),
    8: ("what_involves_no_service_user_or_supporter_passes_untouched",),
    9: ("any_surprise_is_temporary",),
    10: ("nothing_in_scope_is_answered_250_before_it_is_on_the_record",),
    11: (
        "refusal_trumps_hold_trumps_permit",
        "a_failing_rule_holds",
        "an_unknown_obligation_refuses",
    ),
    12: ("deciding_again_after_composing_changes_nothing",),
    13: ("nobody_reviews_themselves",),
    14: ("the_naive_model_agrees",),
    15: ("guarded_causes_look_alike",),
}
"""Number -> names, as in DESIGN.md."""


def test_every_law_has_a_test_that_bears_its_name():
    named = {name for names in LAWS.values() for name in names}
    assert named - marked("law").keys() == set()


def test_no_test_bears_the_name_of_no_law():
    named = {name for names in LAWS.values() for name in names}
    assert marked("law").keys() - named == set()
