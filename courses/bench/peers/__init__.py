"""The other engines, each asked the same questions with the same words; an engine that is not installed says so."""
