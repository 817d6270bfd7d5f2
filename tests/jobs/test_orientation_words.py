"""What the results say in few words: the gap and its picture, the best reasons, what was asked. Pure, or nearly."""

import datetime

import pytest

from courses.enums import Audience
from jobs.answers import REMOTE_ONLY, Answers
from jobs.families import by_family, family_name
from jobs.gap import GAINED, HELD, LEFT, PARTLY, TAUGHT, UNTAUGHT, gap_of, step_of
from jobs.highlights import highlights
from jobs.matching.engine import assess, rank
from jobs.matching.facts import CourseFacts, Link, SeekerFacts, SkillNeed, Taught
from jobs.request_words import asked_in_words
from jobs.templatetags.skills import skill_cell, skill_cells, skill_level
from portal.reference.models import Commune, Department, JobProfile, Occupation

DAY = datetime.date(2027, 1, 15)
NEEDS = (
    SkillNeed("python", "Python", 2, 3),
    SkillNeed("sql", "SQL", 2, 3),
    SkillNeed("rgpd", "RGPD", 1, 1),
)


def seeker(**said) -> SeekerFacts:
    return SeekerFacts(needs=NEEDS, day=DAY, **said)


def course(*taught: Taught, **known) -> CourseFacts:
    return CourseFacts(pk=1, title="Formation", teaches=taught, **known)


PYTHON = Taught("python", "Python", 0, 2)
A_BIT_OF_SQL = Taught("sql", "SQL", 0, 1)


def words(asked: SeekerFacts, offered: CourseFacts):
    answer = assess(asked, offered)
    return highlights(answer, step_of(answer))


# --- the gap


def test_each_skill_of_the_goal_is_held_or_brought_or_brought_by_no_answer():
    asked = seeker(held=(("rgpd", 1),))
    gap = gap_of(asked, rank(asked, [course(PYTHON)], week="2027-W02"))
    assert [(line.label, line.state, line.courses) for line in gap.lines] == [
        ("Python", TAUGHT, 1),
        ("SQL", UNTAUGHT, 0),
        ("RGPD", HELD, 0),
    ]
    assert gap.cells == [HELD, TAUGHT, UNTAUGHT]
    assert [line.is_essential for line in gap.lines] == [True, True, False]
    assert len(gap.missing) == 2


def test_a_missing_level_is_told_in_words_where_somebody_wrote_them():
    asked = seeker(held=(("python", 1), ("rgpd", 1)))
    levels = {"python": ("Lit.", "Écrit.", "Enseigne."), "rgpd": ("Cite.", "Applique.", "Conseille."), "sql": ()}
    gap = gap_of(asked, rank(asked, [], week="2027-W02"), levels)
    assert {line.label: line.sentence for line in gap.lines} == {"Python": "Écrit.", "SQL": "", "RGPD": ""}
    assert {line.sentence for line in gap_of(asked, rank(asked, [], week="2027-W02")).lines} == {""}


def test_a_level_below_the_one_wanted_is_still_missing():
    asked = seeker(held=(("python", 1), ("sql", 3)))
    (python, _rgpd) = gap_of(asked, rank(asked, [], week="2027-W02")).missing
    assert (python.label, python.held, python.wanted) == ("Python", 1, 2)


def test_a_course_gains_skills_wholly_or_partly_and_leaves_the_rest():
    step = step_of(assess(seeker(), course(PYTHON, A_BIT_OF_SQL)))
    assert (step.gained, step.partly, step.left) == (("Python",), ("SQL",), ("RGPD",))
    assert step.cells == [GAINED, PARTLY, LEFT]
    assert step.missing_count == 3


def test_the_picture_has_one_square_per_skill_and_no_inline_style():
    drawn = skill_cells([HELD, TAUGHT, UNTAUGHT])
    assert drawn.count("<rect ") == 3
    assert [f"cell-{state}" in drawn for state in (HELD, TAUGHT, UNTAUGHT, LEFT)] == [True, True, True, False]
    assert 'aria-hidden="true"' in drawn
    assert "style" not in drawn
    assert skill_cell(HELD) == skill_cells([HELD])
    assert [skill_level(level) for level in range(4)] == ["pas encore", "notions", "pratique", "maîtrise"]


# --- the best reasons


def test_three_reasons_at_most_what_it_teaches_first_and_a_mere_title_last():
    known = {"cost_cents": 0, "starts_on": DAY, "start_precision": "day", "is_remote": True, "title_match": 60}
    said = words(seeker(has_place=True), course(PYTHON, demand=12, **known))
    assert said.best == ("Couvre 1 de vos 3 compétences manquantes", "À distance", "Commence : 15\u00a0janvier 2027")
    little = words(seeker(has_place=True), course(Taught("rgpd", "RGPD", 0, 1), is_remote=True))
    assert little.best == ("Couvre 1 de vos 3 compétences manquantes", "À distance")
    alone = words(seeker(), course(title_match=60, cost_cents=0))
    assert alone.best == ("0\u00a0€ à votre charge", "Son intitulé ressemble au métier")


