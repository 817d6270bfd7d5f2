"""Offers brought into the base: read, fitted to a profile, duplicates merged; a second load changes nothing."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.suggest import Vocabulary, suggest_skills
from jobs.matching.goals import profile_vocabulary
from jobs.models import ImportedOffer
from jobs.models.offer import OfferSource
from jobs.offers.files import rows_of
from jobs.offers.fit import Fitter
from jobs.offers.records import OfferFault, OfferRecord, record_of
from portal.reference.loaders.report import Report
from portal.reference.models import (
    Commune,
    Department,
    FormerCommune,
    Occupation,
    ProfileOccupation,
    ProfileSkill,
    Skill,
)

BATCH = 1_000
WRITTEN = (
    *("number", "other_numbers", "fingerprint", "title", "rome_code", "occupation", "profile", "confidence"),
    *("fit_reason", "commune", "department", "department_code", "contract", "headcount", "posted_on", "updated_on"),
    "lacks_candidates",
)
LONGEST_REASON = 200


class _Known:
    """What the base knows, read once."""

    def __init__(self) -> None:
        self.profiles, words = profile_vocabulary()
        occupations, skills = defaultdict(set), defaultdict(set)
        for slug, code in ProfileOccupation.objects.values_list("profile__slug", "occupation__code"):
            occupations[slug].add(code)
        for slug, code in ProfileSkill.objects.values_list("profile__slug", "skill__code"):
            skills[slug].add(code)
        self.fitter = Fitter(words, occupations, skills)
        own = list(Skill.objects.own_words().filter(is_obsolete=False).prefetch_related("aliases"))
        self.skill_ids = {skill.code: skill.pk for skill in own}
        self.vocabulary = Vocabulary.of(
            {skill.code: (skill.label, *(alias.label for alias in skill.aliases.all())) for skill in own}
        )
        self.occupations = dict(Occupation.objects.values_list("code", "pk"))
        self.departments = set(Department.objects.values_list("code", flat=True))
        self.communes = set(Commune.objects.values_list("insee", flat=True))
        self.former = dict(FormerCommune.objects.values_list("insee", "commune"))

    def skills_of(self, record: OfferRecord) -> list[str]:
        return [found.code for found in suggest_skills(record.text, self.vocabulary)]


@transaction.atomic
def load_offers(content: bytes, name: str, *, day: datetime.date, report: Report | None = None) -> Report:
    """Bring the offers of a file into the base; those that fit no profile are kept too, and counted as such.

    Raises FileRefused where the file is neither the API's JSON nor its CSV: nothing is loaded then.
    """
    report = report or Report()
    records = _read(content, name, report)
    known = _Known()
    thing = report.thing(_("offres"))
    held = _Held(ImportedOffer.objects.filter(source=OfferSource.FRANCE_TRAVAIL).select_for_update())
    skills: dict[str, list[str]] = {}
    for record in records:
        asked = known.skills_of(record)
        offer = held.take(record)
        before = {field: getattr(offer, field) for field in held.columns}
        _write(offer, record, asked, known)
        held.note(offer, before, thing, day)
        skills[offer.number] = asked if offer.profile_id else []
    held.save()
    thing.retired = held.merged
    _say_skills(skills, known.skill_ids)
    fitted = sum(1 for offer in held.seen.values() if offer.profile_id)
    report.note(_("Offres avec un profil : %(n)d.") % {"n": fitted})
    report.note(_("Offres dont aucun profil ne convient : %(n)d.") % {"n": len(held.seen) - fitted})
    report.note(_("Doublons fondus dans une autre offre : %(n)d.") % {"n": held.merged})
    outside = sum(1 for offer in held.seen.values() if offer.department_code and not offer.department_id)
    report.note(_("Offres hors d’Occitanie, gardées sans compter dans la demande : %(n)d.") % {"n": outside})
    return report


def _read(content: bytes, name: str, report: Report) -> list[OfferRecord]:
    """The records of a file, each fault told with its line."""
    source = report.source(name)
    records = []
    for line, row in rows_of(content, name):
        source.read += 1
        try:
            records.append(record_of(row))
        except OfferFault as fault:
            source.refuse(line, str(fault))
    return records


class _Held:
    """The offers of the base by number and by what they say; `seen` are those of this file, by their number."""

    columns = (
        *("number", "fingerprint", "title", "rome_code", "occupation_id", "profile_id", "confidence", "fit_reason"),
        *("commune_id", "department_id", "department_code", "contract", "headcount", "posted_on", "updated_on"),
        "lacks_candidates",
    )

    def __init__(self, offers: Iterable[ImportedOffer]):
        self.by_number: dict[str, ImportedOffer] = {}
        self.by_saying: dict[str, ImportedOffer] = {}
        for offer in offers:
            self.by_number.update(dict.fromkeys((offer.number, *offer.other_numbers), offer))
            self.by_saying[offer.fingerprint] = offer
        self.seen: dict[str, ImportedOffer] = {}
        self.gone: list[ImportedOffer] = []
        self.merged = 0

    def take(self, record: OfferRecord) -> ImportedOffer:
        """The row of this offer, or of another that says the same, or a new one."""
        same, mine = self.by_saying.get(record.fingerprint), self.by_number.get(record.number)
        if same is None:
            offer = mine or ImportedOffer(source=OfferSource.FRANCE_TRAVAIL, number=record.number)
        else:
            offer = same
            if mine is not None and mine is not same:  # it now says what another says
                self._merge(mine, same)
            elif mine is None:
                same.other_numbers = sorted({*same.other_numbers, record.number})
                self.merged += 1
        self.by_saying.pop(offer.fingerprint, None)
        self.by_saying[record.fingerprint] = self.by_number[record.number] = offer
        return offer

    def _merge(self, dropped: ImportedOffer, kept: ImportedOffer) -> None:
        numbers = {dropped.number, *dropped.other_numbers}
        kept.other_numbers = sorted({*kept.other_numbers, *numbers})
        self.by_number.update(dict.fromkeys(numbers, kept))
        self.by_saying.pop(dropped.fingerprint, None)
        self.seen.pop(dropped.number, None)
        self.gone.append(dropped)
        self.merged += 1

    def note(self, offer: ImportedOffer, before: Mapping[str, Any], thing: Any, day: datetime.date) -> None:
        is_first = offer.number not in self.seen
        if is_first and offer.pk is None:
            thing.created += 1
        elif is_first and before != {name: getattr(offer, name) for name in self.columns}:
            thing.changed += 1
        elif is_first:
            thing.same += 1
        offer.seen_on = day
        self.seen[offer.number] = offer

    def save(self) -> None:
        ImportedOffer.objects.filter(pk__in=[each.pk for each in self.gone if each.pk]).delete()
        ImportedOffer.objects.bulk_create([each for each in self.seen.values() if each.pk is None], batch_size=BATCH)
        old = [each for each in self.seen.values() if each.pk is not None]
        ImportedOffer.objects.bulk_update(old, [*WRITTEN, "seen_on"], batch_size=BATCH)


def _write(offer: ImportedOffer, record: OfferRecord, asked: Sequence[str], known: _Known) -> None:
    """What the record says, on the row; the number of the row stays the first that it was known by."""
    fit = known.fitter.fit(record.title, record.name, record.rome_code, asked)
    commune = known.former.get(record.commune, record.commune)
    offer.fingerprint, offer.title, offer.rome_code = record.fingerprint, record.title, record.rome_code
    offer.occupation_id = known.occupations.get(record.rome_code)
    offer.profile_id = known.profiles[fit.slug].pk if fit else None
    offer.confidence, offer.fit_reason = (fit.confidence, fit.reason[:LONGEST_REASON]) if fit else (None, "")
    offer.commune_id = commune if commune in known.communes else None
    offer.department_id = record.department if record.department in known.departments else None
    offer.department_code = record.department
    offer.contract, offer.headcount = record.contract, record.headcount
    offer.posted_on, offer.updated_on = record.posted_on, record.updated_on
    offer.lacks_candidates = record.lacks_candidates


def _say_skills(skills: Mapping[str, Sequence[str]], ids: Mapping[str, int]) -> None:
    numbers = dict(ImportedOffer.objects.filter(number__in=skills).values_list("number", "pk"))
    through = ImportedOffer.skills.through
    through.objects.filter(importedoffer__in=numbers.values()).delete()
    rows = [
        through(importedoffer_id=numbers[number], skill_id=ids[code])
        for number, codes in skills.items()
        for code in codes
    ]
    through.objects.bulk_create(rows, batch_size=BATCH)
