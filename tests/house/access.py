"""The declared rights of the portal: every address × who knocks × how → what comes. Read by test_access_matrix.py.

Nothing here is computed from the code it judges: a new address, screen or right must be written down by hand.
"""

from dataclasses import dataclass, field

from tests.house import rows

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
VISITOR = ("visitor",)
# members of training bodies with a second factor: two that write and one that reads in one body, one in another
BODY = ("body_manager", "body_editor", "body_reader")
OWN_SPACE = (*BODY, "other_body")
# members of employers with a second factor: a manager and a reader of one, a manager of another
EMPLOYER = ("employer_manager", "employer_reader")
OWN_EMPLOYER = (*EMPLOYER, "other_employer")
STRANGERS = (*OWN_SPACE, "body_without_mfa", "employer", *OWN_EMPLOYER, "leaver")
AGENTS = ("importer", "moderator", "region_manager", "superuser")
# methods that no page has are refused before it is asked who knocks, and HEAD is a GET whose answer is cut by the
# server: tried by a visitor and by whoever may most
LIKE_OTHERS = ("HEAD", "PUT", "PATCH", "DELETE")
TRY_ALL = ("visitor", "body_manager", "superuser")
IDENTITIES = (*VISITOR, *STRANGERS, "agent_without_mfa", *AGENTS)


@dataclass(frozen=True)
class Rule:
    """`read` answers GET and HEAD, `write` POST, `other` the rest: an outcome, or outcomes by identity ("*": others).

    `target` names which object is meant where the address speaks of one; "form" means a page or a redirect.
    """

    name: str
    read: str | dict[str, str] = "method"
    write: str | dict[str, str] = "method"
    other: str | dict[str, str] = "method"
    target: str = ""
    data: dict[str, str] = field(default_factory=dict)

    def expected(self, identity: str, method: str) -> str:
        said = self.read if method in ("GET", "HEAD") else self.write if method == "POST" else self.other
        return said if isinstance(said, str) else said[identity if identity in said else "*"]


def by(outcome: str, identities: tuple[str, ...], others: str | dict[str, str]) -> dict[str, str]:
    """`outcome` for these identities, `others` for the rest."""
    rest = {"*": others} if isinstance(others, str) else others
    return {**rest, **dict.fromkeys(identities, outcome)}


