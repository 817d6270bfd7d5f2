"""The sheet of one course (fiche): read once, then shown as facts, sections, sessions, costs and structured data."""
