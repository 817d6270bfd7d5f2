"""The same problem as an integer programme, solved by HiGHS: another way to say the rules, another way to solve it.

A dated session is one yes or no; a permanent entry is one for each day on which some path could begin it, those days
being the first, the ends of dated sessions, and these with the lengths of other permanent entries added. On each day on
which a session starts, one at most is under way; a prerequisite asks for one session that gives it and has ended.
Every session lasts a day at least.
"""

from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from jobs.matching.paths import BEST, CHEAPEST, CLOSEST, FASTEST, Placed
from jobs.matching.paths.moves import is_within


def choices(question):
    """Every session with every day on which it may be followed, in the order of time."""
    limits = question.limits
    sessions = [each for each in question.sessions if is_within(limits, each)]
    permanent = [each for each in sessions if each.is_permanent]
    starts = {limits.first_day + length for length in _lengths(permanent, limits.steps - 1)}
    if limits.steps > 1:
        ends = [each.ends for each in sessions if not each.is_permanent]
        starts |= {day + length for day in ends for length in _lengths(permanent, limits.steps - 2)}
    found = [Placed(each, each.starts, each.ends) for each in sessions if not each.is_permanent]
    found += [Placed(each, day, each.ends_when(day)) for each in permanent for day in sorted(starts)]
    if limits.deadline is not None:
        found = [each for each in found if each.ends <= limits.deadline]
    return sorted(found, key=lambda each: (each.starts, each.ends, each.session.code))


def _lengths(permanent, most):
    """The sums of the lengths of `most` permanent entries or fewer."""
    return {sum(each.days for each in chosen) for count in range(most + 1) for chosen in combinations(permanent, count)}


class Referee:
    """The variables are one per choice, one per level of the goal, and the day on which the path ends."""

    def __init__(self, question):
        self.question, self.choices = question, choices(question)
        assert all(each.starts < each.ends for each in self.choices)
        held = question.held_levels
        self.levels = [
            (need, level) for need in question.needs for level in range(held.get(need.code, 0) + 1, need.level + 1)
        ]
        self.size = len(self.choices) + len(self.levels) + 1
        self.rows, self.most = [], []
        self._rules()

    def at_most(self, terms, most):
        """Let the sum of (variable, factor) be this at most."""
        self.rows.append([(place, factor) for place, factor in terms if factor])
        self.most.append(most)

    def _rules(self):
        limits, held = self.question.limits, self.question.held_levels
        numbered = list(enumerate(self.choices))
        self.at_most([(place, 1) for place, _each in numbered], limits.steps)
        if limits.budget_cents is not None:
            self.at_most([(place, each.session.cost_cents or 0) for place, each in numbered], limits.budget_cents)
        if limits.hours is not None:
            self.at_most([(place, each.session.hours or 0) for place, each in numbered], limits.hours)
        for course in {each.session.course for each in self.choices}:
            self.at_most([(place, 1) for place, each in numbered if each.session.course == course], 1)
        for day in {each.starts for each in self.choices}:
            self.at_most([(place, 1) for place, each in numbered if each.starts <= day < each.ends], 1)
        for place, each in numbered:
            for skill, level in each.session.requires:
                if held.get(skill, 0) < level:
                    givers = self._givers(skill, level, by=each.starts, but=place)
                    self.at_most([(place, 1), *((giver, -1) for giver in givers)], 0)
        for number, (need, level) in enumerate(self.levels):
            givers = self._givers(need.code, level)
            self.at_most([(len(self.choices) + number, 1), *((giver, -1) for giver in givers)], 0)
        for place, each in numbered:
            self.at_most([(place, each.ends), (self.size - 1, -1)], 0)

    def _givers(self, skill, level, by=None, but=None):
        return [
            place
            for place, each in enumerate(self.choices)
            if place != but and (by is None or each.ends <= by) and dict(each.session.gives).get(skill, 0) >= level
        ]

    def least(self, terms):
        """The smallest sum of these terms over the paths that the rules leave."""
        factors = np.zeros(self.size)
        for place, factor in terms:
            factors[place] += factor
        upper = np.ones(self.size)
        upper[-1] = max([each.ends for each in self.choices], default=0)
        whole = np.ones(self.size)
        entries = [(number, place, factor) for number, row in enumerate(self.rows) for place, factor in row]
        numbers, places, factored = zip(*entries, strict=True)
        matrix = csr_array((factored, (numbers, places)), shape=(len(self.rows), self.size))
        solved = milp(
            factors,
            integrality=whole,
            bounds=Bounds(np.zeros(self.size), upper),
            constraints=LinearConstraint(matrix, -np.inf, np.array(self.most)),
            options={"mip_rel_gap": 0},
        )
        assert solved.success, solved.message
        return round(solved.fun)

    def figures(self):
        """Label → what the answer of that label must reach: coverage, end, (unknown costs, cost), likewise km."""
        gained = [(len(self.choices) + number, -need.weight) for number, (need, _level) in enumerate(self.levels)]
        most = -self.least(gained)
        if not most:
            return {BEST: 0}
        self.at_most(gained, -(-9 * most // 10) * -1)
        found = {BEST: most, FASTEST: self.least([(self.size - 1, 1)])}
        for label, amount in ((CHEAPEST, "cost_cents"), (CLOSEST, "away_km")):
            amounts = [(place, getattr(each.session, amount)) for place, each in enumerate(self.choices)]
            unknown = [(place, 1) for place, value in amounts if value is None]
            fewest = self.least(unknown)
            self.at_most(unknown, fewest)
            found[label] = (fewest, self.least([(place, value or 0) for place, value in amounts]))
            self.rows.pop()
            self.most.pop()
        return found