# --- pages for everybody -------------------------------------------------------------------------------------------
LETTER = {
    "name": "Marie Essai",
    "email": "marie@essai.example",
    "message": "Bonjour, cette formation est-elle ouverte en mars ?",
}
CLAIM = {"numero": rows.UNCLAIMED_SIRET, "name": "Nine Essai", "email": "nine@essai.example", "way": "code"}
NEED_WHO = {
    "siret": rows.NEWCOMER_SIRET,
    "company": "",
    "person": "Nine Essai",
    "email": "nine@essai.example",
    "relance": "",
}
NEED_PAGES = {
    "qui": NEED_WHO,
    "quoi": {"title": "Data analyst", "description": "", "level": "", "target": "aucun", "other": "", "more": ""},
    "comment": {
        "headcount": "2",
        "contract": "permanent",
        "place": "Rodez",
        "remote": "",
        "wished_on": "",
        "salary_min": "",
        "salary_max": "",
    },
    "engagement": {"said": "would_hire", "may_be_named": "on"},
    "envoi": {"renvoyer": "1"},
}
PUBLIC = [
    *(Rule(name, read="page") for name in ("home", "courses:search", "courses:providers", "courses:centres")),
    *(Rule(f"pages:{name}", read="page") for name in ("accessibility", "accessibility_scheme", "legal", "privacy")),
    *(Rule(f"pages:{name}", read="page") for name in ("site_map", "ecosystem", "resources", "help", "health")),
    *(Rule(f"pages:{name}", read="page") for name in ("robots", "security_txt")),
    *(Rule(f"courses:{name}", read="page") for name in ("api_page", "api_courses", "api_schema")),
    Rule("courses:nearest_place", read="400"),
    *(Rule(f"courses:search_{kind}", read="page") for kind in ("atom", "calendar", "csv", "xlsx")),
    Rule("courses:compare", read="page"),
    Rule("pages:theme", write="sent", data={"theme": "dark"}),
    *(Rule(f"jobs:{name}", read="page") for name in ("profiles", "orientation", "ranking", "sitemap")),
    *(Rule(f"jobs:needs{kind}", read="page") for kind in ("", "_atom", "_csv")),
    *(Rule(f"jobs:{name}", read="page") for name in ("pools", "pooling")),
    Rule("jobs:pool", read="page", target="shown"),
    *(Rule("jobs:pool", read="absent", target=target) for target in ("asleep", "unknown")),
    # the link in an employer's letter
    Rule("jobs:pool_member", read="page", write="sent", target="member", data={"act": "leave"}),
    Rule("jobs:pool_member", read="gone", write="gone", target="unknown", data={"act": "leave"}),
    # a need of access comes by POST, and writes nothing
    *(Rule(f"jobs:{name}", read="page", write="page") for name in ("recommendation", "paths")),
    *(Rule(f"jobs:api_{name}", read="page") for name in ("jobs", "recommendations", "paths")),
    Rule("jobs:keep_project", write="page"),
    Rule("demo:mail", read="page"),
    # --- one object, shown, not yet shown, shown no more, or none
    Rule("courses:course", read="page", target="published"),
    Rule("courses:course", read="sent", target="old slug"),
    Rule("courses:course", read="absent", target="submitted"),
    Rule("courses:course", read="absent", target="draft"),
    Rule("courses:course", read="gone", target="withdrawn"),
    Rule("courses:course", read="absent", target="unknown"),
    Rule("courses:api_course", read="page", target="published"),
    Rule("courses:api_course", read="absent", target="submitted"),
    Rule("courses:api_course", read="absent", target="draft"),
    Rule("courses:api_course", read="gone", target="withdrawn"),
    Rule("courses:api_course", read="absent", target="unknown"),
    # the address in a reminder: one button confirms
    Rule("courses:confirm", read="page", write="sent", target="published"),
    Rule("courses:confirm", read="gone", write="gone", target="unknown"),
    # the door of software: a key opens it, nobody's session does
    Rule("courses:api_imports", write="401"),
    Rule("courses:api_import", read="401", target="the body's"),
    Rule("courses:api_import", read="401", target="unknown"),
    Rule("courses:contact", read="page", write="sent", target="published", data=LETTER),
    Rule("courses:contact", read="absent", write="absent", target="submitted", data=LETTER),
    Rule("courses:contact", read="absent", write="absent", target="draft", data=LETTER),
    Rule("courses:contact", read="gone", write="gone", target="withdrawn", data=LETTER),
    Rule("courses:contact", read="absent", write="absent", target="unknown", data=LETTER),
    Rule("courses:provider", read="page", target="published"),
    Rule("courses:provider", read="absent", target="unknown"),
    Rule("courses:centre", read="page", target="published"),
    Rule("courses:centre", read="absent", target="unknown"),
    Rule("jobs:profile", read="page", target="published"),
    Rule("jobs:profile", read="absent", target="hidden"),
    Rule("jobs:profile", read="absent", target="unknown"),
    Rule("jobs:occupation", read="sent", target="one profile"),
    Rule("jobs:occupation", read="page", target="no profile"),
    Rule("jobs:occupation", read="absent", target="unknown"),
    Rule("jobs:project", read="sent", target="kept"),
    Rule("jobs:project", read="gone", target="unknown"),
    # a need of an employer: open, filled, of another title, waiting, none
    Rule("jobs:need", read="page", target="open"),
    Rule("jobs:need", read="sent", target="old slug"),
    *(Rule("jobs:need", read="gone", target=target) for target in ("filled", "withdrawn")),
    *(Rule("jobs:need", read="absent", target=target) for target in ("draft", "unknown")),
    Rule("jobs:need_contact", read="page", write="sent", target="open", data=LETTER),
    *(
        Rule("jobs:need_contact", read="gone", write="gone", target=target, data=LETTER)
        for target in ("filled", "withdrawn")
    ),
    *(
        Rule("jobs:need_contact", read="absent", write="absent", target=target, data=LETTER)
        for target in ("draft", "unknown")
    ),
    Rule("demo:letter", read="absent", target="unknown"),
    # claiming an organisation: no address is known for this one, so that no code can leave
    Rule("courses:claim", read="page", write="422", data=CLAIM),
    Rule("courses:claim_followed", read="page", write="422", target="waiting", data={"code": "ABCD-2345"}),
    Rule("courses:claim_followed", read="absent", write="absent", target="unknown", data={"code": "ABCD-2345"}),
    # a visitor opens an account with it; under another address there is nothing to do
    Rule("invitation", read="page", write=by("422", VISITOR, "page"), target="waiting", data={"name": "Nine"}),
    Rule("invitation", read="absent", write="absent", target="unknown"),
    # a need without an account: who recruits, then the pages of a draft, then the page of what was sent
    Rule("jobs:need_begin", read="page", write="sent", data=NEED_WHO),
    Rule("jobs:need_draft", read="sent", write="sent", target="kept"),
    Rule("jobs:need_draft", read="gone", write="gone", target="unknown"),
    *(
        Rule("jobs:need_step", read="page", write="sent", target=target, data=data)
        for target, data in NEED_PAGES.items()
    ),
    Rule("jobs:need_step", read="gone", write="gone", target="unknown", data=NEED_WHO),
    Rule("jobs:need_state", read="page", write="sent", target="waiting", data={"verbe": "retirer"}),
    Rule("jobs:need_state", read="page", write="absent", target="waiting, no such verb", data={"verbe": "publier"}),
    Rule("jobs:need_state", read="gone", write="gone", target="unknown", data={"verbe": "retirer"}),
]

