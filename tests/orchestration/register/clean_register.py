"""A small city with one thread from finding to follow-up: nothing is wrong with it, and it can be broken.

Lives here: the clean register and the edits that break it. Must not live here: claims about findings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from orchestration.findings import Finding
from orchestration.register.tables import REGISTER
from orchestration.workspace import load_workspace

WORKSPACE = """\
workspace_id: kleinstadt
name_de: Kleinstadt
name_en: Smalltown
city_area_id: stadt-0
crs: EPSG:25832
contact_office: Stadt Kleinstadt
feedback_address: post@kleinstadt.example
disclosure_default_profile: none
"""
CONTRACT = """\
title: Einwohner*innen
group: statistics
owner: Einwohnermeldeamt
publisher: Stadt Kleinstadt
licence: DL-DE BY 2.0
purpose: Altersaufbau
legal_basis: Zählung
due: {days_after_period: 90}
file: {pattern: einwohner_*.csv, format: csv, encoding: utf-8, delimiter: ";", decimal: ",", thousands: ".",
  title_lines: 0}
columns:
  - {name: Nr, type: code}
  - {name: insgesamt, type: count}
area: {by: code, column: Nr, level: stadtteil}
period: {file_name: "_(\\\\d{4})\\\\.csv$"}
produces: observations
observations:
  - {column: insgesamt, variable: population}
"""
OTHER_FILES = {
    "workspace.yml": WORKSPACE,
    "extracts/einwohner.yml": CONTRACT,
    "disclosure/profiles.csv": (
        "profile_id;threshold;protects_complement;min_denominator;hides;note_de;note_en\n"
        "none;0;false;0;false;;\n"
    ),
    "geography/levels.csv": (
        "level;name_de;name_en;plural_de;plural_en;rank;parent_level\n"
        "stadt;Stadt;City;Stadt;City;0;\n"
        "stadtbezirk;Bezirk;District;Bezirke;Districts;1;stadt\n"
        "sozialraum;Sozialraum;Social space;Sozialräume;Social spaces;2;stadtbezirk\n"
        "stadtteil;Stadtteil;Quarter;Stadtteile;Quarters;3;stadtbezirk\n"
    ),
    "geography/areas.csv": (
        "level;code;name;parent_level;parent_code;valid_from;valid_to\n"
        "stadt;0;Kleinstadt;;;;\n"
        "stadtbezirk;1;Mitte;stadt;0;;\n"
        "sozialraum;01;Am Ufer;stadtbezirk;1;;\n"
        "stadtteil;101;Altufer;stadtbezirk;1;;\n"
        "stadtteil;102;Neuufer;stadtbezirk;1;;\n"
        "stadtteil;103;Berg;stadtbezirk;1;;\n"
    ),
    "geography/shares.csv": (
        "level;code;member_level;member_code;share;valid_from;valid_to\n"
        "sozialraum;01;stadtteil;101;1;;\n"
        "sozialraum;01;stadtteil;102;1;;\n"
        "sozialraum;01;stadtteil;103;0.2;;\n"
    ),
    "indicators.csv": (
        "indicator_id;levels;years;note\n"
        "child_poverty_sgb2_under_15;stadt|sozialraum|stadtteil;2012-2024;\n"
        "hze_rate_under_21;stadt;2012-2024;\n"
    ),
}
POVERTY = "child_poverty_sgb2_under_15"
ROWS = {
    "offices": """
jugend;Jugendamt;Youth office;
soziales;Sozialamt;Social office;
statistik;Amt für Statistik;Statistics office;
""",
    "bodies": """
STG;steuerungsgremium;Steuerungsgremium;Steering committee;;2020-01-01;
RAT;rat;Rat;Council;;;
FG-1;fokusgruppe;Fokusgruppe Kinder;Focus group children;;;
SRK-01;sozialraumkonferenz;Sozialraumkonferenz Am Ufer;Conference;;2019-01-01;
SEN;fachausschuss;Seniorenausschuss;Seniors committee;;;
""",
    "papers": "P-1;0815/2021;Beschlussvorlage;Ziele gegen Kinderarmut;2021-08-01;true;jugend",
    "decisions": """
