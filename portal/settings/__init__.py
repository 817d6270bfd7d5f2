"""One module per place where Camins runs: dev, demo, test, prod; base holds what they share."""