# --- accounts: django-allauth ----------------------------------------------------------------------------------------
SIGNED_IN = (*STRANGERS, "agent_without_mfa", *AGENTS)
WITH_MFA = (
    *OWN_SPACE,
    *OWN_EMPLOYER,
    "leaver",
    *AGENTS,
)  # a leaver keeps an account and its second factor, and no right
_own = by("sign in", VISITOR, "page")
_own_sent = by("sign in", VISITOR, "sent")
_factor = by("page", WITH_MFA, by("sign in", VISITOR, "sent"))
_factor_off = by("sent", WITH_MFA, by("sign in", VISITOR, "absent"))
ACCOUNTS = [
    Rule("account_login", read=by("page", VISITOR, "sent"), write=by("page", VISITOR, "sent")),
    Rule("account_logout", read=by("sent", VISITOR, "page"), write="sent"),
    Rule("account_inactive", read="page"),
    # says that accounts are opened by the Région; opens none
    Rule("account_signup", read=by("page", VISITOR, "sent"), write=by("page", VISITOR, "sent")),
    Rule("account_reauthenticate", read=_own, write=_own),
    Rule("account_email", read=_own, write=_own_sent),
    Rule("account_email_verification_sent", read="page"),
    Rule("account_confirm_email", read="page", write="absent", target="unknown"),
    Rule("account_change_password", read=_own, write=_own),
    Rule("account_set_password", read=_own_sent, write=_own_sent),
    Rule("account_reset_password", read="page", write="page"),
    Rule("account_reset_password_done", read="page"),
    Rule("account_reset_password_from_key", read="page", write="page", target="unknown"),
    Rule("account_reset_password_from_key_done", read="page"),
    Rule("account_confirm_login_code", read=_own_sent, write=_own_sent),
    Rule("mfa_index", read=_own, write=by("sign in", VISITOR, "method")),
    # the second step of signing in: nothing to do there without the first
    Rule("mfa_authenticate", read=by("sign in", VISITOR, "sent"), write=by("sign in", VISITOR, "sent")),
    Rule("mfa_reauthenticate", read=_factor, write=_factor),
    # what changes a second factor asks who you are again
    Rule("mfa_activate_totp", read=_own_sent, write=_own_sent),
    Rule("mfa_deactivate_totp", read=_factor_off, write=_factor_off),
    Rule("mfa_view_recovery_codes", read=by("sign in", VISITOR, "absent"), write=by("sign in", VISITOR, "method")),
    Rule("mfa_generate_recovery_codes", read=_own_sent, write=_own_sent),
    Rule("mfa_download_recovery_codes", read=by("sign in", VISITOR, "absent"), write=by("sign in", VISITOR, "absent")),
]

# --- the agents' back-office ----------------------------------------------------------------------------------------
# what those who may not come get, whatever they ask
DOOR = {"visitor": "sign in", **dict.fromkeys(STRANGERS, "absent"), "agent_without_mfa": "second factor"}
MODERATION = ("moderator", "region_manager", "superuser")
REFERENCE = ("importer", "region_manager", "superuser")
PILOTING = ("region_manager", "superuser")


@dataclass(frozen=True)
class Screen:
    """A model at /gestion/: who writes it; whether a row may be deleted; whether it has the page of moderation."""

    model: str
    writers: tuple[str, ...] = ()
    deletable: bool = False
    moderated: bool = False


