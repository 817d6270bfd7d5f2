"""Distances as the crow flies between the centres of communes, in kilometres, in SQL and in Python alike."""

import math

from django.db.models import F, FloatField, Value
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

EARTH_RADIUS_KM = 6_371.0


def km_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance in kilometres between two points in WGS84 degrees (haversine)."""
    here, there = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((there - here) / 2) ** 2
    half += math.cos(here) * math.cos(there) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def km_from(latitude: float, longitude: float, commune: str = "commune"):
    """SQL expression: kilometres from a point to the commune at the end of the relation `commune`; NULL if unknown."""
    other_latitude, other_longitude = F(f"{commune}__latitude"), F(f"{commune}__longitude")
    half_latitude = Sin(Radians(other_latitude - Value(latitude)) / Value(2.0))
    half_longitude = Sin(Radians(other_longitude - Value(longitude)) / Value(2.0))
    half = Power(half_latitude, Value(2.0)) + Cos(Radians(other_latitude)) * Value(
        math.cos(math.radians(latitude))
    ) * Power(half_longitude, Value(2.0))
    root = Sqrt(Least(Value(1.0), half, output_field=FloatField()))
    return ASin(root, output_field=FloatField()) * Value(2 * EARTH_RADIUS_KM)
