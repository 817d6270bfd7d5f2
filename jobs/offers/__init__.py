"""Job offers of elsewhere, read for demand: what they ask, where and when. No contact, no text, no name is kept."""