D-H1;STG;2021-05-01;challenge;H-1;adopted;12;0;1;;1;;true;
D-Z1R;STG;2021-06-01;goal;Z-1;adopted;;;;;;;true;
D-Z1A;RAT;2021-09-01;goal;Z-1;adopted;60;10;4;P-1;1;;true;SI-2
D-Z2R;STG;2021-06-01;goal;Z-2;adopted_modified;;;;;;;true;
D-Z2A;RAT;2021-09-01;goal;Z-2;adopted;;;;P-1;quoted;;true;
D-S1R;STG;2021-11-01;strategy;S-1;noted;;;;;;;true;
D-S1A;RAT;2021-12-01;strategy;S-1;adopted;;;;;;;true;
D-B1;SRK-01;2022-03-01;need;B-1;accepted;9;1;0;;1;;true;
D-B2;SRK-01;2022-03-01;need;B-2;rejected;2;8;0;;;Der Bestand reicht aus.;false;
D-B1M;SRK-01;2024-06-20;need;B-1;adopted;;;;;;;true;
D-M1;RAT;2022-05-01;intervention;M-1;adopted;;;;;;;true;
D-R1;RAT;2021-12-01;standard;R-1;adopted;;;;;;;true;
D-PG;STG;2021-05-02;priority;PG-1;adopted;;;;;;;true;
""",
    "acceptance_bodies": """
sozialraum-01;;SRK-01;2019-01-01;;
stadt-0;seniors;SEN;;;
""",
    "frameworks": "KP;city_strategy;Perspektiven 2030;Perspectives 2030;;",
    "findings": f"""
BF-1;Kinderarmut Am Ufer;Mehr als in der Stadt.;{POVERTY};sozialraum-01;2020;1;;2021-03-01;statistik
BF-2;Kinderarmut damals;;{POVERTY};stadt-0;2014;quoted;24.5;2016-03-01;statistik
""",
    "challenges": """
H-1;Kinder wachsen in Armut auf;;;income;sozialraum-01;children;BF-1|BF-2;data;A
H-2;Familien erfahren nicht, was es gibt;;;income|education;;;EB-1;evaluation;
""",
    "challenge_ratings": """
H-1;STG;severity;5;2;administration;2021-04-01
H-1;STG;severity;4;2;politics;2021-04-01
""",
    "goals": """
Z-1;;guiding;KP;Kinder wachsen gut auf;;Armut verringert Chancen.;income;city;;;jugend;soziales;H-1
Z-2;Z-1;strategic;KP;Weniger Kinderarmut Am Ufer;;Dort ist sie am höchsten.;income;area;sozialraum-01;children;jugend;soziales;H-1
""",  # noqa: E501  one row is one line
    "strategies": (
        "S-1;Frühe Hilfen zusammenführen;;Ein Ort, an dem alle Ämter beraten.;Z-2;H-1;sozialraum-01;children;"
        "jugend;soziales;FG-1;2022-01-01;"
    ),
    "targets": f"""
ZW-1;Z-2;{POVERTY};sozialraum-01;;reach;;2020;1;38.5;30;2026;linear;linear;jugend;;;;;2022=36|2024=33.5;0.5;0.5;;
ZW-2;Z-2;hze_rate_under_21;stadt-0;;reach;higher_worse;2020;quoted;41;35;2026;geometric;cagr;jugend;;;;;;;;;
ZW-3;Z-2;{POVERTY};stadt-0;;maintain;;2020;1;22;;2026;;;jugend;;;;;;1;;;
ZW-4;Z-2;{POVERTY};sozialraum-01;;reduce_gap;;2020;1;16.5;10;2028;steps;sustainability;jugend;;;;;2024=13;;;;
ZW-5;Z-2;{POVERTY};sozialraum-01;;relative_change;;2020;1;40;;2025;;;jugend;;;;-20;;;;;
ZW-6;Z-2;hze_rate_under_21;stadt-0;;range;;2020;quoted;41;;2027;;linear;jugend;;30;38;;;;;;
ZW-7;Z-2;;sozialraum-01;;milestone;;;;;;2023;;;jugend;;;;;;;;Familienbüro eröffnet;2022-09-01
""",
    "standards": """
R-1;kita;children;350;places;council_decision;Ratsbeschluss 2021;D-R1;2021-12-01;2023-12-31;60
R-2;kita;children;380;places;professional;Landesempfehlung;;2023-12-31;;
""",
    "priority_weights": f"""
PG-1;need_intensity;0.6;kita;stadtteil;{POVERTY};jugend;2021-04-15;D-PG
PG-1;supply_gap;0.4;kita;stadtteil;;jugend;2021-04-15;D-PG
""",
    "priority_overrides": "PG-1;stadtteil-101;1;Die Kita dort schließt im Sommer.;D-PG",
    "needs": """
