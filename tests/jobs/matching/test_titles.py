"""What the title of a course says of a goal: names, words that few jobs say, and never the shape of a course."""

import pytest

from jobs.matching.facts import TITLE_MOST
from jobs.matching.titles import FLOOR, GoalWords, TitleWords, telling
from jobs.matching.vocabulary import meaning
from portal.reference.wording import title_key

ANALYST = GoalWords(
    "analyst",
    tuple(map(title_key, ("Data analyst", "analyste de données", "chargé d'études statistiques"))),
    needed=tuple(map(title_key, ("SQL", "Tableaux de bord", "Statistiques"))),
    welcome=tuple(map(title_key, ("Python",))),
)
VISION = GoalWords(
    "vision",
    tuple(map(title_key, ("Ingénieur vision par ordinateur", "computer vision engineer"))),
    needed=tuple(map(title_key, ("Traitement d'images", "Python"))),
)
JOBS = TitleWords([ANALYST, VISION])


def points(title: str, *slugs: str, names: tuple[str, ...] = ()) -> int:
    return JOBS.titles(slugs or ("analyst",), map(title_key, names)).points(title_key(title))


def test_a_title_that_says_the_name_has_more_than_one_that_says_a_word_of_it():
    assert points("Devenir data analyst") > points("Statistiques appliquées") >= FLOOR > points("Poterie") == 0


@pytest.mark.parametrize(
    "title", ["Ingénieur en bois", "Bachelor ingénieur technicien", "Master mention chimie", "", "🙂"]
)
def test_the_shape_of_a_course_or_of_a_post_is_no_sign(title: str):
    assert points(title, "vision") == 0
    assert telling(meaning(title_key("Ingénieur diplômé, titre professionnel"))) == ()


def test_synonyms_are_one():
    assert points("Science de l'image : computer vision", "vision") == points(
        "Science de l'image : vision artificielle", "vision"
    )


def test_a_word_that_one_job_says_counts_more_than_a_word_that_two_say():
    shared = TitleWords([VISION, GoalWords("other", ("autre chose",), needed=("python",))])
    assert JOBS.titles(["vision"]).said(("python",)) == 2 * shared.titles(["vision"]).said(("python",))


def test_a_welcome_skill_counts_for_a_third():
    titles = JOBS.titles(["analyst"])
    assert 3 * titles.said(("python",)) == JOBS.titles(["vision"]).said(("python",))


def test_two_goals_answer_with_the_better_one():
    both = points("Traitement d'images", "analyst", "vision")
    assert both == points("Traitement d'images", "vision") > points("Traitement d'images")


def test_the_name_of_an_occupation_is_read_as_well():
    assert points("Devenir conservateur de musée", names=("Conservateur de musée",)) >= FLOOR
    assert points("Devenir conservateur de musée") == 0


def test_no_title_has_more_than_the_most():
    everything = " ".join((*ANALYST.names, *ANALYST.needed, *ANALYST.welcome))
    assert FLOOR <= points(everything) <= TITLE_MOST
    assert points("data analyst") <= TITLE_MOST


def test_a_look_alike_says_nothing():
    assert points("Gestion de randonnées") == 0
