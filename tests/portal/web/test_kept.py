"""Parts of pages that are rendered once and filled in."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation


class Counted:
    """A value that tells how often it was read."""

    def __init__(self) -> None:
        self.read = 0

    def __str__(self) -> str:
        self.read += 1
        return "lu"


def render(template: Template, **values: object) -> str:
    return template.render(Context(values))


def test_a_part_is_rendered_once_for_each_of_its_versions():
    template, body = Template("{% load kept %}{% keep sort %}<p>{{ body }} {{ sort }}</p>{% endkeep %}"), Counted()
    shown = [render(template, sort=sort, body=body) for sort in ("a", "b", "a", "b", "a")]
    assert shown == [f"<p>lu {sort}</p>" for sort in ("a", "b", "a", "b", "a")]
    assert body.read == 2


def test_a_named_value_is_written_anew_each_time_and_escaped():
    template = Template(
        '{% load kept %}{% keep url=address n=total %}<a href="{{ url }}">{{ n }} {{ url }}</a>{% endkeep %}'
    )
    assert render(template, address="?a=1&b=2", total=3) == '<a href="?a=1&amp;b=2">3 ?a=1&amp;b=2</a>'
    assert render(template, address='"><script>', total=0) == (
        '<a href="&quot;&gt;&lt;script&gt;">0 &quot;&gt;&lt;script&gt;</a>'
    )
    assert render(template, address=None, total=None) == '<a href=""> </a>'


def test_a_value_may_hold_the_signs_that_stand_for_values():
    template = Template("{% load kept %}{% keep name a=one b=two %}{{ name }}:{{ a }}-{{ b }}{% endkeep %}")
    mark, other = chr(0xE020), chr(0xE021)
    assert render(template, name="x", one=other, two=mark) == f"x:{other}-{mark}"
    assert render(template, name=f"{mark}!", one="1", two="2") == "1!:1-2"


def test_a_part_is_another_in_another_language():
    template = Template("{% load kept i18n %}{% keep %}{% get_current_language as here %}{{ here }}{% endkeep %}")
    for language in ("fr", "en", "fr"):
        with translation.override(language):
            assert render(template) == language


def test_versions_do_not_pile_up():
    template = Template("{% load kept %}{% keep n %}{{ n }}{% endkeep %}")
    assert [render(template, n=n) for n in range(1_000)] == [str(n) for n in range(1_000)]
    (node,) = (node for node in template.nodelist if hasattr(node, "kept"))
    assert len(node.kept) <= 300


def test_a_version_comes_before_the_named_values():
    with pytest.raises(TemplateSyntaxError, match="after a named value"):
        Template("{% load kept %}{% keep a=one two %}{% endkeep %}")
