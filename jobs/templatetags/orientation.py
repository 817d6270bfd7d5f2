"""What the page about the API shows of the orientation."""

from django import template

from courses.api.parameters import Parameter
from jobs.parameters import orientation_parameters

register = template.Library()


@register.simple_tag
def parameters_of_orientation() -> list[Parameter]:
    """The parameters of the recommendations and of the paths, each once."""
    return orientation_parameters()
