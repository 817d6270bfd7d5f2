"""Qualiopi certificates follow the public list, with its source and its date: nobody types them in."""

from collections import Counter

from django.db import transaction

from courses.enums import QualiopiCategory
from courses.models import QualiopiCertificate, TrainingProvider
from portal.reference.models import ListedBody

# the columns of the list, by category
COLUMNS = {
    QualiopiCategory.TRAINING: "does_training",
    QualiopiCategory.SKILLS_REVIEW: "does_skills_review",
    QualiopiCategory.VAE: "does_vae",
    QualiopiCategory.APPRENTICESHIP: "does_apprenticeship",
}
Key = tuple[int, str]


@transaction.atomic
def renew_certificates() -> Counter[str]:
    """Bring the certificates to what the list says today; {"new", "changed", "same", "gone"}.

    A body is found by its activity number, else by its SIRET. A category that the list does not tell, or a body that it
    no longer holds, has no certificate. Without any list nothing is touched: nobody said anything.
    """
    counts: Counter[str] = Counter()
    if not ListedBody.objects.exists():
        return counts
    said = _said()
    lost = []
    for held in QualiopiCertificate.objects.select_for_update().order_by("pk"):
        now = said.pop((held.provider_id, held.category), None)
        if now is None:
            lost.append(held.pk)
        elif (held.source, held.checked_on) == (now.source, now.listed_on):
            counts["same"] += 1
        else:
            held.source, held.checked_on = now.source, now.listed_on
            held.save(update_fields=["source", "checked_on"])
            counts["changed"] += 1
    QualiopiCertificate.objects.filter(pk__in=lost).delete()
    QualiopiCertificate.objects.bulk_create(
        QualiopiCertificate(provider_id=pk, category=category, source=body.source, checked_on=body.listed_on)
        for (pk, category), body in said.items()
    )
    return counts + Counter(new=len(said), gone=len(lost))


def _said() -> dict[Key, ListedBody]:
    """The line of the list behind each certificate that should be."""
    lines = list(ListedBody.objects.present())
    by_nda = {body.nda: body for body in lines}
    by_siret = {body.siret: body for body in lines if body.siret}
    said = {}
    for pk, nda, siret in TrainingProvider.objects.order_by().values_list("pk", "nda", "organisation__siret"):
        body = by_nda.get(nda or "") or by_siret.get(siret)
        for category, column in COLUMNS.items():
            if body is not None and getattr(body, column):
                said[pk, category.value] = body
    return said
