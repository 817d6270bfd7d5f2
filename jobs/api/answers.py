"""The orientation as the API answers it: the questions, the engine and the sentences of its pages."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.api.answers import demonstration, form_warnings, stranger_warnings, warning
from courses.api.present import absolute, validities_of
from courses.forms import MOST_PLACES, ForgivingForm, place_text
from courses.search.cards import facts_of
from courses.search.lexicon import current
from courses.search.question import LAST_PAGE
from jobs import replay
from jobs.answers import Answers, request_of
from jobs.api import present
from jobs.families import by_family
from jobs.forms import OrientationForm
from jobs.gap import gap_of
from jobs.heard import also_said, with_heard
from jobs.matching.facts import Answer
from jobs.matching.goals import Heard, understand
from jobs.matching.recommendation import recommend
from jobs.parameters import BESIDE, OF_PATHS, OF_RECOMMENDATIONS, PAGE_SIZE, PageForm, SentenceForm, kept
from jobs.path_answers import PathsFound, find_paths
from jobs.path_words import bound_in_words, relaxations_in_words
from jobs.snapshot.ranking import MOST_NAMED
from portal.reference.models import JobProfile
from portal.web.clock import today

Warnings = Iterator[dict[str, Any]]


def jobs_data(parameters: MultiValueDict) -> dict[str, Any]:
    """What free words may mean; the jobs shown when nothing was said, or nothing near enough."""
    form = SentenceForm(parameters)
    text = form.cleaned_data["q"] if form.errors is not None else ""
    heard = understand(text, day=today()) if text else None
    base = with_heard(Answers(), heard) if heard else Answers()
    goals = heard.goals if heard else ()
    families = [] if goals else by_family(JobProfile.objects.shown())
    warnings = [
        *form_warnings(form),
        *stranger_warnings(set(parameters) - set(form.fields)),
        *_unsure(heard),
    ]
    return {
        **demonstration(),
        "avertissements": warnings,
        "propositions": [present.proposal(found, _onward(base, **found.target())) for found in goals],
        "compris": [
            {"parametre": told.name, "valeur": told.value, "phrase": told.sentence} for told in also_said(base)
        ],
        "metiers": [present.job(profile, family) for family, rows in families for profile in rows],
    }


def _onward(answers: Answers, **goal: Any) -> str:
    """The recommendations towards a job, with all that was understood besides."""
    return f"{absolute('jobs:api_recommendations')}?{answers.query(**goal)}"


def _unsure(heard: Heard | None) -> Warnings:
    """No job that is near enough, or a town among several."""
    if heard is None:
        return
    if not heard.goals:
        said = _("Nous n’avons pas reconnu de métier dans cette phrase : choisissez dans « metiers ».")
        yield warning(said, "q")
    if len(heard.communes) > 1:
        towns = heard.communes[:MOST_PLACES]
        proposals = [
            {"parametre": "lieu", "valeur": place_text(town, towns), "intitule": town.full_name} for town in towns
        ]
        yield warning(_("Plusieurs communes répondent à ce nom : choisissez la vôtre."), "q", proposals)


class _Asked:
    """What an address asks of the orientation, read by the form of the pages."""

    own: tuple[str, ...]

    def __init__(self, parameters: MultiValueDict, *forms: ForgivingForm):
        names = (*self.own, *BESIDE)
        self.given = kept(parameters, names)
        self.form = OrientationForm(self.given)
        self.form.is_valid()
        self.forms = forms
        self.answers = replace(self.form.answers(), goal_text="", former_text="", former=None, problems=())
        self.strangers = set(parameters) - set(names) - {name for form in forms for name in form.fields}

    def misread(self) -> Warnings:
        """What was not understood, parameter by parameter; what has no effect here is not spoken of."""
        yield from (each for each in form_warnings(self.form) if each["parametre"] in self.own)
        yield from form_warnings(*self.forms)
        yield from stranger_warnings(self.strangers)
        if "sais" not in self.form.errors and self._has_unknown_skills():
            yield warning(_("Une compétence de cette adresse n’existe pas : elle n’est pas comptée."), "sais")
        home = self.answers.commune
        if home is not None and request_of(self.answers).here is None:
            said = _("Nous ne connaissons pas la position de cette commune : la distance n’est pas comptée.")
            yield warning(said, "lieu")

    def _has_unknown_skills(self) -> bool:
        """The form keeps the skills that exist; whether it was given others."""
        known = {code for code, _level in self.answers.held}
        return any(raw.rpartition("-")[0] not in known for raw in self.given.getlist("sais") if raw)


class RecommendationAsked(_Asked):
    """Ranked courses for one request, a page at a time."""

    own = OF_RECOMMENDATIONS

    def __init__(self, parameters: MultiValueDict):
        pages = PageForm(parameters)
        self.number: int = pages.cleaned_data["page"] if pages.errors is not None else 1
        super().__init__(parameters, pages)

    def data(self) -> dict[str, Any]:
        """What the page of results holds; and its line in the log, which makes it again."""
        answers, asked = self.answers, request_of(self.answers)
        found = recommend(asked, day=today())
        ranking = found.ranking
        total = len(ranking.answers)
        pages = Paginator(range(min(total, LAST_PAGE * PAGE_SIZE)), PAGE_SIZE)
        page = pages.get_page(self.number)
        first = max(0, page.start_index() - 1)
        shown = list(ranking.answers[first : page.end_index()])
        replay.write(found, asked, shown, first)
        return {
            **demonstration(),
            "total": total,
            "page": page.number,
            "pages": pages.num_pages,
            "suivante": self._page_url(page.number + 1, pages.num_pages),
            "precedente": self._page_url(page.number - 1, pages.num_pages),
            "avertissements": [*self.misread(), *self._notes(total, pages.count, page.number)],
            "but": present.goal(answers),
            "points_maximum": present.POINTS_MAX,
            "ecart": present.gap(gap_of(found.seeker, ranking, found.goal.levels), found.seeker.held_levels),
            "resultats": _courses(shown),
            "ecartees": {
                "total": len(ranking.excluded),
                "motifs": [present.exclusion(reason, count) for reason, count in ranking.exclusion_counts],
                "formations": [present.excluded(left) for left in ranking.excluded[:MOST_NAMED]],
            },
        }

    def _page_url(self, number: int, last: int) -> str | None:
        if not 1 <= number <= last:
            return None
        pairs = [*self.answers.pairs(), *([("page", str(number))] if number > 1 else [])]
        return absolute("jobs:api_recommendations") + (f"?{urlencode(pairs)}" if pairs else "")

    def _notes(self, total: int, reachable: int, page: int) -> Warnings:
        if not self.answers.has_goal:
            said = _("Sans but choisi, les formations sont classées par lieu, date et coût seulement.")
            yield warning(said, "metier")
        if self.number > page:
            yield warning(_("Cette page n’existe pas : voici la dernière."))
        if total > reachable:
            said = _("Seules les %(n)d premières sont montrées : ajoutez un critère pour voir les autres.")
            yield warning(said % {"n": reachable})


def _courses(shown: Iterable[Answer]) -> list[dict[str, Any]]:
    """The courses of one page; one that was withdrawn a moment ago is not among them."""
    found = list(shown)
    facts, lexicon, day = facts_of(answer.course.pk for answer in found), current().lexicon, today()
    validities = validities_of(facts.values(), day)
    return [
        present.recommended(answer, facts[answer.course.pk], lexicon, validities, day)
        for answer in found
        if answer.course.pk in facts
    ]


class PathsAsked(_Asked):
    """Paths of several courses towards a job."""

    own = OF_PATHS

    def data(self) -> dict[str, Any]:
        found = find_paths(self.answers, day=today()) if self.answers.has_goal else None
        return {
            **demonstration(),
            "avertissements": [*self.misread(), *self._notes(found)],
            "but": present.goal(self.answers),
            **(present.no_paths() if found is None else self._told(found)),
        }

    def _told(self, found: PathsFound) -> dict[str, Any]:
        answers, asked = found.answers, found.asked
        sentences = relaxations_in_words(found.relaxations, answers.coverage, answers.wanted)
        loosened = zip(found.relaxations, sentences, strict=True)
        return {
            "parcours": present.paths(asked, answers),
            "prouve": answers.is_proven,
            "mieux_au_plus_pourcent": answers.percent_more_at_most,
            "sessions_utiles": answers.usable,
            "limites": [present.relaxation(each, said, answers.wanted) for each, said in loosened],
            "laissees": {
                "sans_date": asked.undated,
                "diplome_trop_haut": asked.too_high,
                "sessions_trop_nombreuses": asked.is_cut,
            },
        }

    def _notes(self, found: PathsFound | None) -> Warnings:
        if found is None:
            yield warning(_("Un parcours mène à un métier : choisissez-en un."), "metier")
            return
        if found.asks_nothing:
            yield warning(_("Nous ne savons pas quelles compétences ce métier demande."), "metier")
        elif found.has_all:
            yield warning(_("Vous avez déjà toutes les compétences attendues."), "sais")
        elif found.answers.best is None:
            yield warning(_("Aucune suite de formations ne tient dans vos limites."))
        bound = bound_in_words(found.answers)
        if bound:
            yield warning(bound)
        if self.answers.starts_before:
            said = _(
                "Votre date de début au plus tard classe les formations une à une ; un parcours se règle par sa fin."
            )
            yield warning(said, "avant")
        yield from self._left(found)

    def _left(self, found: PathsFound) -> Warnings:
        undated, high = found.asked.undated, found.asked.too_high
        if undated:
            said = ngettext(
                "%(n)d formation utile n’a pas de session dont le début et la fin sont connus : elle ne peut pas "
                "entrer dans un parcours.",
                "%(n)d formations utiles n’ont pas de session dont le début et la fin sont connus : elles ne peuvent "
                "pas entrer dans un parcours.",
                undated,
            )
            yield warning(said % {"n": undated})
        if high:
            said = ngettext(
                "%(n)d formation demande un diplôme plus élevé que le vôtre.",
                "%(n)d formations demandent un diplôme plus élevé que le vôtre.",
                high,
            )
            yield warning(said % {"n": high})
        if found.asked.is_cut:
            yield warning(_("Les sessions étaient trop nombreuses : celles qui apportent le plus ont été gardées."))
