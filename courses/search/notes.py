"""What somebody should know to read the answers of a search, whoever shows them."""

from django.utils.translation import gettext as _

from courses.search.engine import Found
from courses.search.question import Cost
from courses.search.text import asks_for_free


def notes_on(found: Found) -> list[str]:
    """Sentences on what was found; what was not understood of the question is in the form's own errors."""
    notes = []
    home = found.question.home
    if found.understood.is_partial and found.total:
        notes.append(_("Aucune formation n’a tous ces mots : voici celles qui en ont au moins un."))
    if not found.question.costs and asks_for_free(found.question.text):
        said = _("Pour ne garder que ce qui ne vous coûte rien, cochez « %(choice)s ».")
        notes.append(said % {"choice": Cost.FREE.label})
    if home and not home.is_located:
        notes.append(_("Nous ne connaissons pas la position de cette commune : la distance n’est pas comptée."))
    if found.question.page > found.page:
        notes.append(_("Cette page n’existe pas : voici la dernière."))
    if found.total > found.reachable:
        said = _("Seules les %(n)d premières sont montrées : ajoutez un critère pour voir les autres.")
        notes.append(said % {"n": found.reachable})
    return notes
