"""The demonstration's courses: invented bodies and courses, in real towns. No Django, no clock, no chance."""
