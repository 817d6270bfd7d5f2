"""What somebody wrote on the four pages, as the draft keeps it: values of JSON, read back as typed words."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from jobs.employers.register import Company

WHO, WHAT, HOW, COMMITMENT, SENDING = "qui", "quoi", "comment", "engagement", "envoi"
PAGES = (WHO, WHAT, HOW, COMMITMENT)
STEPS = (*PAGES, SENDING)


@dataclass(frozen=True)
class Wanted:
    """A skill of the need: code, importance, level 1 to 3."""

    code: str
    importance: str
    level: int


@dataclass(frozen=True)
class Target:
    """A job the title may mean: "p:<slug>" for a profile, "r:<ROME>" for an occupation."""

    key: str
    label: str
    why: str = ""

    @property
    def slug(self) -> str:
        return self.key[2:] if self.key.startswith("p:") else ""

    @property
    def rome(self) -> str:
        return self.key[2:] if self.key.startswith("r:") else ""


@dataclass(frozen=True)
class Who:
    company: Company
    name: str
    person: str
    email: str


@dataclass(frozen=True)
class What:
    """`target` is the key of the job that was chosen, "" for none of them; `proposals` those to choose from."""

    title: str
    description: str = ""
    level: int | None = None
    target: str = ""
    proposals: tuple[Target, ...] = ()
    skills: tuple[Wanted, ...] = ()
    is_done: bool = False

    @property
    def chosen(self) -> Target:
        return next((each for each in self.proposals if each.key == self.target), Target(self.target, ""))


@dataclass(frozen=True)
class How:
    """`insee` is empty where no place was given, `wished_on` an ISO day; salaries are gross, euros per year."""

    headcount: int
    contract: str
    insee: str = ""
    is_remote: bool | None = None
    wished_on: str = ""
    salary_min: int | None = None
    salary_max: int | None = None


@dataclass(frozen=True)
class Commitments:
    said: tuple[str, ...] = ()
    may_be_named: bool = False


@dataclass(frozen=True)
class Answers:
    who: Who | None = None
    what: What | None = None
    how: How | None = None
    commitment: Commitments | None = None

    @property
    def first_missing(self) -> str:
        """The first page that is not finished; the last one where all are."""
        if self.who is None:
            return WHO
        if self.what is None or not self.what.is_done:
            return WHAT
        if self.how is None:
            return HOW
        return SENDING if self.commitment is not None else COMMITMENT

    def may_open(self, step: str) -> bool:
        """Whether every page before this one is finished."""
        return STEPS.index(step) <= STEPS.index(self.first_missing)


def read_answers(said: Mapping[str, Any]) -> Answers:
    """The draft's JSON as answers; a page that an older version wrote otherwise is asked again."""
    return Answers(
        who=_page(said, WHO, lambda page: Who(**{**page, "company": Company(**page["company"])})),
        what=_page(said, WHAT, _what),
        how=_page(said, HOW, lambda page: How(**page)),
        commitment=_page(said, COMMITMENT, lambda page: Commitments(tuple(page["said"]), page["may_be_named"])),
    )


def _page(said: Mapping[str, Any], name: str, read: Callable[[dict[str, Any]], Any]) -> Any:
    try:
        return read(said[name]) if said.get(name) else None
    except (KeyError, TypeError):
        return None


def _what(said: dict[str, Any]) -> What:
    return What(
        **{
            **said,
            "proposals": tuple(Target(**each) for each in said["proposals"]),
            "skills": tuple(Wanted(**each) for each in said["skills"]),
        }
    )


def kept(page: Who | What | How | Commitments) -> dict[str, Any]:
    """A page as the draft keeps it."""
    return asdict(page)
