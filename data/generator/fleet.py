"""Turn car sales into the packs that come back ten years later."""

from __future__ import annotations

from generator.tables import Row, read_table

YEARS = (2030, 2035, 2040)
PACK_CLASSES = ("hev", "nimh", "nmc", "lfp")
SALES = ("actual", "mizuho")
"""Tables of sales that the tonnes rest on."""
KG_PER_T = 1000.0


def read_figures() -> dict[str, float]:
    """Read ``fleet.csv`` as a mapping from key to value."""
    return {row["key"]: float(row["value"]) for row in read_table("fleet")}


def compute_supply_t(year: int) -> dict[str, float]:
    """Return the packs of all Japan in one year by class.

    Parameters
    ----------
    year
        Year in which the cars are scrapped; the cars were sold ``age`` years before.

    Returns
    -------
    dict
        Tonnes of HEV packs of lithium-ion and of nickel-metal hydride, and of NMC and LFP packs from plug-in hybrids
        and battery cars.
    """
    figures = read_figures()
    sold_year = year - int(figures["age"])
    sales = next(row for row in read_table("fleet_sales") if row["table"] in SALES and int(row["year"]) == sold_year)
    kept = figures["kept_in_japan"]
    plug_t = kept * (_sold_t(sales, "phv", figures) + _sold_t(sales, "bev", figures))
    lfp_share = figures[f"lfp_{sold_year}"]
    hybrid_t, lib_share = kept * _sold_t(sales, "hev", figures), float(sales["hev_lib_share"])
    return {
        "hev": hybrid_t * lib_share,
        "nimh": hybrid_t * (1.0 - lib_share),
        "nmc": plug_t * (1.0 - lfp_share),
        "lfp": plug_t * lfp_share,
    }


def _sold_t(sales: Row, power_train: str, figures: dict[str, float]) -> float:
    return float(sales[power_train]) * figures[f"pack_{power_train}"] / KG_PER_T
