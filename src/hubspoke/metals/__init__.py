"""The metals in a plan: a ledger by place and stage, demand and duties they are held against, CO2 beside ores."""
