"""The commune nearest to a position, for the button that fills the field of the search. Nothing of it is kept."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from courses.forms import PositionForm, place_text
from courses.search.distance import km_between
from courses.search.lexicon import current
from portal.web.page import PUBLIC, page

# further than this from any commune we know, the name of the nearest would say nothing
FARTHEST_KM = 30.0


@page(who=PUBLIC, reads={"GET"})
def nearest_place(request: HttpRequest) -> JsonResponse:
    """{"lieu": "Rodez (12)"}; 400 for no position, 404 outside the communes we know."""
    form = PositionForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"detail": _("Écrivez une position : lat et lon, en degrés.")}, status=400)
    latitude, longitude = form.cleaned_data["lat"], form.cleaned_data["lon"]
    lexicon = current().lexicon
    commune = lexicon.nearest(latitude, longitude)
    is_near = (
        commune is not None
        and commune.latitude is not None
        and commune.longitude is not None
        and km_between(latitude, longitude, commune.latitude, commune.longitude) <= FARTHEST_KM
    )
    if commune is None or not is_near:
        said = _("Vous n’êtes pas en Occitanie : écrivez la ville autour de laquelle chercher.")
        return JsonResponse({"detail": said}, status=404)
    return JsonResponse({"lieu": place_text(commune, lexicon.communes_called(commune.name))})