SCREENS = [
    *(
        Screen(f"reference_{model}", REFERENCE)
        for model in (
            "department employmentbasin commune formercommune skill skillalias occupation jobtitle occupationmove "
            "formacode nsf certification jobprofile jobprofilealias"
        ).split()
    ),
    *(
        Screen(f"reference_{model}", REFERENCE, deletable=True)
        for model in ("occupationskill", "profileskill", "profileoccupation")
    ),
    *(Screen(f"moderation_{model}") for model in ("revision", "moderationevent", "proposal", "flag")),
    Screen("mail_outgoingmail"),
    *(Screen(f"reference_{model}") for model in ("listedbody", "listedcentre")),
    *(Screen(f"accounts_{model}") for model in ("invitation", "tombstone")),
    Screen("accounts_user", PILOTING),
    Screen("accounts_organisation", MODERATION),
    Screen("accounts_membership", PILOTING),
    *(
        Screen(model, MODERATION, moderated=True)
        for model in ("courses_trainingprovider", "courses_apprenticeshipcentre", "courses_course", "jobs_employerneed")
    ),
    *(Screen(f"courses_{model}", MODERATION) for model in ("offering", "offeringcost", "session")),
    *(Screen(f"courses_{model}", MODERATION, deletable=True) for model in ("courseskill", "courseprofile")),
    *(
        Screen(f"courses_{model}")
        for model in (
            "codesuggestion coursedailycount courseprofilecount searchdailycount importfault qualiopicertificate claim"
        ).split()
    ),
    Screen("courses_importsource", REFERENCE),
    Screen("courses_importrun", REFERENCE),
    Screen("courses_contact", MODERATION, deletable=True),
    Screen("jobs_employer", MODERATION),
    Screen("jobs_needskill", MODERATION, deletable=True),
    Screen("jobs_seekerproject"),
    Screen("jobs_needattachment"),
    *(Screen(f"jobs_{model}") for model in "needdailycount importedoffer skilldemand".split()),
    *(Screen(f"jobs_{model}") for model in "pool poolmember poolstep poolnotice".split()),
]


REFUSED = by("refused", AGENTS, DOOR)
SEEN = by("page", AGENTS, DOOR)
SENT = by("sent", AGENTS, DOOR)
ABSENT = by("absent", AGENTS, DOOR)


def screen_rules(screen: Screen) -> list[Rule]:
    """The addresses of one model: agents read all, writers write, nobody else learns that they exist."""
    name, route = f"gestion:{screen.model}", f"gestion/{screen.model.replace('_', '/')}"
    write = by("form", screen.writers, REFUSED)
    erasers = screen.writers if screen.deletable else ()
    erase, erase_none = by("form", erasers, REFUSED), by("absent", erasers, REFUSED)
    rules = [
        Rule(f"{name}_changelist", SEEN, SEEN),
        Rule(f"{name}_add", by("page", screen.writers, REFUSED), write),
        Rule(f"{name}_change", SEEN, write, target="row"),
        Rule(f"{name}_change", ABSENT, ABSENT, target="unknown"),
        Rule(f"{name}_history", SEEN, SEEN, target="row"),
        Rule(f"{name}_history", ABSENT, ABSENT, target="unknown"),
        Rule(f"{name}_delete", by("page", erasers, REFUSED), erase, target="row", data={"post": "yes"}),
        Rule(f"{name}_delete", erase_none, erase_none, target="unknown", data={"post": "yes"}),
        # the old address of a row: on to its form
        Rule(f"{route}/<path:object_id>/", SENT, SENT, target="row"),
    ]
    if screen.moderated:
        verb, no_verb = by("sent", MODERATION, REFUSED), by("absent", MODERATION, REFUSED)
        rules += [
            Rule(f"{name}_moderate", SEEN, verb, target="row", data={"verb": "submit"}),
            Rule(f"{name}_moderate", SEEN, no_verb, target="row, no such verb", data={"verb": "unknown"}),
            Rule(f"{name}_moderate", SEEN, no_verb, target="row, no such act", data={"undo": "999999999"}),
            Rule(f"{name}_moderate", ABSENT, ABSENT, target="unknown", data={"verb": "approve"}),
        ]
    return rules


STRIKING, LIFTING = by("page", PILOTING, REFUSED), by("sent", PILOTING, REFUSED)


