"""The benchmark: the portal's search and pages against other engines, on a catalogue of its own, in the same run.

`manage.py bench` (docs/performance.md). Nothing here is used by the portal itself.
"""
