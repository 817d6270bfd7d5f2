"""Concepts of ESCO that speak of our skills: the end of http://data.europa.eu/esco/skill/<concept>, each judged.

Same words on closeness as in ``skills_rome``. The concepts are those of ESCO 1.0, which is older than generative AI.
"""

ESCO_CONCEPTS: dict[str, tuple[tuple[str, str], ...]] = {
    "python": (("ccd0a1d9-afda-43d9-b901-96344886e14d", "exact"),),
    "langage-r": (("51586df8-1c46-4b47-8583-773cb63bf00b", "exact"),),
    "javascript": (
        ("3cd569a2-4f88-4c1e-9995-8dce8c5e51a7", "exact"),
        ("867137fb-ff1b-4ca3-99f3-cb6969aa2c68", "close"),
        ("9b9de2a4-d8af-4a7b-933a-a8334ae60067", "close"),
    ),
    "java-scala": (
        ("19a8293b-8e95-4de3-983f-77484079c389", "close"),
        ("ffddfc7c-a9dd-449f-9e96-882dc447c8b6", "close"),
    ),
    "c-cpp": (("b633eb55-8f1f-4ae6-ab4c-2022ffe2cb7f", "close"),),
    "algorithmique": (
        ("54924a2c-daca-40d3-9716-4b38ceb04f38", "exact"),
        ("7482a123-e801-48de-9733-262125671410", "close"),
    ),
    "git": (("9d2e926f-53d9-41f5-98f3-19dfaa687f3f", "wider"),),
    "tests-logiciels": (
        ("913e7e83-b8f8-4574-b1ca-1b38f3fd974a", "exact"),
        ("6a322874-e32f-4cd8-9683-badce67a7f73", "close"),
    ),
    "sql": (
        ("598de5b0-5b58-4ea7-8058-a4bc4d18c742", "exact"),
        ("9cf681c7-89ec-470c-b651-7fe03786f586", "wider"),
        ("75f839c2-fd9a-4ad3-8921-6e734608568d", "wider"),
    ),
    "bases-de-donnees": (
        ("7369f779-4b71-4aab-8836-48b69c676eec", "exact"),
        ("ab1e97ed-2319-4293-a8b7-072d2648822f", "close"),
    ),
    "nosql": (("76ef6ed3-1658-4a1a-9593-204d799c6d0c", "exact"),),
    "modelisation-donnees": (
        ("fbafa41f-cd05-4109-a649-8b44d306d779", "exact"),
        ("fecf8a0d-62c4-4e71-9b03-0f4fc2ad7bf5", "exact"),
        ("84f58e3d-8669-4d83-8c1d-5dd1e73a654f", "close"),
    ),
    "nettoyage-donnees": (
        ("50b100ea-74fd-4706-99db-3e4ca55e51b8", "exact"),
        ("07889c08-7220-47c8-96f7-6068fbea00dc", "close"),
    ),
    "exploration-donnees": (
        ("2b92a5b2-6758-4ee3-9fb4-b6387a55cc8f", "exact"),
        ("25f0ea33-b4a2-4f31-b7b4-7d20e827b180", "close"),
    ),
    "visualisation-donnees": (
        ("c3e36d05-8ae8-447f-bb2b-6f9409f85389", "exact"),
        ("c0326e27-5fa8-4dca-aecb-ed89ab491513", "close"),
    ),
    "tableaux-de-bord": (("8dcbcabe-09f7-4d11-940d-125af57bbc40", "close"),),
    "power-bi": (("143769cb-b61e-47d8-a61e-eedfbec1016c", "exact"),),
    "entrepots-donnees": (("3ec2e4d6-7000-4905-bf1a-c5b1679416de", "exact"),),
    "pipelines-donnees": (
        ("2daec0e6-f0c1-43e8-8178-aedba99130ec", "close"),
        ("46ec0033-3c71-415e-bcff-b065675ba2dc", "close"),
    ),
    "calcul-distribue": (
        ("47a49cd6-097d-457a-9f7b-c290c14930d5", "close"),
        ("897b393f-e7e0-4248-a40d-d77119694e83", "close"),
        ("e46291c7-52b9-4174-bd59-178884861038", "close"),
    ),
    "gouvernance-donnees": (
        ("9ff9db9d-d14b-426e-83f3-e7449af6c79f", "close"),
        ("9a0d0abc-010d-440b-8242-7e31510471ba", "close"),
    ),
    "collecte-donnees": (("0d6714c6-720e-4985-9791-5ab85d28da79", "wider"),),
    "sig": (
        ("377861af-f966-4c87-a2db-7e99904312b9", "exact"),
        ("440f64e5-e66c-45ee-bc29-53c14a2ad720", "exact"),
        ("023f4870-b417-4bd2-b0ae-78e61587c79f", "close"),
    ),
    "statistiques": (
        ("7ee4c2ea-b349-4bd2-81a3-ec31475d4833", "exact"),
        ("382c11ed-20d5-4ae7-b60e-15fec527fa6c", "exact"),
    ),
    "probabilites": (("b758675a-b03b-4e4b-897c-57ca14b1a3d0", "exact"),),
    "tests-hypotheses": (("a9dc215e-4e26-4ac0-b1e8-a721a88af813", "close"),),
    "regression": (
        ("06670261-ea6b-4b52-a915-c7d4ff837f74", "exact"),
        ("38d49d88-9069-467b-b29e-3cae739bdd4d", "close"),
    ),
    "algebre-lineaire": (("55e910e4-736d-44cf-bfa9-b15adc5d91d2", "close"),),
    "series-temporelles": (("be727774-46d7-43d7-aee9-1a51b5cd8c71", "close"),),
    "bases-ia": (("e465a154-93f7-4973-9ce1-31659fe16dd2", "exact"),),
    "apprentissage-automatique": (("8369c2d6-c100-4cf6-bd83-9668d8678433", "exact"),),
    "apprentissage-profond": (("8369c2d6-c100-4cf6-bd83-9668d8678433", "wider"),),
    "scikit-learn": (("8369c2d6-c100-4cf6-bd83-9668d8678433", "wider"),),
    "apprentissage-renforcement": (("8369c2d6-c100-4cf6-bd83-9668d8678433", "wider"),),
    "recommandation": (("505e4ef3-7ce4-437d-b7b4-5c608f71c258", "exact"),),
    "traitement-langage": (
        ("fff0e2cd-d0bd-4b02-9daf-158b79d9688a", "exact"),
        ("a056851d-4a8b-4007-b0f6-8224ca1ec1c2", "close"),
    ),
    "fouille-texte": (("25f0ea33-b4a2-4f31-b7b4-7d20e827b180", "wider"),),
    "voix": (("2af29864-c941-40a5-ae7b-2b6c4b92c0d7", "close"),),
    "traduction-automatique": (
        ("32a2c63d-2d13-4784-abb8-678ef2cd8a46", "exact"),
        ("890f090f-e03f-465e-ad16-f332b2a80c95", "close"),
        ("95d84b77-ba94-492f-a1e6-18be13f16cf0", "wider"),
    ),
    "generation-images": (("5f782745-6382-4873-b415-8fb91c705b03", "wider"),),
    "ocr": (("12c82224-6394-4c3c-9831-2a8198ed1274", "exact"),),
    "vision-industrielle": (
        ("a06aa85f-2879-4a02-a6bd-cd60cdfc3f12", "close"),
        ("7d02180a-87d1-4e25-92e1-653309c173c4", "close"),
    ),
    "teledetection": (
        ("cbb330ab-55ac-4eec-b54c-b85c6219f508", "exact"),
        ("a521903b-aa32-4954-9790-961b0df1261f", "close"),
    ),
    "ci-cd": (
        ("f47a1998-0beb-43be-9f46-380aa4d183da", "close"),
        ("f0de4973-0a70-4644-8fd4-3a97080476f4", "wider"),
    ),
    "ia-frugale": (
        ("0e78d9c9-7c3c-4c5c-82cb-205c16edbcb8", "wider"),
        ("c4ba12d1-4698-42fa-8abb-789462ea2586", "wider"),
    ),
    "systemes-embarques": (("2180bd8c-86de-4889-8165-adac902eee9d", "exact"),),
    "capteurs-iot": (
        ("f049d050-12da-4e40-813a-2b5eb6df6b51", "exact"),
        ("70a7b3b3-31ef-4b29-a30f-bb7299dff39b", "close"),
    ),
    "robotique": (("e87ec79a-c9ff-46f5-84fa-7a0f394cdf40", "exact"),),
    "traitement-signal": (("cfa2be0d-96d5-4017-a866-962efb9c5070", "exact"),),
    "hygiene-numerique": (
        ("df329d70-87b0-466b-a214-3431f36e2a5e", "close"),
        ("a4b2a278-2123-4450-8b43-be01c4f341da", "close"),
        ("8088750d-8388-4170-a76f-48354c469c44", "wider"),
    ),
    "securite-ia": (("8088750d-8388-4170-a76f-48354c469c44", "wider"),),
    "tests-intrusion": (("f4a85869-1855-45d5-a43c-7ee8cd451996", "wider"),),
    "analyse-risques": (
        ("fe1c2b32-7fe9-4668-affa-07ff658a68cf", "exact"),
        ("69cfc5ed-6569-4aca-a4cc-fd782ba51d9c", "close"),
    ),
    "rgpd": (
        ("097c6a36-f031-4d3e-b5c1-62d6ffcb430b", "exact"),
        ("a4346013-a967-4a58-a533-6b32ad1364c5", "exact"),
    ),
    "propriete-intellectuelle-ia": (("2ad081e6-0a3f-4612-ac15-7ace75d39e26", "wider"),),
    "documentation-modeles": (("04dfd9fb-e0cf-40f6-96c6-9d2280c4347e", "wider"),),
    "audit-ia": (("7e1f9657-ab4e-407c-842f-b846197060e3", "wider"),),
    "cas-usage-ia": (("42fcf80d-7b45-40f3-bd2f-5411c4c0dfa0", "wider"),),
    "produit-ia": (("29fb886c-6be0-4e93-9ea1-232881f2092a", "wider"),),
    "projet-ia": (
        ("3c76296d-4bbd-44ba-8eaa-95bf275f79b7", "wider"),
        ("94dd823c-148e-4614-a6e8-99249b16357d", "wider"),
    ),
    "conduite-changement-ia": (("3c03ee71-4a23-448f-b79e-81fd75d27dca", "exact"),),
    "valeur-ia": (("48b68726-0fd6-4e03-a5eb-82236516ee7a", "wider"),),
    "choix-solutions-ia": (
        ("3cfa46e9-b7da-44ac-b09e-9596dffe0425", "wider"),
        ("3d64b8fd-bb09-4d13-a3cf-300ed8909088", "close"),
    ),
    "experience-utilisateur-ia": (
        ("7364cc39-b9c0-449f-9416-57723e2fd9c4", "exact"),
        ("07dd856d-6141-48a7-a228-918f88494812", "close"),
        ("465e7c78-cd26-4503-a5ca-40009e807705", "close"),
    ),
    "strategie-ia": (("248894d1-42dc-474f-af6e-2da52ac0c679", "wider"),),
    "veille-ia": (("7a17d7ce-01a2-4746-bbcc-22ffe22fa16e", "wider"),),
    "tableur-ia": (("1973c966-f236-40c9-b2d4-5d71a89019be", "wider"),),
    "presentation-ia": (("234aeb8d-56c3-4531-9193-1c5e6a8d16cb", "wider"),),
    "verification-ia": (("1d6c7de4-350e-4868-a47b-333b4b0d9650", "wider"),),
    "analyse-processus": (
        ("98301d4a-2cc3-439d-8d7f-0b6ac76302bb", "exact"),
        ("6a7792a9-888a-46ad-afc9-2c0d94c8fde6", "exact"),
        ("75b30aeb-34c0-40f4-b77d-271d75a98b14", "close"),
    ),
    "scripts-bureautiques": (
        ("5ef0c719-5bcb-49f8-b8eb-824388225333", "wider"),
        ("13bdd41a-2a18-441f-96db-41252c519413", "close"),
    ),
    "formation-ia": (("418a56a2-7cfc-4b6d-8cf5-5c2add99a849", "wider"),),
    "conception-formation-ia": (
        ("e3145bd7-7f35-44ec-a5dc-4417c5c9ab9a", "close"),
        ("b6d14ab8-3441-4cbe-8a0e-5b4f7f994730", "close"),
        ("8a6394d1-f44f-4b0d-81d5-7201fc025ba8", "close"),
    ),
    "support-ia": (
        ("c2296e2e-5fef-4f24-a24f-e5b3792268be", "wider"),
        ("385479b7-5da5-4367-9763-0d15b41bb65b", "close"),
    ),
    "mediation-numerique": (("c8fa4313-80b0-4f37-8b1b-1739707bc362", "close"),),
    "qualite-donnees": (
        ("713fb616-118e-40bc-9366-4a69879a49d5", "exact"),
        ("cc7370dd-69fa-4c67-a96f-d4d135d38700", "exact"),
    ),
    "jeux-donnees": (("906323f4-00c4-4c3b-ab5a-8af77be3456e", "exact"),),
    "ia-sante": (
        ("16636767-c215-4cf0-b126-e144fea20926", "close"),
        ("3e8e862d-2f1a-40c6-bb6d-d1d7eeb78854", "close"),
        ("b21e2984-c6b2-4352-bbe8-8f3b03bd50f6", "wider"),
    ),
    "ia-agriculture": (("fdc388ba-c8f4-4455-a55f-ffdf29b05f5f", "wider"),),
    "ia-logistique": (("6f993130-082b-4732-b62f-52cdf2096ad9", "close"),),
}
