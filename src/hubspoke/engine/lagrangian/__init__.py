"""One echelon, whole sites, tight capacity: Lagrangian branch and bound."""
