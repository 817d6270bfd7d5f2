"""What a search is about, in one line."""

from django.utils.translation import gettext as _

from courses.search.question import CourseQuestion


def about(question: CourseQuestion) -> str:
    """ "python, Rodez"; empty when neither is asked."""
    return ", ".join(each for each in (question.text, question.home.name if question.home else "") if each)


def search_in_words(question: CourseQuestion) -> str:
    """ "Formations : python, Rodez"."""
    words = about(question)
    return _("Formations : %(about)s") % {"about": words} if words else _("Formations")