GESTION = [
    Rule("gestion:index", SEEN, SEEN),
    Rule("gestion:app_list", SEEN, SEEN, target="courses"),
    Rule("gestion:login", SENT, SENT),
    Rule("gestion:logout", SENT, SENT),
    Rule("gestion:password_change", SENT, SENT),
    Rule("gestion:password_change_done", SENT, SENT),
    Rule("gestion:autocomplete", REFUSED, by("method", AGENTS, DOOR)),
    Rule("gestion:jsi18n", SEEN, by("method", AGENTS, DOOR)),
    Rule("gestion:view_on_site", SENT, SENT, target="course"),
    Rule("gestion:view_on_site", ABSENT, ABSENT, target="unknown"),
    Rule("gestion/(?P<url>.*)$", ABSENT, ABSENT, target="unknown"),
    Rule("gestion:moderation_queue", SEEN, SEEN),
    Rule(
        "gestion:moderation_proposal_decide",
        ABSENT,
        by("sent", MODERATION, REFUSED),
        target="row",
        data={"verb": "accept"},
    ),
    Rule(
        "gestion:moderation_proposal_decide",
        ABSENT,
        by("absent", MODERATION, REFUSED),
        target="row, no such verb",
        data={"verb": "unknown"},
    ),
    Rule("gestion:moderation_proposal_decide", ABSENT, ABSENT, target="unknown", data={"verb": "accept"}),
    Rule("gestion:moderation_flag_close", ABSENT, by("sent", MODERATION, REFUSED), target="row", data={"reason": "Vu"}),
    Rule("gestion:moderation_flag_close", ABSENT, ABSENT, target="unknown", data={"reason": "Vu"}),
    # the proposals of codes and skills: decided by who may change the course; read on its own page
    Rule(
        "gestion:courses_course_suggestions",
        SENT,
        by("sent", MODERATION, REFUSED),
        target="row",
        data={"decision": "refuse-code-1"},
    ),
    Rule(
        "gestion:courses_course_suggestions",
        SENT,
        by("absent", MODERATION, REFUSED),
        target="row, no such decision",
        data={"decision": "publish-code-1"},
    ),
    Rule("gestion:courses_course_suggestions", ABSENT, ABSENT, target="unknown", data={"decision": "accept-code-1"}),
    # claims, decided by moderators and managers; striking off and lifting, by managers
    Rule(
        "gestion:courses_claim_decide",
        ABSENT,
        by("sent", MODERATION, REFUSED),
        target="row",
        data={"decision": "refuse", "reason": "Essai"},
    ),
    Rule(
        "gestion:courses_claim_decide",
        ABSENT,
        by("absent", MODERATION, REFUSED),
        target="row, no such decision",
        data={"decision": "forget"},
    ),
    Rule("gestion:courses_claim_decide", ABSENT, ABSENT, target="unknown", data={"decision": "accept"}),
    Rule("gestion:courses_claim_document", by("page", MODERATION, REFUSED), ABSENT, target="row"),
    Rule("gestion:courses_claim_document", ABSENT, ABSENT, target="unknown"),
    Rule("gestion:demand", SEEN, ABSENT),
    # a step of a pool: recorded by moderators and managers, in the order of its life
    Rule("gestion:jobs_pool_step", ABSENT, by("sent", MODERATION, REFUSED), target="row", data={"verb": "answer"}),
    Rule(
        "gestion:jobs_pool_step",
        ABSENT,
        by("absent", MODERATION, REFUSED),
        target="row, no such step",
        data={"verb": "lapse"},
    ),
    Rule("gestion:jobs_pool_step", ABSENT, ABSENT, target="unknown", data={"verb": "answer"}),
    Rule(
        "gestion:accounts_organisation_strike",
        STRIKING,
        STRIKING,
        target="row",
    ),
    Rule("gestion:accounts_organisation_strike", ABSENT, ABSENT, target="unknown"),
    Rule("gestion:accounts_tombstone_lift", ABSENT, LIFTING, target="row", data={"reason": "Essai"}),
    Rule("gestion:accounts_tombstone_lift", ABSENT, ABSENT, target="unknown"),
    # an import: the table to fill in, its rows, one row
    Rule("gestion:courses_importrun_model", SEEN, SEEN, target="csv"),
    Rule("gestion:courses_importrun_model", ABSENT, ABSENT, target="unknown"),
    Rule("gestion:courses_importrun_rows", SEEN, by("sent", REFERENCE, REFUSED), target="row"),
    Rule("gestion:courses_importrun_rows", ABSENT, ABSENT, target="unknown"),
    Rule("gestion:courses_importrun_row", SEEN, by("form", REFERENCE, REFUSED), target="line"),
    Rule("gestion:courses_importrun_row", ABSENT, ABSENT, target="no such line"),
    Rule("gestion:courses_importrun_row", ABSENT, ABSENT, target="unknown"),
    # a need that a member takes up: decided by moderators and managers
    *(
        Rule("gestion:jobs_needattachment_decide", ABSENT, by(written, MODERATION, REFUSED), target=target, data=data)
        for target, written, data in (
            ("row", "sent", {"decision": "refuse"}),
            ("row, no such decision", "absent", {"decision": "forget"}),
        )
    ),
    Rule("gestion:jobs_needattachment_decide", ABSENT, ABSENT, target="unknown", data={"decision": "accept"}),
    # a superuser is changed by superusers only; a membership that is over, by nobody
    Rule("gestion:accounts_user_change", SEEN, by("form", ("superuser",), REFUSED), target="superuser"),
    Rule("gestion:accounts_membership_change", SEEN, REFUSED, target="over"),
]

