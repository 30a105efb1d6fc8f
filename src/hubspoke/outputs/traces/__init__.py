"""Write traces for other programs: tables, graphs, EPCIS, Catena-X, PROV, and a fragment of a battery passport."""
