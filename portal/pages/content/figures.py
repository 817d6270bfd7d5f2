"""Key figures of AI in Occitanie, as published; each with its source and the day it was published."""

import datetime

from django.utils.translation import gettext_lazy as _

from portal.pages.content.sources import KeyFigure, Source

TOULEMPLOI = Source(
    "étude de la DREETS Occitanie (chiffres de 2023 et 2024), citée par Touléco Emploi",
    "https://www.toulemploi.fr/Occitanie-l-intelligence-artificielle-un-moteur-d-emplois-et-de,48033",
)
REGION = Source(
    "Région Occitanie, plan intelligence artificielle 2024-2028",
    "https://laregion.fr/Des-IA-de-confiance-et-responsables-en-Occitanie",
    datetime.date(2024, 7, 11),
)

KEY_FIGURES = (
    KeyFigure("≈ 300", _("établissements spécialisés en intelligence artificielle"), TOULEMPLOI),
    KeyFigure("5 385", _("emplois dans l'intelligence artificielle"), TOULEMPLOI),
    KeyFigure("257", _("cursus recensés fin 2024, du bac+2 au doctorat et en formation continue"), TOULEMPLOI),
    KeyFigure("60 M€", _("de plan régional, dont 9 M€ pour la formation"), REGION),
)
