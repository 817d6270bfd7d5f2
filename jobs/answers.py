"""The answers of the orientation: cleaned values, and the address that holds them. Nothing else remembers them."""

import datetime
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from courses.enums import Audience
from jobs.matching.candidates import Here
from jobs.matching.recommendation import Request
from portal.reference.models import Commune, JobProfile, Occupation

REMOTE_YES, REMOTE_NO, REMOTE_ONLY = "oui", "non", "seulement"


@dataclass(frozen=True)
class Answers:
    """What a person said, cleaned; every value may be missing, and missing is never "no"."""

    goal_text: str = ""
    profile: JobProfile | None = None
    occupation: Occupation | None = None
    former_text: str = ""
    former: Occupation | None = None
    # (skill code, level 0..3); 0 is "not at all", said
    held: tuple[tuple[str, int], ...] = ()
    commune: Commune | None = None
    reach_km: int | None = None
    remote: str = REMOTE_YES
    starts_after: datetime.date | None = None
    starts_before: datetime.date | None = None
    level: int | None = None
    budget_euros: int | None = None
    audience: str = Audience.JOBSEEKER
    # of a path of several courses: its last day, its hours in all, its steps
    ends_by: datetime.date | None = None
    hours: int | None = None
    steps: int | None = None
    # a column of the answers, "" for points: a way to read them, kept by no project
    sort: str = ""
    # parameters that made no sense and were left out, with the sentence that says so
    problems: tuple[str, ...] = field(default=(), compare=False)

    @property
    def has_goal(self) -> bool:
        return self.profile is not None or self.occupation is not None

    @property
    def goal_name(self) -> str:
        if self.profile:
            return self.profile.name
        return self.occupation.label if self.occupation else ""

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address, in a fixed order, without those that say nothing."""
        said: list[tuple[str, object]] = [
            ("but", self.goal_text),
            ("metier", self.profile.slug if self.profile else ""),
            ("rome", self.occupation.code if self.occupation else ""),
            ("depuis", self.former_text),
            ("ancien", self.former.code if self.former else ""),
            *(("sais", f"{code}-{level}") for code, level in self.held),
            ("lieu", f"{self.commune.name} ({self.commune.insee})" if self.commune else ""),
            ("rayon", self.reach_km or ""),
            ("distance", self.remote if self.remote != REMOTE_YES else ""),
            ("apres", self.starts_after or ""),
            ("avant", self.starts_before or ""),
            ("niveau", "" if self.level is None else self.level),
            ("budget", "" if self.budget_euros is None else self.budget_euros),
            ("public", self.audience if self.audience != Audience.JOBSEEKER else ""),
            ("fin", self.ends_by or ""),
            ("heures", self.hours or ""),
            ("etapes", self.steps or ""),
            ("tri", self.sort),
        ]
        return [(name, str(value)) for name, value in said if value != ""]

    def query(self, **changes) -> str:
        """The address parameters of these answers with some of them changed."""
        return urlencode((replace(self, **changes) if changes else self).pairs())

    def kept(self) -> dict[str, list[str]]:
        """What a kept project remembers: chosen values only, no free text."""
        kept: dict[str, list[str]] = {}
        for name, value in self.pairs():
            if name not in ("but", "depuis", "tri"):
                kept.setdefault(name, []).append(value)
        return kept


def request_of(answers: Answers) -> Request:
    """The answers as codes and numbers: no free text goes further."""
    home = answers.commune
    here = None
    if home is not None and home.latitude is not None and home.longitude is not None:
        here = Here(home.latitude, home.longitude)
    return Request(
        profiles=(answers.profile.slug,) if answers.profile else (),
        occupations=(answers.occupation.code,) if answers.occupation else (),
        held=answers.held,
        here=here,
        reach_km=answers.reach_km,
        accepts_remote=answers.remote != REMOTE_NO,
        only_remote=answers.remote == REMOTE_ONLY,
        starts_after=answers.starts_after,
        starts_before=answers.starts_before,
        entry_level=answers.level,
        budget_cents=None if answers.budget_euros is None else answers.budget_euros * 100,
        audience=answers.audience,
        sort=answers.sort,
    )
