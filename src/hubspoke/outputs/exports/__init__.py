"""Tables and layers for Excel, QGIS and the web."""
