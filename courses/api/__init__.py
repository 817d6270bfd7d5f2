"""The public API: the answers of the search and the facts of a course, as JSON, for whoever builds on them."""
