"""The training body behind a course: found by its SIRET or its NDA, else made as a stub to be completed."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from courses.importers.present import Towns
from courses.importers.records import ContactRecord, ProviderRecord
from courses.importers.rows import cut, identity
from courses.models import ImportSource, TrainingProvider
from courses.page_slug import page_slug
from portal.accounts.enums import OrganisationKind
from portal.accounts.models import Organisation, Tombstone
from portal.accounts.tombstones import Identifiers, likenesses


@dataclass
class Bodies:
    """Remembers each body it was asked for; a body already here is never rewritten by a feed."""

    towns: Towns
    source: ImportSource
    ids: dict[tuple[str, str], int | None] = field(default_factory=dict)
    made: list[TrainingProvider] = field(default_factory=list)
    struck: dict[tuple[str, str], bool] = field(default_factory=dict)

    def known(self, record: ProviderRecord) -> int | None:
        """Id of the body in the base, None when it is not there."""
        key = identity(record)
        if key not in self.ids:
            self.ids[key] = find(record)
        return self.ids[key]

    def known_or_made(self, record: ProviderRecord) -> int:
        """Id of the body, made from what the file says when it is not there; the record has a SIRET."""
        found = self.known(record)
        if found is None:
            body = self._make(record)
            self.made.append(body)
            found = self.ids[identity(record)] = body.pk
        return found

    def is_struck_off(self, record: ProviderRecord) -> bool:
        """Whether the Région struck this body off, or another establishment of the same legal person."""
        key = identity(record)
        if not self.may_be_struck:
            return False
        if key not in self.struck:
            known = self.known(record)
            recalled = likenesses(Identifiers(sirens=(record.siret,))) if record.siret else []
            self.struck[key] = bool(recalled) or (known is not None and known in struck_bodies())
        return self.struck[key]

    @cached_property
    def may_be_struck(self) -> bool:
        """Whether anybody is struck off at all: mostly nobody is, and then no body is looked at."""
        return bool(Tombstone.objects.standing().exists())

    def take_made(self) -> list[TrainingProvider]:
        """Bodies made since the last call."""
        made, self.made = self.made, []
        return made

    def _make(self, record: ProviderRecord) -> TrainingProvider:
        name = record.name or record.legal_name or record.siret
        organisation, _is_new = Organisation.objects.get_or_create(
            siret=record.siret, defaults={"name": record.legal_name or name, "kinds": [OrganisationKind.BODY.value]}
        )
        if OrganisationKind.BODY not in organisation.kinds:
            organisation.kinds = [*organisation.kinds, OrganisationKind.BODY.value]
            organisation.save(update_fields=["kinds"])
        where = site(record, self.towns)
        return TrainingProvider.objects.create(
            organisation=organisation,
            name=name,
            slug=page_slug(name, otherwise="organisme"),
            nda=free_nda(record.nda),
            presentation=cut(record.presentation, 3000),
            contact_said_by=self.source,
            contact_as_said=where["contact_email"],
            **where,
        )


def struck_bodies() -> frozenset[int]:
    """Ids of the bodies that the Région struck off."""
    standing = Tombstone.objects.standing()
    return frozenset(
        TrainingProvider.objects.filter(organisation__tombstones__in=standing).values_list("pk", flat=True)
    )


def find(record: ProviderRecord) -> int | None:
    """By SIRET, then by NDA: a body may declare its courses under another of its establishments."""
    providers = TrainingProvider.objects.values_list("pk", flat=True)
    if record.siret and (found := providers.filter(organisation__siret=record.siret).first()):
        return found
    return providers.filter(nda=record.nda).first() if record.nda else None


def free_nda(nda: str) -> str | None:
    """The NDA unless it is unknown or held by another body."""
    return None if not nda or TrainingProvider.objects.filter(nda=nda).exists() else nda


def site(record: ProviderRecord, towns: Towns) -> dict[str, Any]:
    """Where the body can be found and asked, from its coordinates completed by its contacts."""
    told = [record.coordinates, *record.contacts]
    place = next((contact.place for contact in told if contact.place is not None), None)
    return {
        "address": cut(", ".join(place.lines), 250) if place else "",
        "postcode": place.postcode if place and len(place.postcode) <= 5 else "",
        "commune_id": towns.of_place(place) if place else None,
        "website": first(told, "urls"),
        "phone": first(told, "phones")[:25],
        "contact_email": next((contact.mail for contact in told if contact.mail), ""),
        "disability_contact": next((name_of(contact) for contact in told if contact.kind_code == "1"), ""),
    }


def first(contacts: list[ContactRecord], name: str) -> str:
    return next((value for contact in contacts for value in getattr(contact, name)), "")


def name_of(contact: ContactRecord) -> str:
    return cut(" ".join(filter(None, (contact.first_name, contact.name))), 150)
