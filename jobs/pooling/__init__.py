"""When needs of several employers make one: a documented rule, pure and the same on every machine."""
