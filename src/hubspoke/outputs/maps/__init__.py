"""The parts of a map: what it needs of a plan, colours, words, figures, compact data, and the folium elements."""