B-1;Beratung im Quartier;;Es fehlt ein Ort.;conference;Quartiersmanagement;2022-01-10;;stadtteil-101;children;income;kita;BF-1;;Z-2;Zwei Stellen geprüft, beide voll.;2022-01-31;40;places;1;jugend;2025-03-01
B-2;Zweiter Spielplatz;;Gewünscht.;residents;;2022-01-15;;sozialraum-01;children;environment;;;Mehrfach vorgetragen.;Z-2;Ein Spielplatz liegt nah.;2022-01-31;;;;;
B-3;Mittagstisch;;Gewünscht.;traeger;;2022-02-01;;stadtteil-103;seniors;inclusion;;;;;;;;;;;
""",  # noqa: E501  one row is one line
    "interventions": """
M-1;Familienbüro;;S-1;jugend;soziales;AWO|Caritas;B-1;;Z-2;sozialraum-01;children;200;2022-06-01;2023-12-31;facility;150
M-2;Pflichtberatung;;;soziales;;;;§ 16 SGB VIII;;;;;;;coordination;
""",
    "resources": """
M-1;2022;budget;EUR;100000;90000;95000;Haushalt 2022
M-1;2023;budget;EUR;180000;180000;;Haushalt 2023
""",
    "logic_nodes": """
W-1;M-1;input;Zwei Stellen;;FTE;2;2;2022
W-2;M-1;activity;Beratung;;;;;
W-3;M-1;output;Beratene Familien;;families;200;150;2023
W-4;M-1;outcome;Weniger Kinder im Leistungsbezug;ZW-1;;;;
""",
    "logic_edges": "W-3;W-4;Wer beraten wird, nimmt Hilfe an.",
    "milestones": """
MS-1;M-1;Räume gemietet;2022-06-30;2022-08-15;done;Mietvertrag
MS-2;M-1;Zweite Sprechstunde;2023-06-30;;missed;
""",
    "evaluations": (
        f"E-1;intervention;M-1;Evaluation Familienbüro;1;2024-01-15;soziales;statistik;{POVERTY};"
        "Nur ein Sozialraum.;"
    ),
    "evaluation_outcomes": f"""
EO-1;E-1;ZW-1;{POVERTY};sozialraum-01;did;2020;2023;
EO-2;E-1;;;sozialraum-01;qualitative;;;Familien sagen, dass sie leichter Rat finden.
""",
    "evaluation_findings": """
EB-1;E-1;EO-1;Ziel teilweise erreicht;;partly;process.coordination|project_design.staff_not_found;;2;adapt
EB-2;E-1;EO-1;Angebot ist bekannt;;attained;;;1;continue
""",
    "meetings": """
SI-1;STG;2021-08-20;Sitzung vor der Sommerpause;N-1;true
SI-2;RAT;2021-09-01;;N-2;true
""",
    "paper_steps": """
P-1;1;STG;SI-1;2021-08-20;noted
P-1;2;RAT;SI-2;;adopted
""",
    "memberships": """
MG-1;STG;welfare;Arbeitsgemeinschaft der Wohlfahrtsverbände;2;true;2020-01-01;
MG-2;STG;party;Fraktionen des Rates;11;true;2020-11-05;
MG-3;STG;invited;Jobcenter;1;false;2020-01-01;
""",
    "elections": "SV-1;STG;Ratswahl 2020;2020-09-13;11;hare_niemeyer;2020-11-05;Rechtsamt;F;2020-11-05;",
    "election_votes": """
SV-1;A;Partei A;26
SV-1;B;Partei B;20
SV-1;C;Partei C;19
SV-1;D;Partei D;6
SV-1;E;Partei E;5
SV-1;F;Partei F;4
SV-1;G;Partei G;4
SV-1;H;Partei H;6
""",
    "sector_plans": "FP-1;youth_welfare;Jugendhilfeplan;;§ 80 SGB VIII;jugend;Z-2;M-1;2021-01-01;",
    "participation_events": "BE-1;workshop;Werkstatt;2022-01-08;sozialraum-01;parents;seniors;35;H-1;B-1",
    "steering_reports": "M-1;2022-12-31;yellow;Eine Stelle ist frei.;project_design.staff_not_found",
    "commentaries": f"""
