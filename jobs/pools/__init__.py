"""Pooled needs in the database: the nightly rule, the steps of agents, who is told, what they cost and close."""
