"""The catalogue as arrays: what a recommendation is computed from when there are many courses, or many people."""
