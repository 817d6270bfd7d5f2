"""What a search is about, in one line."""

from django.utils.translation import gettext as _

from courses.search.question import CourseQuestion


def search_in_words(question: CourseQuestion) -> str:
    """ "Formations : python, Rodez"."""
    about = [question.text, question.home.name if question.home else ""]
    words = ", ".join(each for each in about if each)
    return _("Formations : %(about)s") % {"about": words} if words else _("Formations")
