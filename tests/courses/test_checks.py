"""What the texts of a course are flagged for, and what they are not."""

import pytest

from courses.checks import COPIED_PERCENT, copied_percent, shingles, text_problems
from courses.demo_data.catalogue import build_courses
from courses.models import Course, TrainingProvider
from courses.twins import COMPARED
from portal.accounts.models import Organisation
from tests import makers

LONG = (
    "À la fin, vous savez nettoyer un jeu de données, choisir un graphique, expliquer vos choix à une équipe et "
    "reconnaître ce qu'un tableau ne dit pas."
)


def kinds(title: str = "Python", **texts: str) -> list[str]:
    return [kind for kind, _detail in text_problems({"title": title, **texts})]


@pytest.mark.parametrize(
    "title",
    ["Python 06 12 34 56 78", "Python – 0612345678", "Appelez le +33 6.12.34.56.78", "0033 (0)612-345-678 IA"],
)
def test_a_telephone_in_the_title_is_flagged(title):
    assert kinds(title) == ["phone_in_title"]


@pytest.mark.parametrize("title", ["Écrire à jean@organisme.fr", "IA jean.petit (at) mon-organisme.fr"])
def test_an_address_in_the_title_is_flagged(title):
    assert kinds(title) == ["phone_in_title"]


@pytest.mark.parametrize(
    "title",
    [
        "RNCP 37827 – Data analyst",
        "Norme ISO 27001 2022, module 10 20 30",
        "Python 3.12",
        "Certification TOSA 2026 0123",
        "C@ : un langage",
        "SIRET 900 000 000 00012",
    ],
)
def test_numbers_of_a_title_are_no_telephone(title):
    assert kinds(title) == []


@pytest.mark.parametrize(
    "text",
    [
        "Formation 100 % financée par votre CPF",
        "100% gratuit",
        "Entièrement pris en charge !",
        "prise en charge intégralement",
        "Sans reste à charge",
        "zéro reste à payer",
        "Formez-vous sans débourser un euro",
        "100\N{NO-BREAK SPACE}% remboursé",
    ],
)
def test_promises_of_funding_are_flagged_wherever_they_stand(text):
    assert kinds(summary=text) == ["funding_claim"]
    assert kinds(text) == ["funding_claim"]


@pytest.mark.parametrize(
    "text",
    [
        "Une prise en charge est possible : parlez-en à votre conseiller.",
        "100 % à distance",
        "La Région finance cette formation pour les demandeurs d'emploi.",
        "Un atelier gratuit d'une heure",
        "80 % financé par l'OPCO",
    ],
)
def test_what_may_be_said_of_funding_is_not_flagged(text):
    assert kinds(summary=text) == []


SHEET = (
    f"{LONG}\nOn travaille sur des fichiers réels, apportés par les stagiaires. Chaque semaine finit par une "
    "restitution devant le groupe, sans diaporama. Le dernier jour, un employeur du bassin vient écouter les projets."
)


@pytest.mark.parametrize(
    "copy",
    [
        SHEET.upper(),
        f"Autre organisme. {SHEET} Et le matériel est prêté.",
        SHEET.replace("restitution", "présentation"),
        SHEET.replace("graphique", "diagramme").replace("bassin", "coin").replace("réels", "vrais"),
        " ".join(reversed(SHEET.replace("\n", " ").split(". "))),
    ],
    ids=["same", "more around", "a word", "three words", "sentences swapped"],
)
def test_a_copy_is_told(copy):
    assert copied_percent(SHEET, copy) >= COPIED_PERCENT


def test_two_texts_of_the_same_trade_are_no_copy():
    other = "À la fin, vous savez choisir un graphique et lire un tableau de bord, puis l'expliquer à une équipe."
    assert copied_percent(LONG, other) < COPIED_PERCENT
    assert copied_percent("Python pour débuter", "Python pour débuter") == 0, "too short to tell"


def test_few_listings_of_the_demonstration_look_copied():
    """The fictive bodies share the words of a trade: the moderators' queue must not be full of them."""
    told = [(each.provider, [getattr(each, name) for name in COMPARED]) for each in build_courses()]
    runs = [(body, shingles("\n".join(texts))) for body, texts in told]
    alike = [
        body
        for body, own in runs
        if any(who != body and 100 * len(own & its) >= COPIED_PERCENT * min(len(own), len(its)) for who, its in runs)
    ]
    assert 5 <= len(alike) <= 15


@pytest.mark.django_db
class TestCopies:
    @pytest.fixture
    def original(self) -> Course:
        return makers.make_course("Raconter avec des données", objective=LONG)

    @pytest.fixture
    def body(self) -> TrainingProvider:
        """Of another company: another SIREN than the one of all organisations of the tests."""
        organisation = Organisation.objects.create(siret="81234567800017", name="Ailleurs", kinds=["body"])
        return makers.make_provider("Ailleurs", organisation=organisation)

    def test_a_text_of_another_body_is_found_under_any_title(self, original, body):
        for title in ("Raconter avec les données", "Dataviz express"):
            copy = makers.make_course(title, provider=body, objective=f"{LONG} Places limitées.", published=False)
            ((kind, detail),) = copy.problems()
            assert kind == "near_duplicate"
            assert f"nº {original.pk}" in detail

    def test_the_words_of_a_trade_are_no_copy(self, body):
        """Same aim, word for word; each says in its own words what is learnt."""
        own = "Le lundi on code et le jeudi on relit. Chaque mois, un vigneron vient poser ses questions au groupe."
        theirs = (
            "Trois projets pour la mairie voisine : mesurer les trottoirs, compter les arbres, dessiner les ombres."
        )
        makers.make_course("Dataviz", objective=LONG, what_you_learn=own)
        course = makers.make_course("Dataviz", provider=body, objective=LONG, what_you_learn=theirs)
        assert course.problems() == []

    def test_ones_own_text_is_no_copy(self, original):
        for provider in (original.provider, makers.make_provider()):  # the second one: another site of the same SIREN
            assert makers.make_course("Raconter avec des données", objective=LONG, provider=provider).problems() == []

    def test_a_draft_is_no_original(self, original, body):
        copy = makers.make_course("Raconter avec des données", objective=LONG, provider=body)
        assert copy.problems() != []
        original.withdraw(by=None)
        assert copy.problems() == []

    def test_a_proposal_is_read_as_it_would_be(self, original, body):
        course = makers.make_course("Tout autre chose", objective="Rien de commun.", provider=body)
        assert course.problems() == []
        assert [kind for kind, _detail in course.problems({"objective": LONG})] == ["near_duplicate"]
        assert [kind for kind, _detail in course.problems({"title": "IA 06 12 34 56 78"})] == ["phone_in_title"]

    def test_it_reads_a_bounded_number_of_rows(self, original, body, django_assert_max_num_queries):
        for number in range(30):
            makers.make_course(f"Raconter avec des données {number}", objective=LONG, provider=body)
        course = Course.objects.select_related("provider__organisation").get(pk=original.pk)
        with django_assert_max_num_queries(2):
            assert course.problems()