# --- the bodies' space: agents are strangers there, superusers too --------------------------------------------------
SPACE_DOOR = {
    "visitor": "sign in",
    "body_without_mfa": "second factor",
    **dict.fromkeys(("employer", *OWN_EMPLOYER, "leaver", "agent_without_mfa", *AGENTS), "absent"),
}
BODY_WRITERS = ("body_manager", "body_editor")


def space(outcome: str, others: str = "", writers: str = "") -> dict[str, str]:
    """For the members of the body whose row it is; `others`: of another body; `writers`: for those that write."""
    told = {**SPACE_DOOR, **dict.fromkeys(BODY, outcome), "other_body": others or outcome}
    return {**told, **dict.fromkeys(BODY_WRITERS, writers or outcome)}


@dataclass(frozen=True)
class SpaceScreen:
    """A model at /espace-organisme/: whether members that write may add, change and delete its rows."""

    model: str
    added: bool = False
    changed: bool = True
    deletable: bool = False


SPACE_SCREENS = [
    SpaceScreen("courses_course", added=True),
    SpaceScreen("courses_offering"),
    SpaceScreen("courses_session", deletable=True),
    # a body has its sheet, and adds no second one; the body of the matrix has one, the other has none
    SpaceScreen("courses_trainingprovider"),
    SpaceScreen("courses_apprenticeshipcentre", added=True),
    SpaceScreen("courses_contact", added=True, deletable=True),
    SpaceScreen("courses_coursedailycount", changed=False),
    SpaceScreen("courses_importrun", added=True),
]
SPACE_SEEN, SPACE_ABSENT, SPACE_SENT = space("page"), space("absent"), space("sent")


def space_rules(screen: SpaceScreen) -> list[Rule]:
    """The addresses of one model: members see their own, writers write, another body's row does not exist."""
    name, route = f"organisme:{screen.model}", f"espace-organisme/{screen.model.replace('_', '/')}"
    # who has no course yet fills in the sheet of the body first
    lone = {"courses_trainingprovider": "page", "courses_course": "refused"}
    add = space(
        "refused", lone.get(screen.model, "page" if screen.added else "refused"), "page" if screen.added else ""
    )
    write_new = {who: "form" if what == "page" else what for who, what in add.items()}
    erase, erase_none = ("page", "absent") if screen.deletable else ("refused", "refused")
    return [
        Rule(f"{name}_changelist", SPACE_SEEN, SPACE_SEEN),
        Rule(f"{name}_add", add, write_new),
        Rule(
            f"{name}_change",
            space("page", "absent"),
            space("refused", "absent", "form") if screen.changed else space("refused", "absent"),
            target="row",
        ),
        Rule(f"{name}_change", SPACE_ABSENT, SPACE_ABSENT, target="unknown"),
        Rule(f"{name}_history", space("page", "absent"), space("page", "absent"), target="row"),
        Rule(f"{name}_history", SPACE_ABSENT, SPACE_ABSENT, target="unknown"),
        Rule(
            f"{name}_delete",
            space("refused", erase_none, erase),
            space("refused", erase_none, "form" if screen.deletable else "refused"),
            target="row",
            data={"post": "yes"},
        ),
        Rule(
            f"{name}_delete",
            space("refused", erase_none, erase_none),
            space("refused", erase_none, erase_none),
            target="unknown",
            data={"post": "yes"},
        ),
        Rule(f"{route}/<path:object_id>/", SPACE_SENT, SPACE_SENT, target="row"),
    ]


