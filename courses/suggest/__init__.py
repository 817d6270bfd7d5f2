"""Propose skills for a listing from its own words: pure, and only ever a proposal that a person may refuse."""

from courses.suggest.skills import RULE, Suggestion, Vocabulary, suggest_skills

__all__ = ["RULE", "Suggestion", "Vocabulary", "suggest_skills"]