@pytest.mark.parametrize(
    ("held", "taught", "sentence"),
    [
        ((), (A_BIT_OF_SQL,), "Fait progresser 1 de vos 3 compétences manquantes"),
        ((("python", 2), ("sql", 2)), (Taught("rgpd", "RGPD", 0, 1),), "Couvre votre seule compétence manquante"),
        ((("sql", 2),), (PYTHON, Taught("rgpd", "RGPD", 0, 1)), "Couvre vos 2 compétences manquantes"),
    ],
)
def test_how_much_of_the_gap_a_course_covers(held, taught, sentence):
    assert words(seeker(held=held), course(*taught)).best[0] == sentence


@pytest.mark.parametrize(
    ("offered", "sentence"),
    [
        ({"distance_km": 0}, "Dans votre commune"),
        ({"distance_km": 59}, "À 59\u00a0km"),
        ({"is_remote": True}, "À distance"),
    ],
)
def test_where_it_takes_place(offered, sentence):
    assert sentence in words(seeker(has_place=True), course(**offered)).best


def test_the_body_s_word_is_told_apart_from_a_mere_code():
    asked = seeker(targets=frozenset({("profile", "data"), ("rome", "M1405")}))
    assert "Mène à ce métier, dit l’organisme" in words(asked, course(links=(Link("profile", "data"),))).best
    assert "Classée sous ce métier" in words(asked, course(links=(Link("rome", "M1405"),))).best


def test_what_does_not_suit_is_never_mixed_with_what_nobody_told():
    asked = seeker(has_place=True, entry_level=4, held=(("python", 0),))
    offered = course(
        Taught("python", "Python", 1, 2),
        Taught("maths", "Statistiques", 1, 2),
        distance_km=250,
        entry_level=7,
        entry_is_mandatory=False,
    )
    said = words(asked, offered)
    assert said.unmet == ("à 250\u00a0km", "demande à l’entrée : Python", "diplôme conseillé : bac\u00a0+\u00a05")
    assert said.unknown == ("la date de début", "le reste à votre charge", "les compétences demandées à l’entrée")


def test_a_late_start_and_a_high_price_are_told():
    said = words(seeker(), course(starts_on=DAY.replace(year=2029), start_precision="day", cost_cents=900_000))
    assert said.unmet == ("commence : 15\u00a0janvier 2029", "9\u00a0000\u00a0€ à votre charge")


# --- what was asked


def test_nothing_said_is_told_as_nothing_said():
    goal, known, limits = asked_in_words(Answers())
    assert goal.said == ("Aucun métier choisi",)
    assert known.said == ("Aucune compétence déclarée",)
    assert limits.said == ("Demandeur d'emploi",)


def test_every_answer_is_told_in_words():
    town = Commune(insee="12202", name="Rodez", department=Department(code="12", name="Aveyron"))
    goal, known, limits = asked_in_words(
        Answers(
            profile=JobProfile(slug="data-analyst", name="Data analyst"),
            former=Occupation(code="M1203", label="Comptable"),
            held=(("python", 0), ("sql", 2)),
            commune=town,
            reach_km=30,
            remote=REMOTE_ONLY,
            starts_after=DAY,
            starts_before=DAY.replace(month=9),
            level=4,
            budget_euros=0,
            audience=Audience.EMPLOYEE,
        )
    )
    assert goal.said == ("Data analyst",)
    assert known.said == ("Métier d’aujourd’hui : Comptable", "1 compétence déclarée")
    assert limits.said == (
        "Rodez (Aveyron), à 30\u00a0km au plus",
        "Salarié",
        "À distance seulement",
        "Début à partir du 15\u00a0janvier 2027",
        "Début au plus tard le 15\u00a0septembre 2027",
        "Diplôme : niveau 4 (bac)",
        "0\u00a0€ au plus de ma poche",
    )
    assert [line.step for line in (goal, known, limits)] == [1, 2, 3]


# --- families


def test_families_come_in_the_order_of_the_words_with_new_ones_last():
    rows = [
        JobProfile(name=name, family=family)
        for name, family in (("Z", "p-modeles"), ("B", "p-donnees"), ("Nouveau", "inventée"), ("A", "p-donnees"))
    ]
    found = [(name, [row.name for row in rows]) for name, rows in by_family(rows)]
    assert found == [
        ("Travailler les données", ["A", "B"]),
        ("Construire et faire tourner des modèles", ["Z"]),
        ("inventée", ["Nouveau"]),
    ]
    assert family_name("") == "Autres métiers"