SPACE = [
    Rule("organisme:index", SPACE_SEEN, SPACE_SEEN),
    Rule("organisme:app_list", SPACE_SEEN, SPACE_SEEN, target="courses"),
    Rule("organisme:login", SPACE_SENT, SPACE_SENT),
    Rule("organisme:logout", SPACE_SENT, SPACE_SENT),
    Rule("organisme:password_change", SPACE_SENT, SPACE_SENT),
    Rule("organisme:password_change_done", SPACE_SENT, SPACE_SENT),
    Rule("organisme:autocomplete", space("refused"), {**space("method"), **SPACE_DOOR}),
    Rule("organisme:jsi18n", SPACE_SEEN, {**space("method"), **SPACE_DOOR}),
    Rule("organisme:choose", SPACE_ABSENT, space("sent", "absent"), target="the body"),
    Rule("organisme:choose", SPACE_ABSENT, SPACE_ABSENT, target="unknown"),
    Rule("espace-organisme/(?P<url>.*)$", SPACE_ABSENT, SPACE_ABSENT, target="unknown"),
    # one course: the panel of proposals, the page as the public would read it, its state
    Rule(
        "organisme:courses_course_suggestions",
        space("sent", "absent"),
        space("absent", "absent", "sent"),
        target="row",
        data={"decision": "refuse-code-1"},
    ),
    Rule("organisme:courses_course_suggestions", SPACE_ABSENT, SPACE_ABSENT, target="unknown"),
    Rule("organisme:courses_course_preview", space("page", "absent"), space("page", "absent"), target="row"),
    Rule("organisme:courses_course_preview", SPACE_ABSENT, SPACE_ABSENT, target="unknown"),
    Rule(
        "organisme:courses_course_move",
        SPACE_ABSENT,
        space("absent", "absent", "sent"),
        target="row",
        data={"verb": "submit"},
    ),
    Rule("organisme:courses_course_move", SPACE_ABSENT, SPACE_ABSENT, target="unknown", data={"verb": "submit"}),
    # an import: the table to fill in, its rows, one row
    Rule("organisme:courses_importrun_export", space("page", "sent"), space("page", "sent")),
    Rule("organisme:courses_importrun_model", SPACE_SEEN, SPACE_SEEN, target="csv"),
    Rule("organisme:courses_importrun_model", SPACE_ABSENT, SPACE_ABSENT, target="unknown"),
    Rule(
        "organisme:courses_importrun_rows",
        space("page", "absent"),
        space("refused", "absent", "sent"),
        target="row",
        data={"verb": "leave_out"},
    ),
    Rule("organisme:courses_importrun_rows", SPACE_ABSENT, SPACE_ABSENT, target="unknown"),
    Rule("organisme:courses_importrun_row", space("page", "absent"), space("refused", "absent", "form"), target="line"),
    Rule("organisme:courses_importrun_row", SPACE_ABSENT, SPACE_ABSENT, target="no such line"),
    Rule("organisme:courses_importrun_row", SPACE_ABSENT, SPACE_ABSENT, target="unknown"),
    # pages that read: why a course is where it is, what is looked for around
    Rule("organisme:why", space("page", "absent"), {**space("method"), **SPACE_DOOR}, target="row"),
    Rule("organisme:why", SPACE_ABSENT, {**space("method"), **SPACE_DOOR}, target="unknown"),
    Rule("organisme:near", SPACE_SEEN, {**space("method"), **SPACE_DOOR}),
    *(rule for screen in SPACE_SCREENS for rule in space_rules(screen)),
]

# --- the team: all members see it, managers alone change it ----------------------------------------------------------
_manage = {**space("refused", "absent"), "body_manager": "form"}
_invite = {**space("refused"), "body_manager": "page", "other_body": "page"}


def team_rules(model: str, add: dict[str, str], change: dict[str, str], app: str = "accounts") -> list[Rule]:
    name = f"organisme:{app}_{model}"
    write_new = {who: "form" if what == "page" else what for who, what in add.items()}
    refused, post = space("refused"), {"post": "yes"}
    return [
        Rule(f"{name}_changelist", SPACE_SEEN, SPACE_SEEN),
        Rule(f"{name}_add", add, write_new),
        Rule(f"{name}_change", space("page", "absent"), change, target="row"),
        Rule(f"{name}_change", SPACE_ABSENT, SPACE_ABSENT, target="unknown"),
        Rule(f"{name}_history", space("page", "absent"), space("page", "absent"), target="row"),
        Rule(f"{name}_history", SPACE_ABSENT, SPACE_ABSENT, target="unknown"),
        *(Rule(f"{name}_delete", refused, refused, target=target, data=post) for target in ("row", "unknown")),
        Rule(f"espace-organisme/{app}/{model}/<path:object_id>/", SPACE_SENT, SPACE_SENT, target="row"),
    ]


TEAM = [
    *team_rules("membership", space("refused"), _manage),
    *team_rules("invitation", _invite, space("refused", "absent")),
    Rule("organisme:accounts_membership_leave", SPACE_ABSENT, SPACE_SENT),
    # keys of software, and sources with their address: a body that has a source adds no other
    *team_rules("feedtoken", _invite, _manage, app="courses"),
    *team_rules("importsource", {**space("refused"), "other_body": "page"}, _manage, app="courses"),
]

