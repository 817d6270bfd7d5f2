"""What software sends with its key, and what it is told of it: the one door of the API that writes."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, UnreadablePostError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException

from courses.enums import RunState
from courses.importers import doors
from courses.importers.table_file import MAX_BYTES
from courses.models import FeedToken, ImportRun, StagingRow

PIECE = 65_536
MOST_FAULTS = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"text/csv": "csv", XLSX: "xlsx", "application/xml": "xml", "text/xml": "xml"}
COUNTS = {
    "lues": "read",
    "nouvelles": "new",
    "brouillons": "draft",
    "modifiees": "changed",
    "inchangees": "same",
    "absentes": "gone",
    "ecartees": "left_out",
    "en_faute": "refused",
}


class Refused(APIException):
    """An answer that is no run: a status and its sentence."""

    def __init__(self, status: int, sentence: str):
        super().__init__(sentence)
        self.status_code = status
        if status == 401:
            self.auth_header = "Bearer"


class PushForm(forms.Form):
    """What comes beside the file: its name, whether it holds the whole offer, the sender's name for this sending."""

    nom = forms.RegexField(
        r"(?i)\A[^\\/]*\.(csv|xlsx|xml)\Z",
        label=gettext_lazy("nom"),
        max_length=255,
        required=False,
        error_messages={"invalid": gettext_lazy("écrivez un nom de fichier en .csv, .xlsx ou .xml.")},
    )
    toute_offre = forms.ChoiceField(
        label=gettext_lazy("toute_offre"),
        choices=[("0", gettext_lazy("non")), ("1", gettext_lazy("oui"))],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("écrivez 1 ou 0.")},
    )
    cle = forms.RegexField(
        r"\A[\x21-\x7e]{1,80}\Z",
        label="Idempotency-Key",
        required=False,
        strip=False,
        error_messages={"invalid": gettext_lazy("écrivez de 1 à 80 lettres sans accent, chiffres ou signes.")},
    )


def bearer(request: HttpRequest) -> FeedToken:
    """The key of a request. Raises Refused, which says nothing of what exists."""
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    token = doors.token_of(secret.strip()) if scheme.lower() == "bearer" and secret.strip() else None
    if token is None:
        raise Refused(401, _("Clé absente, inconnue ou révoquée : envoyez « Authorization: Bearer » et votre clé."))
    return token


def told(request: HttpRequest) -> dict[str, Any]:
    """The words beside the file, as values. Raises Refused."""
    sent: dict[str, Any] = {name: request.GET[name] for name in ("nom", "toute_offre") if name in request.GET}
    if "Idempotency-Key" in request.headers:
        # an empty one names nothing: said rather than ignored
        sent["cle"] = request.headers["Idempotency-Key"] or " "
    form = PushForm(sent)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise Refused(400, f"{form.fields[name].label} : {errors[0]}")
    return form.cleaned_data


def name_for(request: HttpRequest, name: str) -> str:
    """The name of the file: as it is told, else after the type of its content. Raises Refused."""
    kind = FORMATS.get(request.content_type or "")
    if not name and kind is None:
        raise Refused(
            415,
            _("Format inconnu : envoyez le fichier avec « Content-Type: text/csv » ou application/xml, ou avec ?nom=."),
        )
    if (request.content_type or "").startswith("multipart/"):
        raise Refused(415, _("Envoyez le fichier seul, comme corps de la requête, et non un formulaire."))
    return name or f"envoi.{kind}"


def pieces(request: HttpRequest) -> Iterator[bytes]:
    """The body, a piece at a time. Raises Refused on one that is cut, empty, or says that it is too big."""
    length = request.headers.get("Content-Length", "")
    if length.isascii() and length.isdecimal() and (len(length) > 12 or int(length) > MAX_BYTES):
        most = _("Le fichier dépasse %(most)d Mo : envoyez-le en plusieurs morceaux.")
        raise Refused(413, most % {"most": MAX_BYTES // 1024 // 1024})
    is_empty = True
    try:
        while piece := request.read(PIECE):
            is_empty = False
            yield piece
    except UnreadablePostError as cut:
        raise Refused(400, _("L'envoi a été coupé : recommencez, avec la même clé d'envoi.")) from cut
    if is_empty:
        raise Refused(400, _("Le corps de la requête est vide : mettez-y le fichier, avec sa longueur."))


def run_of(token: FeedToken, number: int) -> ImportRun | None:
    """An import of the body whose key it is; None for any other."""
    own = ImportRun.objects.of(token.source.organisation).filter(is_by_member=True)
    return own.filter(pk=number).first()


def run_data(run: ImportRun) -> dict[str, Any]:
    faults, more = faults_of(run)
    return {
        "id": run.pk,
        "etat": run.state,
        "libelle": RunState(run.state).label,
        "phrase": sentence(run),
        "a_faire": run.state in (RunState.TO_MAP, RunState.TO_MEND, RunState.PLANNED),
        "page": settings.CAMINS_SITE_URL + reverse("organisme:courses_importrun_change", args=[run.pk]),
        "api": settings.CAMINS_SITE_URL + reverse("courses:api_import", args=[run.pk]),
        "fichier": run.file_name,
        "empreinte": run.sha256,
        "format": run.dialect or None,
        "recu_le": run.started_at,
        "termine_le": run.ended_at,
        "decompte": {name: run.counts.get(key) for name, key in COUNTS.items()},
        "anomalies": faults,
        "anomalies_non_dites": more,
    }


def sentence(run: ImportRun) -> str:
    """Where the import is, and what to do."""
    match run.state:
        case RunState.TO_MAP:
            return _("Des colonnes ne sont pas reconnues : une personne doit dire lesquelles, dans votre espace.")
        case RunState.TO_MEND:
            return _("Des lignes sont en faute : rien n'est changé. Une personne doit les corriger ou les écarter.")
        case RunState.PLANNED:
            return _("L'import est prêt, et attend qu'une personne l'applique.")
        case RunState.APPLIED:
            return _("L'import est appliqué.")
        case RunState.REFUSED | RunState.FAILED:
            return run.refusal or _("L'import s'est arrêté : rien n'est changé.")
        case RunState.UNDONE | RunState.DROPPED:
            return run.refusal or _("Une personne a arrêté ou annulé cet import.")
    return _("Le fichier est reçu : le travail continue. Redemandez dans une minute.")


def faults_of(run: ImportRun) -> tuple[list[dict[str, Any]], int]:
    """The faults of the rows, in their order, and how many more there are."""
    rows = StagingRow.objects.filter(run=run, is_left_out=False).exclude(faults=[]).order_by("rank")
    kept: list[dict[str, Any]] = []
    count = 0
    for faults in rows.values_list("faults", flat=True).iterator(chunk_size=500):
        count += len(faults)
        kept += faults[: MOST_FAULTS - len(kept)]
    said = [
        {
            "ligne": each["line"],
            "champ": each["field"] or None,
            "gravite": each["severity"],
            "phrase": each["message"],
            "valeur": each["value"] or None,
        }
        for each in kept
    ]
    return said, count - len(kept)
