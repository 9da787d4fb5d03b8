import pytest
from django.conf import settings

from registry.changes import change
from registry.loading import LoadError, build, country_codes, load_facts, load_reference, read, update_facts
from registry.models import Service, StorageRegion, Vendor

pytestmark = pytest.mark.django_db

ROOT = settings.BASE_DIR


def test_all_249_countries_of_iso_3166_are_there():
    assert len(country_codes()) == 249


def test_reference_data_loads_once_and_then_finds_everything_there():
    with change("Reference data."):
        made = load_reference(ROOT / "fixtures" / "reference")
        again = load_reference(ROOT / "fixtures" / "reference")

    assert made > 300
    assert again == 0


def test_thirty_states_are_in_the_eea_and_neither_britain_nor_switzerland_is():
    with change("Reference data."):
        load_reference(ROOT / "fixtures" / "reference")

    inside = StorageRegion.objects.filter(kind="country", situation="inside").values_list("code", flat=True)

    assert len(inside) == 30
    assert {"NO", "IS", "LI"} <= set(inside)
    assert not {"GB", "CH"} & set(inside)


def test_a_file_that_is_no_toml_is_named_with_its_line(tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text('name = "x"\nslug = \n')

    with pytest.raises(LoadError, match=r"broken.toml.*line 2"):
        read(broken)


def test_an_unknown_key_is_named_with_the_known_ones():
    with pytest.raises(LoadError, match=r"x.toml: unknown key 'nmae'.*legal_name"), change("Try."):
        build(Vendor, {"nmae": "X"}, "x.toml")


def test_an_unknown_reference_is_named():
    with pytest.raises(LoadError, match=r"x.toml: vendor: there is no vendor with slug 'nobody'"), change("Try."):
        build(Service, {"name": "X", "vendor": "nobody"}, "x.toml")


def test_a_value_that_the_model_refuses_is_named():
    with pytest.raises(LoadError, match=r"x.toml: .*price_model"), change("Try."):
        build(Service, {"name": "X", "summary": "Y", "price_model": "cheap"}, "x.toml", slug="x")


def test_what_is_loaded_has_history_with_the_reason():
    with change("Entered from a file."):
        vendor = build(Vendor, {"name": "X"}, "x.toml", slug="x")

    assert [row.history_change_reason for row in vendor.history.all()] == ["Entered from a file."]


def test_a_row_that_is_about_the_same_is_changed_and_not_replaced():
    then = {
        "name": "X",
        "summary": "Y",
        "practices": [{"kind": "ai", "claim": "no"}, {"kind": "research", "claim": "no"}],
    }
    now = then | {"practices": [{"kind": "ai", "claim": "yes"}, {"kind": "analytics", "claim": "no"}]}
    with change("Then."):
        service = load_facts("x", then)
    kept = service.practices.get(kind="ai")

    with change("Now."):
        update_facts(service, then, now)

    assert service.practices.get(pk=kept.pk).claim == "yes"
    assert set(service.practices.values_list("kind", flat=True)) == {"ai", "analytics"}