# --- the employers' space: bodies and agents are strangers there -----------------------------------------------------
EMPLOYER_DOOR = {
    "visitor": "sign in",
    "employer": "second factor",
    **dict.fromkeys((*OWN_SPACE, "body_without_mfa", "leaver", "agent_without_mfa", *AGENTS), "absent"),
}


def employer(outcome: str, others: str = "", manager: str = "") -> dict[str, str]:
    """For the members of the employer whose row it is; `others`: of another; `manager`: for the one that writes."""
    told = {**EMPLOYER_DOOR, **dict.fromkeys(EMPLOYER, outcome), "other_employer": others or outcome}
    return {**told, "employer_manager": manager or outcome}


def employer_rules(
    model: str, *, add: dict[str, str] | None = None, change: dict[str, str] | None = None
) -> list[Rule]:
    """The addresses of one model: read by members, changed where it is said; another employer's row does not exist."""
    name, route = f"employeur:{model}", f"espace-employeur/{model.replace('_', '/')}"
    seen, absent, refused = employer("page"), employer("absent"), employer("refused")
    own = employer("page", "absent")
    added = add or refused
    written = {who: "form" if what == "page" else what for who, what in added.items()}
    return [
        Rule(f"{name}_changelist", seen, seen),
        Rule(f"{name}_add", added, written),
        Rule(f"{name}_change", own, change or employer("refused", "absent"), target="row"),
        Rule(f"{name}_change", absent, absent, target="unknown"),
        Rule(f"{name}_history", own, own, target="row"),
        Rule(f"{name}_history", absent, absent, target="unknown"),
        *(Rule(f"{name}_delete", refused, refused, target=each, data={"post": "yes"}) for each in ("row", "unknown")),
        Rule(f"{route}/<path:object_id>/", employer("sent"), employer("sent"), target="row"),
    ]


EMPLOYER_SEEN, EMPLOYER_ABSENT, EMPLOYER_SENT = employer("page"), employer("absent"), employer("sent")
EMPLOYER_WRITES = employer("refused", "absent", "form")
EMPLOYER_INVITES = employer("refused", "page", "page")
EMPLOYER_SPACE = [
    Rule("employeur:index", EMPLOYER_SEEN, EMPLOYER_SEEN),
    Rule("employeur:app_list", EMPLOYER_SEEN, EMPLOYER_SEEN, target="jobs"),
    *(
        Rule(f"employeur:{name}", EMPLOYER_SENT, EMPLOYER_SENT)
        for name in ("login", "logout", "password_change", "password_change_done")
    ),
    Rule("employeur:autocomplete", employer("refused"), employer("method")),
    Rule("employeur:jsi18n", EMPLOYER_SEEN, employer("method")),
    Rule("employeur:choose", EMPLOYER_ABSENT, employer("sent", "absent"), target="the employer"),
    Rule("employeur:choose", EMPLOYER_ABSENT, EMPLOYER_ABSENT, target="unknown"),
    Rule("espace-employeur/(?P<url>.*)$", EMPLOYER_ABSENT, EMPLOYER_ABSENT, target="unknown"),
    # writing a need, following one, taking up one that was written without an account
    Rule("employeur:write", EMPLOYER_ABSENT, employer("absent", "sent", "sent")),
    Rule(
        "employeur:need",
        employer("page", "absent"),
        employer("absent", "absent", "sent"),
        target="row",
        data={"verbe": "retirer"},
    ),
    Rule("employeur:need", EMPLOYER_ABSENT, EMPLOYER_ABSENT, target="unknown", data={"verbe": "retirer"}),
    Rule("employeur:attach", EMPLOYER_SEEN, EMPLOYER_ABSENT),
    Rule("employeur:attach_one", EMPLOYER_ABSENT, employer("absent", "absent", "sent"), target="written alone"),
    Rule("employeur:attach_one", EMPLOYER_ABSENT, EMPLOYER_ABSENT, target="unknown"),
    *employer_rules("jobs_employerneed"),
    *employer_rules("jobs_employer", change=EMPLOYER_WRITES),
    *employer_rules("accounts_membership", change=EMPLOYER_WRITES),
    *employer_rules("accounts_invitation", add=EMPLOYER_INVITES),
    Rule("employeur:accounts_membership_leave", EMPLOYER_ABSENT, EMPLOYER_SENT),
]
RULES = [
    *(*PUBLIC, *ACCOUNTS, *GESTION, *(rule for screen in SCREENS for rule in screen_rules(screen))),
    *(*SPACE, *TEAM, *EMPLOYER_SPACE),
]
