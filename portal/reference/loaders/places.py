"""The commune of an address of a list: by its INSEE code, else by its postcode and its name."""

import re
from collections import defaultdict

from portal.reference.models import Commune, Department, FormerCommune
from portal.reference.models.place import commune_key

# "TOULOUSE CEDEX 9": an office of distribution, not a town
_CEDEX = re.compile(r"\bcedex\b.*$", re.IGNORECASE)


class Communes:
    """Reads the communes once; nothing is guessed: two communes that answer are no answer."""

    def __init__(self) -> None:
        self.departments = set(Department.objects.values_list("code", flat=True))
        self.department_of: dict[str, str] = {}
        self._by_key: dict[str, set[str]] = defaultdict(set)
        self._by_postcode: dict[str, set[str]] = defaultdict(set)
        for insee, key, department, postcodes in Commune.objects.order_by().values_list(
            "insee", "key", "department_id", "postcodes"
        ):
            self.department_of[insee] = department
            self._by_key[key].add(insee)
            for postcode in postcodes:
                self._by_postcode[postcode].add(insee)
        self._former = dict(FormerCommune.objects.values_list("insee", "commune_id"))

    def find(self, insee: str, postcode: str, town: str) -> str | None:
        """The INSEE code of a commune of the base, or None."""
        code = self._former.get(insee, insee)
        if code in self.department_of:
            return code
        named = self._by_key.get(commune_key(_CEDEX.sub("", town)), set())
        found = named & self._by_postcode[postcode] if postcode in self._by_postcode else set()
        if not found:  # a postcode of the post office only: the name, in its département
            found = {each for each in named if self.department_of[each] == postcode[:2]}
        return found.pop() if len(found) == 1 else None

    def department(self, commune: str | None, postcode: str) -> str | None:
        """The département of the commune, else of the postcode, where the base knows it."""
        code = self.department_of[commune] if commune else postcode[:2]
        return code if code in self.departments else None