KO-1;indicator;{POVERTY};;sozialraum-01;2020;Der Abstand wächst mit dem Zuzug.;;statistik;2021-04-01;1
KO-2;area;sozialraum-01;;;2020;Ein junges Quartier.;;statistik;2021-04-01;1
KO-3;goal;Z-2;;;2014;So begann es.;;jugend;2021-04-01;quoted
""",
    "followups": "F-1;EB-1;Ansprache ändern;jugend;2025-01-31;challenge;H-2;;",
}
HISTORIES = """
challenge H-1: draft 2021-03-15, assessed 2021-04-01, prioritised 2021-05-01 D-H1, addressed 2021-09-01
challenge H-2: draft 2024-07-01
goal Z-1: draft 2021-05-02, proposed 2021-05-20, recommended 2021-06-01 D-Z1R, adopted 2021-09-01 D-Z1A, in_force 2021-09-01
goal Z-2: draft 2021-05-02, proposed 2021-05-20, recommended 2021-06-01 D-Z2R, adopted 2021-09-01 D-Z2A, in_force 2021-09-01
strategy S-1: drafted 2021-10-01, advised 2021-11-01 D-S1R, adopted 2021-12-01 D-S1A, running 2022-01-01
need B-1: wish 2022-01-05, raised 2022-01-10, under_review 2022-01-20, ready_for_conference 2022-02-10, accepted 2022-03-01 D-B1, planned 2022-04-10, in_delivery 2022-06-01, met 2024-06-20 D-B1M
need B-2: raised 2022-01-15, under_review 2022-01-20, ready_for_conference 2022-02-10, rejected 2022-03-01 D-B2
need B-3: wish 2022-02-01
intervention M-1: idea 2022-03-10, planned 2022-04-01, approved 2022-05-01 D-M1, running 2022-06-01, completed 2023-12-31, evaluated 2024-06-10
intervention M-2: idea 2022-03-10
evaluation E-1: planned 2022-05-01, data_frozen 2024-02-01, drafted 2024-03-01, reviewed 2024-05-01, published 2024-06-01, followed_up 2024-09-01
followup F-1: open 2024-06-15, agreed 2024-06-30
"""  # noqa: E501  one history is one line


def _events() -> list[list[str]]:
    rows = []
    for line in HISTORIES.strip().splitlines():
        item, _, steps = line.partition(": ")
        kind, key = item.split()
        before = ""
        for step in steps.split(", "):
            state, at, *decision = step.split()
            rows.append([kind, key, before, state, at, "Geschäftsstelle", *(decision or [""]), ""])
            before = state
    return rows


def _row(stem: str, cells: list[str]) -> dict[str, str]:
    """The cells of a row under their columns; the last ones may be left out where they are empty."""
    header = REGISTER[stem].header
    return dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=True))


@dataclass
class Planning:
    """The rows of all planning files, to be edited, written and checked."""

    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    @classmethod
    def clean(cls) -> Planning:
        """A register with which nothing is wrong."""
        rows = {stem: [line.split(";") for line in text.strip().splitlines()] for stem, text in ROWS.items()}
        rows["status_events"] = _events()
        return cls({stem: [_row(stem, cells) for cells in table] for stem, table in rows.items()})

    def at(self, stem: str, name: str) -> int:
        """Index of a row, named by its key, or `<id>:<to_state>` for a change of state; parts joined by :."""
        key = ("entity_id", "to_state") if stem == "status_events" else REGISTER[stem].key
        parts = name.split(":")
        return next(
            index
            for index, row in enumerate(self.rows[stem])
            if [row[column] for column in key][: len(parts)] == parts
        )

    def line(self, stem: str, name: str) -> int:
        """The line of a row in its file."""
        return self.at(stem, name) + 2

    def set(self, stem: str, name: str, **cells: str) -> Planning:
        """Change cells of a row."""
        self.rows[stem][self.at(stem, name)].update(cells)
        return self

    def drop(self, stem: str, *names: str) -> Planning:
        """Remove rows."""
        for name in names:
            del self.rows[stem][self.at(stem, name)]
        return self

    def add(self, stem: str, row: str) -> Planning:
        """Add a row at the end."""
        self.rows[stem].append(_row(stem, row.split(";")))
        return self

    def end(self, name: str) -> Planning:
        """Forget what came after a change of state, `<id>:<to_state>`."""
        key, last = name.split(":")
        events = self.rows["status_events"]
        own = [index for index, row in enumerate(events) if row["entity_id"] == key]
        for index in reversed([index for index in own if index > self.at("status_events", name)]):
            del events[index]
        assert events[self.at("status_events", name)]["to_state"] == last
        return self

    def write(self, folder: Path) -> Path:
        """The whole workspace in `folder`."""
        for name, text in OTHER_FILES.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        self.write_planning(folder)
        return folder

    def write_planning(self, folder: Path) -> None:
        """The planning files, into the workspace in `folder`."""
        (folder / "planning").mkdir(exist_ok=True)
        for stem, rows in self.rows.items():
            lines = [REGISTER[stem].header, *(row.values() for row in rows)]
            text = "".join(";".join(line) + "\n" for line in lines)
            (folder / "planning" / f"{stem}.csv").write_text(text, encoding="utf-8")

    def findings(self, folder: Path) -> list[Finding]:
        """What loading the written workspace finds."""
        return load_workspace(self.write(folder))[1]
