"""Items of ROME 4.0 (version 60) that speak of our skills: OGR numbers of its competences and knowledge, each judged.

exact: the same skill. close: a good part of it, or a near neighbour. wider: our skill is a part of the item. A skill
that is not here has no true counterpart: ROME knows nothing of language models, of agents, of computer vision.
"""

ROME_ITEMS: dict[str, tuple[tuple[str, str], ...]] = {
    "python": (
        ("113798", "exact"),
        ("497061", "close"),
    ),
    "langage-r": (("404560", "wider"),),
    "javascript": (
        ("102789", "exact"),
        ("481376", "close"),
        ("121024", "close"),
        ("403870", "close"),
    ),
    "java-scala": (
        ("109870", "close"),
        ("403047", "close"),
    ),
    "c-cpp": (("104564", "close"),),
    "algorithmique": (
        ("109531", "exact"),
        ("300072", "close"),
        ("116348", "close"),
    ),
    "git": (
        ("481937", "exact"),
        ("478799", "close"),
    ),
    "linux": (
        ("109763", "exact"),
        ("113281", "close"),
    ),
    "tests-logiciels": (
        ("478670", "exact"),
        ("300679", "exact"),
        ("478765", "close"),
        ("477856", "close"),
        ("120361", "close"),
    ),
    "api-web": (("478764", "close"),),
    "sql": (
        ("113280", "close"),
        ("113282", "close"),
        ("496417", "close"),
        ("404167", "close"),
    ),
    "bases-de-donnees": (
        ("491943", "exact"),
        ("121692", "exact"),
        ("404053", "close"),
    ),
    "nosql": (
        ("109882", "exact"),
        ("404167", "close"),
    ),
    "modelisation-donnees": (
        ("120323", "exact"),
        ("478663", "close"),
    ),
    "nettoyage-donnees": (("496267", "exact"),),
    "exploration-donnees": (
        ("300067", "close"),
        ("119702", "close"),
        ("479289", "close"),
    ),
    "visualisation-donnees": (
        ("480388", "exact"),
        ("511801", "close"),
    ),
    "tableaux-de-bord": (
        ("118990", "exact"),
        ("481235", "exact"),
        ("300321", "close"),
        ("115922", "close"),
    ),
    "power-bi": (
        ("113255", "exact"),
        ("499394", "exact"),
    ),
    "entrepots-donnees": (("496181", "exact"),),
    "pipelines-donnees": (("404055", "exact"),),
    "calcul-distribue": (
        ("480868", "exact"),
        ("300611", "exact"),
        ("404056", "close"),
        ("117221", "close"),
        ("119700", "close"),
    ),
    "flux-temps-reel": (("404054", "exact"),),
    "gouvernance-donnees": (("404173", "close"),),
    "collecte-donnees": (("300452", "wider"),),
    "sig": (
        ("119432", "exact"),
        ("499184", "exact"),
        ("103168", "close"),
    ),
    "statistiques": (
        ("492154", "exact"),
        ("118813", "close"),
        ("123284", "close"),
    ),
    "probabilites": (("125870", "exact"),),
    "tests-hypotheses": (
        ("125874", "close"),
        ("476762", "close"),
    ),
    "regression": (
        ("481976", "exact"),
        ("117685", "exact"),
        ("300068", "close"),
        ("101400", "close"),
    ),
    "algebre-lineaire": (
        ("125877", "close"),
        ("479777", "close"),
    ),
    "series-temporelles": (
        ("125892", "exact"),
        ("124418", "close"),
        ("477319", "close"),
    ),
    "bases-ia": (("109794", "close"),),
    "apprentissage-automatique": (
        ("480869", "exact"),
        ("404216", "exact"),
        ("508616", "close"),
    ),
    "apprentissage-profond": (
        ("404216", "wider"),
        ("499337", "close"),
    ),
    "scikit-learn": (("480869", "wider"),),
    "pytorch-tensorflow": (("499337", "exact"),),
    "evaluation-modeles": (
        ("494232", "exact"),
        ("508624", "close"),
    ),
    "apprentissage-renforcement": (("480869", "wider"),),
    "evaluation-llm": (("494232", "wider"),),
    "traduction-automatique": (("119434", "wider"),),
    "api-llm": (
        ("400759", "wider"),
        ("495679", "wider"),
    ),
    "traitement-images": (
        ("102699", "exact"),
        ("119522", "close"),
    ),
    "ocr": (
        ("102688", "wider"),
        ("300424", "wider"),
    ),
    "teledetection": (
        ("109960", "exact"),
        ("495726", "close"),
        ("477887", "close"),
        ("480934", "close"),
    ),
    "mlops": (
        ("404178", "close"),
        ("508629", "close"),
        ("508619", "close"),
    ),
    "conteneurs": (("403031", "exact"),),
    "kubernetes": (("403038", "exact"),),
    "ci-cd": (
        ("481370", "exact"),
        ("479271", "exact"),
        ("478763", "close"),
    ),
    "cloud": (
        ("116349", "exact"),
        ("493201", "close"),
        ("480213", "close"),
    ),
    "surveillance-modeles": (
        ("508625", "exact"),
        ("508626", "close"),
    ),
    "mise-en-service-modeles": (
        ("508619", "exact"),
        ("404178", "close"),
    ),
    "ia-frugale": (("508627", "close"),),
    "ia-embarquee": (
        ("504448", "exact"),
        ("504447", "close"),
        ("495672", "close"),
    ),
    "compression-modeles": (
        ("504449", "wider"),
        ("498956", "wider"),
    ),
    "systemes-embarques": (
        ("118821", "exact"),
        ("478664", "exact"),
        ("497058", "close"),
    ),
    "capteurs-iot": (
        ("405534", "exact"),
        ("405533", "close"),
        ("480740", "close"),
    ),
    "accelerateurs-ia": (("118309", "close"),),
    "robotique": (("104550", "exact"),),
    "traitement-signal": (("104575", "exact"),),
    "maintenance-equipements-ia": (
        ("508629", "close"),
        ("480740", "close"),
    ),
    "hygiene-numerique": (("481378", "wider"),),
    "securite-ia": (
        ("504450", "close"),
        ("508633", "close"),
    ),
    "tests-intrusion": (("492029", "wider"),),
    "gestion-acces": (
        ("478686", "exact"),
        ("478622", "close"),
    ),
    "detection-incidents": (
        ("478233", "exact"),
        ("493903", "close"),
    ),
    "analyse-risques": (
        ("480690", "exact"),
        ("479269", "close"),
    ),
    "rgpd": (
        ("119308", "exact"),
        ("497222", "exact"),
        ("482009", "exact"),
    ),
    "ethique-ia": (
        ("504455", "exact"),
        ("508631", "close"),
    ),
    "propriete-intellectuelle-ia": (
        ("494073", "wider"),
        ("492823", "close"),
    ),
    "documentation-modeles": (
        ("494069", "close"),
        ("508628", "close"),
    ),
    "audit-ia": (("492284", "wider"),),
    "cas-usage-ia": (
        ("400327", "exact"),
        ("508620", "close"),
    ),
    "produit-ia": (("493946", "close"),),
    "projet-ia": (
        ("494932", "exact"),
        ("508635", "exact"),
    ),
    "conduite-changement-ia": (
        ("492638", "exact"),
        ("512740", "exact"),
    ),
    "valeur-ia": (("494271", "wider"),),
    "choix-solutions-ia": (("481300", "close"),),
    "experience-utilisateur-ia": (
        ("121036", "exact"),
        ("481234", "exact"),
    ),
    "veille-ia": (
        ("499436", "exact"),
        ("508630", "close"),
    ),
    "tableur-ia": (("120692", "wider"),),
    "automatisation-nocode": (("120287", "wider"),),
    "rpa": (("120287", "wider"),),
    "analyse-processus": (
        ("120345", "exact"),
        ("497885", "exact"),
        ("118295", "close"),
        ("496416", "close"),
    ),
    "scripts-bureautiques": (("120874", "exact"),),
    "formation-ia": (("494427", "wider"),),
    "conception-formation-ia": (
        ("512602", "wider"),
        ("300026", "wider"),
    ),
    "sensibilisation-ia": (("508621", "close"),),
    "support-ia": (
        ("116289", "wider"),
        ("120321", "wider"),
    ),
    "mediation-numerique": (
        ("498294", "exact"),
        ("140975", "exact"),
    ),
    "qualite-donnees": (
        ("497571", "exact"),
        ("120317", "exact"),
        ("124842", "close"),
    ),
    "ia-sante": (("123161", "close"),),
    "maintenance-predictive": (("402181", "close"),),
    "ia-marketing": (("491981", "close"),),
    "ia-logistique": (
        ("496384", "close"),
        ("121418", "close"),
    ),
}
