"""The bars of this floor's parts."""

from django.utils.translation import gettext_lazy as _

from courses.bench.bars import AT_LEAST, Bar, faster, share, times, told

RECOMMEND = (
    Bar(
        _("recommandation : égale au moteur sur toutes les formations"),
        share("recommend", "equal"),
        1,
        AT_LEAST,
        small=True,
    ),
    Bar(_("recommandation : fois l'instruction SQL"), times("recommend", "sql"), 0.03),
    # a few thousand courses are read in the time of the calls themselves
    Bar(_("recommandation, petit catalogue : fois l'instruction SQL"), times("recommend", "sql"), 0.5, small=True),
    Bar(
        _("recommandation : plus rapide que l'ORM formation par formation"),
        faster("recommend", "orm"),
        10_000,
        AT_LEAST,
    ),
    Bar(_("recommandation : Mo privés par processus de plus"), told("recommend", "private_mb"), 10, small=True),
)
BATCH = (
    Bar(_("alertes : chacun comme s'il était seul"), share("batch", "equal"), 1, AT_LEAST, small=True),
    Bar(_("alertes : fois le temps de chacun seul"), times("batch", "alone"), 0.5),
    # of a few thousand courses the calls themselves are most of the time, alone or together
    Bar(_("alertes, petit catalogue : fois le temps de chacun seul"), times("batch", "alone"), 0.9, small=True),
    Bar(
        _("alertes : secondes d'un cœur pour 100 000 personnes"),
        told("batch", "seconds_for_100k"),
        40,
        is_seconds=True,
    ),
)
PATH = (
    Bar(_("parcours : règles enfreintes"), told("path", "violations"), 0, small=True),
    Bar(_("parcours : prouvés"), share("path", "proven"), 0.95, AT_LEAST, small=True),
)
