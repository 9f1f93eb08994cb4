"""The invented social infrastructure: which offers exist where. Must not hold: file formats, contracts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from orchestration.demo.chance import stream
from orchestration.demo.city import Place
from orchestration.demo.figures import Figures
from orchestration.demo.names import CHILDCARE_NAMES, STREETS
from orchestration.demo.residents import aged

# provider, kind of provider as the offices write it, share of the offers
PROVIDERS: tuple[tuple[str, str, float], ...] = (
    ("Stadt Musterstadt", "öffentlich", 0.38),
    ("Stromwerk Soziales gGmbH", "freigemeinnützig", 0.17),
    ("Verein Offene Türen Musterstadt e. V.", "freigemeinnützig", 0.15),
    ("Kirchenkreis am Strom", "freigemeinnützig", 0.14),
    ("Elterninitiativen Musterstadt e. V.", "Initiative", 0.10),
    ("Lebensnah GmbH", "privat", 0.06),
)
# kind of meeting place as the office writes it, target group, share
MEETING_PLACES: tuple[tuple[str, str, float], ...] = (
    ("Seniorentreff", "Ältere", 0.24),
    ("Bürgerzentrum", "alle", 0.16),
    ("Schuldnerberatung", "Menschen mit geringem Einkommen", 0.10),
    ("Familienberatung", "Familien", 0.14),
    ("Jugendtreff", "Jugendliche", 0.16),
    ("Migrationsberatung", "Zugewanderte", 0.12),
    ("Wohnungslosenhilfe", "Wohnungslose", 0.08),
)
SCHOOLS: tuple[tuple[str, str, float], ...] = (  # kind, short form, residents aged 6 to 17 per school
    ("Grundschule", "GGS", 780),
    ("Gesamtschule", "GE", 5_200),
    ("Gymnasium", "GY", 3_900),
    ("Realschule", "RS", 5_600),
    ("Förderschule", "FS", 6_400),
)


@dataclass(frozen=True)
class Offer:
    """One offer; capacity None where the office does not know it."""

    number: int
    title: str
    kind: str
    provider: str
    provider_kind: str
    target_group: str
    place: Place
    address: str
    capacity: int | None
    since: int
    x: float
    y: float


class _Writer:
    """Draws what all offers have in common."""

    def __init__(self, figures: Figures, name: str, city_weight: float = 1.0) -> None:
        self.city_weight = city_weight  # how much more often the city itself is the provider
        self.city = figures.city
        self.rng = stream(figures.city.seed, name)
        self.offers: list[Offer] = []

    def add(self, title: str, kind: str, group: str, place: Place, capacity: int, unknown: float) -> None:
        """One more offer in `place`; `unknown` is the probability that its capacity is not known."""
        weights = np.array([share for _, _, share in PROVIDERS])
        weights[0] *= self.city_weight
        provider = PROVIDERS[int(self.rng.choice(len(PROVIDERS), p=weights / weights.sum()))]
        street = STREETS[int(self.rng.integers(len(STREETS)))]
        x, y = _point(place.polygon, self.rng)
        known = self.rng.uniform() >= unknown
        self.offers.append(
            Offer(
                number=len(self.offers) + 1,
                title=title,
                kind=kind,
                provider=provider[0],
                provider_kind=provider[1],
                target_group=group,
                place=place,
                address=f"{street} {int(self.rng.integers(1, 140))}",
                capacity=capacity if known else None,
                since=int(self.rng.integers(1965, 2024)),
                x=x,
                y=y,
            )
        )


def _point(polygon: BaseGeometry, rng: np.random.Generator) -> tuple[float, float]:
    """A point well inside, so that rounding cannot move it into the neighbouring area."""
    inner = polygon.buffer(-0.0004)
    area = polygon if inner.is_empty else inner
    west, south, east, north = area.bounds
    for _ in range(500):
        x, y = (round(float(v), 6) for v in rng.uniform((west, south), (east, north)))
        if shapely.contains_xy(area, x, y):
            return x, y
    centre = polygon.representative_point()
    return round(centre.x, 6), round(centre.y, 6)


def childcare_centres(figures: Figures) -> list[Offer]:
    """Day-care centres: about one for 95 children under 6, fewer where the situation is harder."""
    writer = _Writer(figures, "childcare centres")
    children = writer.city.gathered(aged(figures, 0, 5))[:, -1]
    for place, count, hardship in zip(
        writer.city.neighbourhoods, children, writer.city.deprivation, strict=True
    ):
        for _ in range(round(float(count) / 95 * (1 - 0.10 * hardship))):
            name = CHILDCARE_NAMES[int(writer.rng.integers(len(CHILDCARE_NAMES)))]
            inclusive = writer.rng.uniform() < 0.12
            group = "Kinder mit Behinderung" if inclusive else "Kinder"
            size = int(writer.rng.integers(4, 26)) * 5
            writer.add(f"Kita {name}", "Kindertageseinrichtung", group, place, size, 0.06)
    return writer.offers


def meeting_places(figures: Figures) -> list[Offer]:
    """Meeting places and advice: about one for 6,500 residents; the opening hours are often unknown."""
    writer = _Writer(figures, "meeting places")
    residents = figures.by_neighbourhood("population")[:, -1]
    weights = np.array([share for _, _, share in MEETING_PLACES])
    for place, count in zip(writer.city.neighbourhoods, residents, strict=True):
        for _ in range(int(writer.rng.poisson(float(count) / 6_500))):
            kind, group, _ = MEETING_PLACES[int(writer.rng.choice(len(weights), p=weights / weights.sum()))]
            hours = int(writer.rng.integers(8, 48))
            writer.add(f"{kind} {place.name}", kind, group, place, hours, 0.22)
    return writer.offers


def schools(figures: Figures) -> list[Offer]:
    """Schools by kind in proportion to the children of school age; places of some are unknown."""
    writer = _Writer(figures, "schools", city_weight=14.0)
    children = writer.city.gathered(aged(figures, 6, 17))[:, -1]
    for kind, short, per_school in SCHOOLS:
        total = max(1, round(float(children.sum()) / per_school))
        chosen = writer.rng.choice(len(children), size=total, p=children / children.sum())
        for index in sorted(int(i) for i in chosen):
            place = writer.city.neighbourhoods[index]
            street = STREETS[int(writer.rng.integers(len(STREETS)))]
            size = int(writer.rng.integers(2, 5)) * (100 if kind == "Grundschule" else 240)
            writer.add(f"{street} ({short})", kind, "Schüler*innen", place, size, 0.09)
    return writer.offers
