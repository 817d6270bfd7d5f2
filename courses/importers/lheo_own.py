"""What LHEO cannot say and the portal knows, in `extras` of its own: `<extras info="camins">`.

- `<extra info="inconnu">certifiante session</extra>`: these compulsory elements are there for the form only.
- `<extra info="prix-horaire-TTC">1250,50</extra>`: the whole text of an element that LHEO keeps too short.
- `<extra info="cpf"/>`: the offering can be paid with the personal training account.

Another reader leaves them alone, as it must; ours gives them back before it reads a formation.
"""

from lxml import etree

OWN, UNKNOWN, CPF = "camins", "inconnu", "cpf"
CPF_MARK = "camins-cpf"
# where unknown can be told from its absence
MAY_BE_UNKNOWN = frozenset(
    "action certifiante code-niveau-entree code-public-vise modalites-enseignement niveau-entree-obligatoire "
    "parcours-de-formation prise-en-charge-frais-possible session".split()
)


def take_own(formation: etree._Element) -> None:
    """Bring a formation that was held against the description to what the portal meant; its own extras go."""
    prefix = str(formation.tag).rpartition("}")[0] + "}"
    for extras in formation.findall(f".//{prefix}extras"):
        parent = extras.getparent()
        if extras.get("info") != OWN or parent is None:
            continue
        for extra in extras.findall(f"{prefix}extra"):
            _take(parent, extra.get("info") or "", extra.text or "", prefix)
        parent.remove(extras)


def _take(parent: etree._Element, info: str, text: str, prefix: str) -> None:
    if info == CPF:
        parent.set(CPF_MARK, "1")
    elif info == UNKNOWN:
        for name in MAY_BE_UNKNOWN & set(text.split()):
            for child in parent.findall(prefix + name):
                parent.remove(child)
    else:
        named = [each for each in parent if each.tag == prefix + info and len(each) == 0]
        for element in named[:1]:
            element.text = text
