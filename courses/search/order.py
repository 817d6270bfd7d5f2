"""The order of answers. By relevance it is a sum of whole points, whose weights the public page shows.

What a course is worth whatever is asked (`SearchDocument.points`: demand, freshness, next start, completeness) is
summed by the view of migration 0003, in whole points from 0 to 98.
"""

from dataclasses import dataclass

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.search.packed import UNKNOWN, Packed, least_of
from courses.search.question import Sort

# what each idea of the text brings, shared out between the ideas
# by the quarters of the job's skills that the course gives
PROFILE_POINTS = {1: 1_500, 2: 2_500, 3: 3_500, 4: 4_500}
# the best of these: the words typed in the title, other words for the same in the title, the skill by its level
TITLE_POINTS = 4_000
OTHER_TITLE_POINTS = 3_800
SKILL_POINTS = {1: 1_000, 2: 2_000, 3: 3_500}
# in the names of what it gives, by the level it gives: skills, jobs, certifications
NAME_POINTS = {1: 1_000, 2: 1_100, 3: 1_200}
# one of several words in the title
PART_POINTS = 1_100
# where no course meets every idea: what each idea met brings
MET_POINTS = 3_000
# a word of a sentence that helps to choose: in the title, or anywhere
HELPS_IN_TITLE_POINTS, HELPS_POINTS = 1_000, 300
# nearness, by steps: (up to so many km, points); a course wholly at a distance or without a place comes after 50 km
NEAR_POINTS = ((10.0, 600), (30.0, 500), (50.0, 400), (100.0, 200))
NO_PLACE_POINTS = 300


@dataclass(frozen=True)
class Weight:
    """One line of the public page: what brings points, and how many at most."""

    words: str | Promise
    points: int


WEIGHTS = (
    Weight(_("Vos mots sont dans son intitulé"), TITLE_POINTS),
    Weight(
        _("ou : elle donne la compétence nommée, au niveau 3 (niveau 2 : 2 000 ; niveau 1 : 1 000)"),
        SKILL_POINTS[3],
    ),
    Weight(_("ou : son intitulé le dit autrement (synonyme, autre nom du métier)"), OTHER_TITLE_POINTS),
    Weight(
        _("Elle mène au métier nommé et en donne les compétences (par quart : de 1 500 à 4 500)"),
        PROFILE_POINTS[4],
    ),
    Weight(_("Vos mots nomment ses compétences, ses métiers ou sa certification (selon le niveau)"), NAME_POINTS[3]),
    Weight(_("L’un de vos mots au moins est dans son intitulé"), PART_POINTS),
    Weight(_("Dans une phrase, chaque autre mot : dans l’intitulé (ailleurs : 300)"), HELPS_IN_TITLE_POINTS),
    Weight(
        _("Elle est à moins de 10 km (30 km : 500 ; 50 km : 400 ; à distance : 300 ; 100 km : 200)"), NEAR_POINTS[0][1]
    ),
    Weight(_("Des employeurs cherchent à qui elle mène"), 30),
    Weight(_("Elle commence bientôt, à une date connue"), 30),
    Weight(_("Elle a été vérifiée récemment"), 20),
    Weight(_("Sa fiche est complète"), 18),
)
# the order by relevance in words, for the page that explains it
RELEVANCE_IN_WORDS = (
    _("Chaque formation reçoit des points entiers, additionnés ; la somme fait l’ordre. Rien d’autre ne compte."),
    _("Plusieurs idées dans votre texte (un métier, une compétence, un mot) : chacune compte pour sa part."),
    _("À égalité : la date la plus proche, puis la fiche la plus ancienne du portail."),
    _("Les autres tris (date, distance, reste à charge, durée) ne regardent que cela ; l’inconnu vient en dernier."),
)


def near_points(km: np.ndarray) -> np.ndarray:
    """Points of the nearest offering of each course, by its kilometres; NaN: no place, or at a distance."""
    limits, points = zip(*NEAR_POINTS, strict=True)
    steps = np.array([*points, 0])[np.searchsorted(limits, np.nan_to_num(km, nan=0.0), side="left")]
    return np.where(np.isnan(km), NO_PLACE_POINTS, steps)


@dataclass(frozen=True)
class Ranked:
    """What orders a course: `rows` are places in `Packed.head`, `keys` per row, the first that differs decides."""

    rows: np.ndarray
    keys: tuple[np.ndarray, ...]

    def first(self, most: int) -> np.ndarray:
        """The first `most` rows, in order."""
        rows, keys = self.rows, self.keys
        if len(rows) > 4 * most and most:  # sort only those that can be among the first
            limit = np.partition(keys[0], most - 1)[most - 1]
            kept = keys[0] <= limit
            rows, keys = rows[kept], tuple(key[kept] for key in keys)
        return rows[np.lexsort(keys[::-1])[:most]]


def by_relevance(packed: Packed, rows: np.ndarray, text: np.ndarray, km: np.ndarray | None) -> Ranked:
    """`text`: points of the text for each row of `packed`; `km`: of the nearest offering, None without a home."""
    total = text[rows] + packed.points[rows]
    if km is not None:
        total = total + near_points(km[rows])
    return Ranked(rows, (-total, packed.next_starts[rows], packed.courses[rows]))


def by_offering(packed: Packed, rows: np.ndarray, values: np.ndarray, answering: np.ndarray) -> Ranked:
    """By the least of `values` among the offerings that answer; then the next start."""
    none = np.inf if values.dtype.kind == "f" else UNKNOWN
    least = least_of(values, packed.owners, answering, len(packed), none)
    if least.dtype.kind == "f":  # infinity is for what has no distance; whole metres, to compare like with like
        least = np.where(np.isfinite(least), np.round(least * 1_000), UNKNOWN)
    return Ranked(rows, (least[rows], packed.next_starts[rows], -packed.points[rows], packed.courses[rows]))


SORT_COLUMNS = {Sort.DATE: "offering_starts", Sort.COST: "offering_costs", Sort.DURATION: "offering_hours"}
