"""Invented names of the fictional city. Must not hold: names of real districts, figures, geometry.

To add a name, append it to its district; districts keep their order because their number is the code.
"""

from __future__ import annotations

from collections.abc import Iterator

CITY_NAME = "Musterstadt am Strom"

DISTRICTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Strommitte", ("Marktgrund", "Torwall/Süd", "Torwall/Nord", "Speicherwerth", "Münsterhof")),
    (
        "Südaue",
        (
            "Ankerau",
            "Erlenwerth",
            "Fährgrund",
            "Gänsewiese",
            "Holderbruch",
            "Kieselau",
            "Lerchenwerth",
            "Otterfließ",
            "Pappelried",
            "Reiherhorst",
            "Schilfrode",
            "Uferkamp",
            "Wachtelgrund",
        ),
    ),
    (
        "Lindhöhe",
        (
            "Ahornhöhe",
            "Buchenleite",
            "Eschenrain",
            "Falkenhöhe",
            "Gartenrode",
            "Hainleite",
            "Kastanienhof",
            "Rosenrain",
            "Ulmengrund",
        ),
    ),
    ("Gleisfeld", ("Bahnwiese", "Drahtwerk", "Gießerfeld", "Kesselgrund", "Lokhof", "Ziegelkamp")),
    (
        "Nordwall",
        (
            "Brückenhain",
            "Glockenfeld",
            "Kranichrode",
            "Mühlenwall",
            "Nachtigallgrund",
            "Tonkuhle",
            "Windfeld",
        ),
    ),
    (
        "Hohenried",
        (
            "Birkenried",
            "Distelkamp",
            "Feldsiedlung",
            "Ginsterheide",
            "Hasenbruch",
            "Kornhöhe",
            "Moorkate",
            "Neusiedel/Ried",
            "Pfingstheide",
            "Sandkuhle",
            "Wolfsried",
            "Zaunwinkel",
        ),
    ),
    (
        "Ostufer",
        (
            "Auwerth",
            "Biberwerth",
            "Deichgrund",
            "Elsternbruch",
            "Flößerau",
            "Grünwarf",
            "Hechtsee",
            "Libellenau",
            "Netzgrund",
            "Rohrdamm",
            "Salmwerth",
            "Schleusenau",
            "Stegwiesen",
            "Treidelort",
            "Weiherkamp",
            "Wiesenwarf",
        ),
    ),
    (
        "Zechenhöhe",
        (
            "Erzgrund",
            "Förderhof",
            "Grubenfeld",
            "Haldenrain",
            "Kohlwiese",
            "Schachthöhe",
            "Schmiedekamp",
            "Stollenrain",
            "Walzgrund",
        ),
    ),
    (
        "Waldmark",
        (
            "Dachsgrund",
            "Eichelkamp",
            "Forsthof",
            "Fuchsrain",
            "Hirschleite",
            "Jägerhorst",
            "Köhlerwald",
            "Rehwinkel",
            "Tannenleite",
        ),
    ),
)

# Further neighbourhoods of a city that is larger than the standard one.
_PREFIXES = ("Amsel", "Binsen", "Drossel", "Enzian", "Finken", "Gersten", "Hafer", "Igel", "Kiefern",
             "Lauch", "Malven", "Nessel", "Orchideen", "Perlen", "Quellen", "Roggen", "Schlehen", "Trauben",
             "Veilchen", "Wacholder", "Zeisig")  # fmt: skip
_SUFFIXES = ("grund", "kamp", "rain", "werth", "höhe", "ried", "warf", "leite", "bruch", "horst", "wiese",
             "winkel", "rode", "fließ", "hof", "tal", "anger", "garten", "holz", "brink", "weide",
             "kuppe", "mulde", "trift", "hang", "eck", "steig", "see", "damm", "lund", "moor", "wall",
             "heide", "kate", "busch", "hege", "stein", "quell")  # fmt: skip

STREETS = ("Ahornweg", "Am Deich", "Am Speicher", "An der Schleuse", "Ankerstraße", "Bachgasse", "Binsenweg",
           "Distelweg", "Eichelhäherweg", "Fährstraße", "Feldrain", "Flößerstraße", "Gartenstraße",
           "Gießereiweg", "Haldenweg", "Hechtgasse", "Im Winkel", "Kastanienallee", "Kiesweg",
           "Kranichstraße", "Lerchenpfad", "Marktgasse", "Mühlendamm", "Netzmacherstraße", "Otterweg",
           "Pappelallee", "Quellenweg", "Reiherstieg", "Rosenweg", "Schmiedegasse", "Treidelpfad",
           "Uferstraße", "Ulmenweg", "Wachtelweg", "Weidenpfad", "Ziegelstraße")  # fmt: skip

CHILDCARE_NAMES = ("Ankerkinder", "Die kleinen Otter", "Flusspiraten", "Haus der Kinder", "Kieselsteine",
                   "Kinderinsel", "Libellennest", "Löwenzahn", "Marienkäfer", "Pusteblume", "Regenbogen",
                   "Schatzkiste", "Sonnenblume", "Spatzennest", "Sternschnuppe", "Storchennest",
                   "Traumzauberbaum", "Villa Kunterbunt", "Wichtelhöhle", "Zwergenland")  # fmt: skip


def further_names() -> Iterator[str]:
    """Neighbourhood names beyond the standard city, each once, always in the same order."""
    for shift in range(len(_SUFFIXES)):
        for number, prefix in enumerate(_PREFIXES):
            yield prefix + _SUFFIXES[(number + shift) % len(_SUFFIXES)]
