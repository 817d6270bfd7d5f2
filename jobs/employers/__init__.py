"""Employers: from what somebody writes to a need that agents read, and what the portal gives back at once."""
