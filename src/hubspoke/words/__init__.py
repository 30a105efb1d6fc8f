"""How anything is said in two languages: words, names, numbers and text tables."""
