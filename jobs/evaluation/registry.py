"""Every task by its name."""

from jobs.evaluation.profiles import Courses, Profiles
from jobs.evaluation.tasks import Certifications, Formacodes, Skills, Task, Titles

TASKS: dict[str, type[Task]] = {
    each.name: each for each in (Titles, Certifications, Skills, Formacodes, Profiles, Courses)
}
# those that speak of jobs may also be answered with the jobs of the sets
ABOUT_JOBS = (Profiles.name, Courses.name)
