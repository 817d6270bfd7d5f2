"""Places of the generated catalogue: the thirteen départements, and as many communes as each really has."""

from dataclasses import dataclass

import numpy as np

from courses.bench.words import name_words


@dataclass(frozen=True)
class Area:
    """A département: its number of communes, its share of the courses, and the ellipse it fills, in WGS84 degrees."""

    code: str
    name: str
    communes: int
    share: float
    latitude: float
    longitude: float
    high: float
    wide: float


AREAS = (
    Area("09", "Ariège", 325, 0.02, 42.92, 1.50, 0.28, 0.55),
    Area("11", "Aude", 433, 0.06, 43.10, 2.41, 0.30, 0.65),
    Area("12", "Aveyron", 285, 0.04, 44.28, 2.68, 0.50, 0.60),
    Area("30", "Gard", 350, 0.12, 43.96, 4.18, 0.45, 0.55),
    Area("31", "Haute-Garonne", 586, 0.28, 43.36, 1.17, 0.50, 0.60),
    Area("32", "Gers", 461, 0.02, 43.69, 0.45, 0.30, 0.60),
    Area("34", "Hérault", 342, 0.22, 43.58, 3.37, 0.35, 0.70),
    Area("46", "Lot", 312, 0.02, 44.62, 1.60, 0.35, 0.50),
    Area("48", "Lozère", 152, 0.01, 44.52, 3.50, 0.40, 0.45),
    Area("65", "Hautes-Pyrénées", 469, 0.04, 43.05, 0.16, 0.45, 0.35),
    Area("66", "Pyrénées-Orientales", 226, 0.08, 42.60, 2.52, 0.25, 0.65),
    Area("81", "Tarn", 314, 0.06, 43.79, 2.17, 0.35, 0.50),
    Area("82", "Tarn-et-Garonne", 195, 0.03, 44.09, 1.28, 0.30, 0.40),
)


@dataclass(frozen=True)
class Town:
    """A commune; `area` is its place in AREAS. The first of an area is its largest town."""

    insee: str
    name: str
    area: int
    latitude: float
    longitude: float
    population: int


def towns(seed: int) -> list[Town]:
    """All the communes, area by area, largest first; the same for the same seed."""
    draw = np.random.default_rng([seed, 7])
    words = name_words(4_000)
    made = []
    for place, area in enumerate(AREAS):
        # even over the ellipse: the square root keeps the middle from filling up
        reach, turn = np.sqrt(draw.random(area.communes)), draw.random(area.communes) * 2 * np.pi
        latitudes = (area.latitude + area.high * reach * np.sin(turn)).round(4)
        longitudes = (area.longitude + area.wide * reach * np.cos(turn)).round(4)
        largest = 500_000 * area.share / 0.28
        for number in range(area.communes):
            name = f"{words[(place * 301 + number) % len(words)]}-{words[(number * 7 + place) % len(words)]}".title()
            population = max(30, int(largest / (number + 1) ** 1.1))
            made.append(
                Town(
                    f"{area.code}{number + 1:03d}",
                    name,
                    place,
                    float(latitudes[number]),
                    float(longitudes[number]),
                    population,
                )
            )
    return made
