"""The first plan: the Japanese data that ship, read, planned, looked at, drawn and saved."""

import hubspoke as hs

network = hs.read()
plan = hs.solve(network, policy="regional", year=2040)
print(plan.summary())
hubs = plan.hubs[plan.hubs["state"] == "open"].set_index("id")
print(hubs[["region", "technology", "capacity_t", "load_t"]].round(0))
farthest = plan.assignments.nlargest(3, "distance_km")
print(farthest[["site_id", "hub_id", "distance_km", "ferry_km"]].round(0))
plan.map(region="shikoku").save("shikoku.html")
plan.save("first-plan")
