"""What the benchmark asks: distinct questions drawn from the catalogue itself, so that each has answers.

Words are drawn from texts, never from names of jobs, skills or places, and never from phrases that the portal reads
past ("formation pour..."): every engine is asked for the same words.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from courses.bench.catalogue import DAY, SEED, Course
from courses.bench.facts import Facts
from courses.bench.places import AREAS
from courses.bench.words import AI_WORDS, BROAD, COMMON, DOMAINS, FORMATION, GLUE
from courses.search.question import CourseQuestion, Home
from portal.reference.wording import fold_gender, normalise, plain
from portal.reference.words.synonyms import GROUPS

SYNONYMS = {plain(phrase) for group in GROUPS for phrase in group}
RADIUS_KM = 30
LETTERS = "abcdefghilmnoprstu"
BEGINNING_LETTERS = 3
MOST_BROAD = 20


class Asker:
    """Draws questions; the same for the same facts."""

    def __init__(self, facts: Facts, count: int):
        self.facts, self.count = facts, count
        sample = random.Random(SEED)
        # ten times as many as asked: some have no usable words
        wanted = set(sample.sample(range(facts.catalogue.rows), min(facts.catalogue.rows, count * 10)))
        self.courses = [
            course
            for number, course in enumerate(facts.catalogue.courses())
            if number in wanted and course.is_published and course.modality
        ]
        sample.shuffle(self.courses)
        meant = {word for course in self.courses for text in course.texts for word in words_of(text)}
        self.domain_words = {word for domain in DOMAINS for word in domain}
        said = {*meant, *COMMON, *AI_WORDS, *BROAD[2].split(), FORMATION}
        facts.analyse(said | {fold_gender(plain(word)) for word in said})
        # what the names of places and of bodies ("Centre ...") say is found by the portal too
        said_by_names = [*(area.name for area in AREAS), "Centre"]
        facts.analyse(said_by_names)
        self.kept_for_names = {lexeme for name in said_by_names for lexeme in facts.analysis[name]}

    def usable(self, word: str) -> bool:
        """A word that says something, of texts only, and read as it stands by the portal.

        The portal looks for both genders of a word, for its synonyms, and past "formation" beside another word.
        """
        lexemes, other = self.facts.analysis[word], self.facts.analysis[fold_gender(plain(word))]
        if len(lexemes) != 1 or lexemes[0] in self.kept_for_names or word == FORMATION or plain(word) in SYNONYMS:
            return False
        return other == lexemes or not any(lexeme in self.facts.postings for lexeme in other)

    def text(self, draw: random.Random, course: Course) -> str:
        """One word of the course's domain and up to two others, all in its text; empty if it has none."""
        meant = [word for text in course.texts for word in words_of(text) if self.usable(word)]
        topical = [word for word in meant if word in self.domain_words]
        if not topical:
            return ""
        chosen = list(dict.fromkeys([draw.choice(topical), *draw.choices(meant, k=draw.randint(0, 2))]))
        text = " ".join(chosen)
        return text if normalise(text) == plain(text) else ""

    def _distinct(self, draw_one: Callable[[random.Random, Course], CourseQuestion | None], name: str):
        draw = random.Random(f"{SEED} {name}")
        made: dict[CourseQuestion, None] = {}
        for course in self._again_and_again():
            question = draw_one(draw, course)
            if question is not None:
                made[question] = None
            if len(made) == self.count:
                return list(made)
        return list(made)

    def _again_and_again(self) -> Iterator[Course]:
        for _turn in range(50):
            yield from self.courses

    # --- the parts

    def texts(self) -> list[CourseQuestion]:
        """Text alone."""

        def one(draw: random.Random, course: Course) -> CourseQuestion | None:
            text = self.text(draw, course)
            return CourseQuestion(day=DAY, text=text) if text else None

        return self._distinct(one, "text")

    def searches(self) -> list[CourseQuestion]:
        """Text, département, modality and funding."""

        def one(draw: random.Random, course: Course) -> CourseQuestion | None:
            text = self.text(draw, course)
            towns = [each.town for each in course.offerings if each.town is not None]
            if not text or not towns or not course.fundings:
                return None
            area = AREAS[self.facts.catalogue.towns[towns[0]].area]
            return CourseQuestion(
                day=DAY,
                text=text,
                departments=(area.code,),
                modalities=(course.modality or "",),
                fundings=(draw.choice(course.fundings),),
            )

        return self._distinct(one, "search")

    def near(self) -> list[CourseQuestion]:
        """Text, 30 km around a town, modality and funding."""

        def one(draw: random.Random, course: Course) -> CourseQuestion | None:
            text = self.text(draw, course)
            towns = [each.town for each in course.offerings if each.town is not None]
            if not text or not towns or not course.fundings:
                return None
            town = self.facts.catalogue.towns[draw.choice(towns)]
            home = Home(town.insee, town.name, AREAS[town.area].code, town.latitude, town.longitude)
            return CourseQuestion(
                day=DAY,
                text=text,
                home=home,
                radius_km=RADIUS_KM,
                modalities=(course.modality or "",),
                fundings=(draw.choice(course.fundings),),
            )

        return self._distinct(one, "geo")

    def broad(self) -> list[CourseQuestion]:
        """The commonest words, each alone."""
        common = sorted(
            (word for word in COMMON if self.usable(word) and normalise(word) == plain(word)), key=self._rows
        )
        return [CourseQuestion(day=DAY, text=text) for text in (*BROAD, *reversed(common))][:MOST_BROAD]

    def _rows(self, word: str) -> int:
        return len(self.facts.postings.get(self.facts.analysis[word][0], ()))

    def browses(self) -> list[CourseQuestion]:
        """The whole catalogue, page after page."""
        pages = min(10, max(1, len(self.facts) // 20))
        return [CourseQuestion(day=DAY, page=page) for page in range(1, pages + 1)]

    def typos(self) -> list[tuple[CourseQuestion, CourseQuestion]]:
        """(as it was meant, with one slip in its longest word): the slip says nothing that the catalogue knows."""
        draw = random.Random(f"{SEED} typo")
        made = []
        for question in self.searches():
            words = question.text.split()
            longest = max(range(len(words)), key=lambda place: len(words[place]))
            for _attempt in range(20):
                slipped = slip(draw, plain(words[longest]))
                self.facts.analyse([slipped])
                lexemes = self.facts.analysis[slipped]
                if len(lexemes) == 1 and lexemes[0] not in self.facts.postings:
                    text = " ".join([*words[:longest], slipped, *words[longest + 1 :]])
                    made.append((question, replace(question, text=text)))
                    break
        return made

    def beginnings(self) -> list[str]:
        """The first letters of words, as somebody types them."""
        draw = random.Random(f"{SEED} prefix")
        made: dict[str, None] = {}
        for course in self._again_and_again():
            word = plain(draw.choice(words_of(course.texts[0])))
            if len(word) > BEGINNING_LETTERS and word.isalpha():
                made[word[: draw.randint(BEGINNING_LETTERS, min(5, len(word) - 1))]] = None
            if len(made) == self.count:
                break
        return list(made)


def words_of(text: str) -> list[str]:
    """The words of a generated text that are not glue, without the capital and the full stop."""
    return [word for word in text.rstrip(".").lower().split() if word not in GLUE]


def slip(draw: random.Random, word: str) -> str:
    """`word` with one letter changed, left out, doubled up or swapped, past its first letter."""
    place = draw.randint(1, max(1, len(word) - 2))
    kind = draw.randrange(4)
    letter = draw.choice(LETTERS)
    if kind == 0:
        return word[:place] + letter + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place + 1 :]
    if kind == 2:
        return word[:place] + letter + word[place:]
    return word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]
