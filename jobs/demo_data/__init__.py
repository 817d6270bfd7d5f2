"""The demonstration's employers and needs, all invented. No Django, no clock, no chance."""
