"""List the places by whose names a position is looked up: prefectures by their offices, and municipalities."""

from __future__ import annotations

from generator.tables import Row, read_table

COLUMNS = (
    "kind", "region", "prefecture", "prefecture_ja", "name_en", "name_ja", "lat", "lon", "source", "confidence"
)  # fmt: skip
OFFICE = "position of the prefectural office, well known"


def make_gazetteer() -> list[dict[str, object]]:
    """Return the rows of ``gazetteer.csv``: the 47 prefectures, then the municipalities of ``cities.csv``."""
    prefectures = read_table("prefectures")
    japanese = {row["name_en"]: row["name_ja"] for row in prefectures}
    offices = [_describe(row, "prefecture", row["office_lat"], row["office_lon"]) for row in prefectures]
    for office in offices:
        office |= {"source": OFFICE, "confidence": "medium"}
    cities = [_describe(row, "municipality", row["lat"], row["lon"]) for row in read_table("cities")]
    for city in cities:
        city["source"] = str(city["source"]).split(";")[0]
    return [row | {"prefecture_ja": japanese[str(row["prefecture"])]} for row in (*offices, *cities)]


def _describe(row: Row, kind: str, lat: str, lon: str) -> dict[str, object]:
    prefecture = row.get("prefecture", row["name_en"])
    return {**row, "kind": kind, "region": row["region"].lower(), "prefecture": prefecture, "lat": lat, "lon": lon}
