"""How far the places of a snapshot are: pure."""

from collections.abc import Callable
from typing import Any

import numpy as np

from jobs.snapshot.arrays import Array, Arrays

EARTH_KM, DOUBT_KM = 6_371.0, 1e-6


class Places:
    """The places of a snapshot as points of a sphere: how far each is from somewhere."""

    def __init__(self, arrays: Arrays):
        self.latitude, self.longitude = arrays.latitude, arrays.longitude
        self.points = _on_the_sphere(np.radians(arrays.latitude), np.radians(arrays.longitude))

    def km_from(self, latitude: float, longitude: float, exact: Callable[[float, float], int]) -> Array:
        """Whole kilometres to each place; `exact` says them of one place, and is asked where rounding could go
        astray.
        """
        here = _on_the_sphere(np.radians(latitude), np.radians(longitude))
        half = sum((axis - mine) ** 2 for axis, mine in zip(self.points, here, strict=True)) / 4
        km = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
        whole = np.rint(km).astype(np.int32)
        for place in np.flatnonzero(np.abs(np.abs(km - whole) - 0.5) < DOUBT_KM).tolist():
            whole[place] = exact(float(self.latitude[place]), float(self.longitude[place]))
        return whole


def _on_the_sphere(latitude: Any, longitude: Any) -> tuple[Any, Any, Any]:
    flat = np.cos(latitude)
    return flat * np.cos(longitude), flat * np.sin(longitude), np.sin(latitude)
