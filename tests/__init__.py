"""Tests mirror the floors; `house` tests the house itself, `journeys` cross the site in a browser."""
