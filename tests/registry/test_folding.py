import pytest

from registry.folding import fold, plain, sort_key


def test_names_sort_as_norwegian_does():
    names = ["Ål", "Øving", "Æra", "Zebra", "Abel", "Oter"]

    assert sorted(names, key=sort_key) == ["Abel", "Oter", "Zebra", "Æra", "Øving", "Ål"]


def test_sort_key_is_the_same_in_every_collation_because_it_is_hexadecimal():
    assert set(sort_key("Ærlig app 2")) <= set("0123456789abcdef")


def test_letters_of_the_neighbours_sort_with_ours():
    assert sort_key("Öppna") == sort_key("Øppna")


@pytest.mark.parametrize("typed", ["ærlig", "Ærlig", "aerlig", "ÆRLIG"])
def test_a_name_is_found_however_its_letters_are_typed(typed):
    assert plain(typed) in fold("Ærlig app")


def test_marks_and_composition_make_no_difference():
    assert plain("Café") == plain("Cafe\u0301") == "cafe"


def test_white_space_is_single():
    assert plain("  to \n ord ") == "to ord"
