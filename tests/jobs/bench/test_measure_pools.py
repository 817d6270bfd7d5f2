"""The measure of pooling: it counts what it made, and leaves nothing."""

import pytest

from jobs.bench.pools import measure_pools
from jobs.models import EmployerNeed, Pool
from portal.reference.models import EmploymentBasin
from tests.jobs.need_makers import make_need
from tests.makers import DAY, make_commune, make_profile, make_skill


@pytest.mark.django_db
def test_the_measure_pools_what_it_generates_and_leaves_nothing():
    town = make_commune("Rodez")
    town.basin = EmploymentBasin.objects.create(code="7614", name="Rodez")
    town.save()
    for number in range(5):
        make_skill(f"Compétence {number}", kind="ai")
    make_need("Modèle", profile=make_profile("Data analyst"))
    found = measure_pools(120, DAY)
    assert (found.needs, found.pools) == (120, 4)  # the first days of 2028 have too few
    assert found.rule >= 0
    assert (EmployerNeed.objects.count(), Pool.objects.count()) == (1, 0)
