"""The public page that says how results are ranked: made from the registry that ranks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from courses.search.order import RELEVANCE_IN_WORDS, WEIGHTS
from jobs.matching import criteria
from jobs.reasons import CRITERION_LABELS
from portal.web.page import PUBLIC, page


@page(who=PUBLIC, reads={"GET"})
def ranking(request: HttpRequest) -> HttpResponse:
    rows = [(CRITERION_LABELS[rule.code], rule.weight) for rule in criteria.CRITERIA]
    context = {
        "figure": {
            "title": _("Ce que chaque critère peut apporter"),
            "label_title": _("Critère"),
            "unit": _("Points, au plus"),
            "rows": [{"label": label, "value": weight} for label, weight in rows if weight > 0],
        },
        "lowering": [(label, -weight) for label, weight in rows if weight <= 0],
        "total": sum(weight for _label, weight in rows if weight > 0),
        "uncertainty": -criteria.UNCERTAINTY,
        "cost_step_euros": criteria.COST_STEP_CENTS // 100,
        "date_days": criteria.DATE_DAYS,
        "search_order": RELEVANCE_IN_WORDS,
        "search_figure": {
            "title": _("Ce que chaque chose apporte dans la recherche"),
            "label_title": _("Ce qui compte"),
            "unit": _("Points, au plus"),
            "rows": [{"label": weight.words, "value": weight.points} for weight in WEIGHTS],
        },
        "breadcrumb": [{"title": _("Comment les résultats sont classés")}],
    }
    return render(request, "jobs/ranking.html", context)
