"""What the demonstration's organisations and accounts are made of. No Django, no clock, no chance."""
