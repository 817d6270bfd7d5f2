"""Tests of the house: stores, launcher, commands."""
