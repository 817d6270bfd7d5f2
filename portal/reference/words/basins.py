"""The employment basins of Occitanie (France Travail, 2019) and, of the towns of ``places``, the basin of each.

The complete list of communes, once imported with ``manage.py import_reference communes``, names all the others.
"""

from typing import Final, NamedTuple


class BasinFacts(NamedTuple):
    """A basin: its code, its name, the INSEE codes of those of our towns that lie in it, parted by spaces."""

    code: str
    name: str
    towns: str


BASINS: Final[tuple[BasinFacts, ...]] = (
    BasinFacts("7601", "Cahors", "46042 46224 46225"),
    BasinFacts("7604", "Tarbes", "65047 65059 65100 65417 65440 65460"),
    BasinFacts("7605", "Lourdes", "65025 65286"),
    BasinFacts("7606", "Albi – Carmaux", "81004 81060 81222 81257"),
    BasinFacts("7607", "Graulhet – Gaillac", "81099 81105 81140 81271"),
    BasinFacts("7608", "Castres – Mazamet", "81065 81120 81163"),
    BasinFacts("7610", "Foix", "09122 09306 09324"),
    BasinFacts("7611", "Pamiers", "09185 09225 09282 09312"),
    BasinFacts("7612", "Lavelanet", "09160"),
    BasinFacts("7613", "Saint-Girons", "09261"),
    BasinFacts("7614", "Rodez", "12033 12096 12133 12176 12202"),
    BasinFacts("7615", "Millau", "12145 12208 12270"),
    BasinFacts(
        "7617",
        "Toulouse",
        "31033 31044 31069 31113 31116 31149 31157 31187 31232 31254 "
        "31291 31424 31446 31451 31488 31506 31555 31557 31561",
    ),
    BasinFacts("7618", "Muret", "31395 31547 31588"),
    BasinFacts("7619", "Saint-Gaudens", "31483"),
    BasinFacts("7620", "Auch", "32013 32256 32296 32462"),
    BasinFacts("7621", "Condom", "32107 32119 32132 32208"),
    BasinFacts("7622", "Figeac", "46102 46251"),
    BasinFacts("7623", "Decazeville – Villefranche", "12052 12089 12300"),
    BasinFacts("7625", "Lannemezan", "65258"),
    BasinFacts("7626", "Montauban", "82037 82121 82125 82134"),
    BasinFacts("7627", "Castelsarrasin", "82013 82033 82112 82186 82190"),
    BasinFacts("7628", "L'Isle-Jourdain", "32147 32160"),
    BasinFacts("7629", "Souillac", "46127 46128 46309"),
    BasinFacts("7630", "Carcassonne", "11069 11397"),
    BasinFacts("7631", "Narbonne", "11106 11203 11262 11266 11379"),
    BasinFacts("7632", "Limoux", "11206"),
    BasinFacts("7633", "Nîmes", "30156 30189 30258 30334"),
    BasinFacts("7634", "Bagnols-sur-Cèze", "30028 30202"),
    BasinFacts("7635", "Beaucaire", "30011 30032 30351"),
    BasinFacts("7636", "Alès – La Grand-Combe", "30007"),
    BasinFacts("7637", "Le Vigan – Ganges", "30350"),
    BasinFacts("7638", "Béziers", "34028 34032"),
    BasinFacts("7639", "Lunel", "34145"),
    BasinFacts("7640", "Lodève", "34079 34142"),
    BasinFacts("7641", "Sète", "34108 34157 34301"),
    BasinFacts("7642", "Montpellier", "34022 34057 34123 34129 34154 34172 34198 34255 34270 34327 34337"),
    BasinFacts("7643", "Mende", "48009 48061 48080 48092 48095 48099 48140"),
    BasinFacts("7644", "Perpignan", "66028 66037 66065 66136 66141 66164 66171 66172 66180 66210"),
    BasinFacts("7645", "Prades", "66124 66149"),
    BasinFacts("7646", "Céret", "66008 66049"),
    BasinFacts("7647", "Castelnaudary", "11049 11076"),
    BasinFacts("7648", "Vauvert", "30003 30133 30341"),
    BasinFacts("7649", "Agde – Pézenas", "34003 34199"),
)

BASIN_OF: Final[dict[str, str]] = {insee: basin.code for basin in BASINS for insee in basin.towns.split()}
"""INSEE code of a town → code of its basin."""
