"""What the benchmark measures of this floor: recommendations for one person, for many, and paths, on invented questions
drawn from a fixed seed.

Registered with `courses.bench.extras` when the floor starts; run by `manage.py bench --part recommend,batch,path`.
"""
