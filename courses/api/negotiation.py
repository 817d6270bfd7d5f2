"""Which format an answer has."""

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation


class Always(DefaultContentNegotiation):
    """One format whatever is accepted: nobody is refused for a header of their browser."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class Preferred(DefaultContentNegotiation):
    """What is accepted if we have it, otherwise what we have."""

    def select_renderer(self, request, renderers, format_suffix=None):
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            return renderers[0], renderers[0].media_type
