"""How well the portal understands: its answers to judged queries, from files, without a database."""
