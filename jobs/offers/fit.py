"""From the title of an offer to one of our profiles, with a confidence, or to none. Pure once its words are read.

A title that names a job is believed, the more so when the ROME code of the offer speaks of the same job; a title that
is only near a name, or shares words with it, needs that code. A text that names none of the job's skills is a doubt.
Under the floor none fits: most offers are of other trades.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from jobs.matching.vocabulary import EXACT, NEAR, SAID, ProfileVocabulary, Sign, jobs_meant
from portal.reference.wording import title_key

# out of 100
NAMED, SAID_IN_TITLE, NEAR_A_NAME, WORDS_IN_COMMON = 90, 80, 55, 35
SAME_ROME, OTHER_FIELD = 10, 30
# a text that names fewer of the profile's skills speaks of another trade of the same name
FEWEST_SKILLS, SILENT_TEXT = 2, 35
FLOOR = 60
BASE = {EXACT: NAMED, SAID: SAID_IN_TITLE, NEAR: NEAR_A_NAME}
# ROME domains where the jobs of data and AI are: elsewhere a title is believed less
FIELDS = ("M18", "M14", "H12", "K21", "K24", "E11", "I14", "M17")


@dataclass(frozen=True)
class Fit:
    slug: str
    confidence: int
    reason: str


class Fitter:
    """`profiles`: the words of each; `occupations`: slug → ROME codes that speak of it; `skills`: slug → its skills."""

    def __init__(
        self,
        profiles: Iterable[ProfileVocabulary],
        occupations: Mapping[str, Iterable[str]],
        skills: Mapping[str, Iterable[str]],
    ):
        self.profiles = tuple(profiles)
        self.occupations = {slug: frozenset(codes) for slug, codes in occupations.items()}
        self.skills = {slug: frozenset(codes) for slug, codes in skills.items()}

    def fit(self, title: str, name: str = "", rome_code: str = "", skills: Collection[str] | None = None) -> Fit | None:
        """The likeliest profile, of a `title` then of the source's own `name` of the job; None where none fits.

        `skills`: the codes that the offer's text names; None where there is no text to read.
        """
        found = [
            Fit(sign.slug, self._confidence(sign, rome_code, skills), ", ".join(sign.witnesses) or said)
            for said in dict.fromkeys(filter(None, (title, name)))
            for sign in jobs_meant(title_key(said), self.profiles)[:3]
        ]
        kept = [each for each in found if each.confidence >= FLOOR]
        return max(kept, key=lambda each: each.confidence, default=None)

    def _confidence(self, sign: Sign, rome_code: str, skills: Collection[str] | None) -> int:
        points = BASE.get(sign.reason, WORDS_IN_COMMON)
        if rome_code and rome_code in self.occupations.get(sign.slug, ()):
            points += SAME_ROME + (NEAR_A_NAME - WORDS_IN_COMMON if sign.reason not in BASE else 0)
        elif rome_code and not rome_code.startswith(FIELDS):
            points -= OTHER_FIELD
        if skills is not None and len(self.skills.get(sign.slug, frozenset()) & set(skills)) < FEWEST_SKILLS:
            points -= SILENT_TEXT
        return max(1, min(100, points))
