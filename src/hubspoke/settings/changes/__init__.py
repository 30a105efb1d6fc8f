"""Changes to rows of tables, and the technologies of some plants alone that they ask for."""
