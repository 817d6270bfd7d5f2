"""What search reads: one document per published course, and what is kept beside it.

No Python writes a document. Triggers (courses/migrations/0003) follow the models in the transaction of every edit,
whoever makes it; `courses.search.documents` rebuilds, checks, turns the day and renders the cards.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from courses.models.course import Course


class SearchState(models.Model):
    """One row: the civil day the documents are of, and a mark that changes with every word or place."""

    day = models.DateField(_("jour des documents"))
    words = models.UUIDField(_("version des mots et des lieux"))

    class Meta:
        verbose_name = _("état de la recherche")
        verbose_name_plural = _("état de la recherche")

    def __str__(self):
        return str(self.day)


class SearchDocument(models.Model):
    """A course as search sees it on `SearchState.day`. Packed columns are read by `courses.search.packed`."""

    course = models.OneToOneField(
        Course, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="document"
    )
    # its choices, those of its offerings, where they are: one bit each, or one for several départements or places
    course_choices = models.IntegerField()
    offering_choices = models.BigIntegerField()
    departments = models.IntegerField()
    cells = models.BigIntegerField()
    # words (title A, skills and jobs B, objectives C, rest D) and labels
    vector = SearchVectorField()
    # "parameter=value" of every choice that finds this course
    labels = ArrayField(models.TextField())
    # id, choices of the course, points, numbers of offerings, profiles and marks, next start
    head = models.BinaryField()
    profiles = models.BinaryField()
    # the words of the title and of the names, and where each stands; skills by level, jobs by what is given of them
    marks = models.BinaryField()
    # per offering: choices and département, commune, latest start, costs by audience, hours
    offering_bits = models.BinaryField()
    offering_communes = models.BinaryField()
    offering_starts = models.BinaryField()
    offering_costs = models.BinaryField()
    offering_hours = models.BinaryField()
    # what the order by relevance gives a course whatever is asked (demand, freshness, next start, completeness)
    points = models.SmallIntegerField()
    next_start = models.DateField(null=True)
    # the first day on which the document changes by itself; NULL: never
    changes_on = models.DateField(null=True)
    # what cards, exports and the API say
    facts = models.JSONField()

    class Meta:
        verbose_name = _("document de recherche")
        verbose_name_plural = _("documents de recherche")
        indexes = [
            # no pending list: a read never waits for what writes left behind
            GinIndex(fields=["vector"], name="document_vector", fastupdate=False),
            models.Index(F("points").desc(), F("next_start").asc(nulls_last=True), "course", name="document_points"),
            models.Index(F("next_start").asc(nulls_last=True), F("points").desc(), "course", name="document_start"),
            models.Index(fields=["changes_on"], name="document_changes"),
        ]

    def __str__(self):
        return str(self.course_id)


class SearchCard(models.Model):
    """The card of a document, rendered once, in pieces. It goes when the facts change, and is rendered again.

    A table of its own: rendering a card must not move the row that the index of words points to.
    """

    document = models.OneToOneField(
        SearchDocument,
        models.DO_NOTHING,
        primary_key=True,
        db_column="course_id",
        db_constraint=False,
        related_name="card",
    )
    # of the templates that made it
    version = models.CharField(max_length=12)
    # the pieces, a mark between them: text travels faster than an array of texts full of quotes
    html = models.TextField()

    class Meta:
        verbose_name = _("carte de formation")
        verbose_name_plural = _("cartes de formation")

    def __str__(self):
        return str(self.document_id)


class SearchCountQuerySet(models.QuerySet):
    def fold(self) -> None:
        """Make one row of the many that count a label; nothing is written where each has one."""
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH many AS (SELECT label FROM courses_searchcount GROUP BY label "
                "HAVING count(*) > 1 OR sum(courses) = 0), gone AS (DELETE FROM courses_searchcount "
                "WHERE label IN (SELECT label FROM many) RETURNING label, courses) "
                "INSERT INTO courses_searchcount (label, courses) "
                "SELECT label, sum(courses) FROM gone GROUP BY label HAVING sum(courses) <> 0"
            )


class SearchCount(models.Model):
    """How many courses carry a label: rows are added by every edit and summed; `fold` makes one of each."""

    label = models.TextField()
    courses = models.IntegerField()

    objects = SearchCountQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["label"], include=["courses"], name="search_count_label")]

    def __str__(self):
        return f"{self.label} {self.courses:+d}"


class SearchWord(models.Model):
    """A word of the catalogue's titles, names and summaries, without accents: what typos are corrected against."""

    word = models.TextField(primary_key=True)
    # what the text search makes of it
    lexeme = models.TextField(db_index=True)
    # courses that had it at the last count
    courses = models.IntegerField(default=1)

    class Meta:
        indexes = [
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="search_word_trgm"),
            models.Index(OpClass("word", name="text_pattern_ops"), "courses", name="search_word_prefix"),
        ]

    def __str__(self):
        return self.word


class SearchDailyCount(models.Model):
    """How often a choice was asked on one Paris day, and found nothing. No text, no address, no visitor."""

    day = models.DateField(_("jour"))
    # both empty: all searches
    facet = models.CharField(_("critère"), max_length=30, blank=True)
    value = models.CharField(_("valeur"), max_length=80, blank=True)
    searches = models.PositiveIntegerField(_("recherches"), default=0)
    without_answer = models.PositiveIntegerField(_("sans réponse"), default=0)

    class Meta:
        ordering = ["-day", "facet", "value"]
        verbose_name = _("recherches du jour")
        verbose_name_plural = _("recherches du jour")
        constraints = [models.UniqueConstraint(fields=["day", "facet", "value"], name="search_count_once_a_day")]

    def __str__(self):
        return f"{self.day} {self.facet}={self.value}"
