"""Write plans for other programs: CSV, Excel, GeoPackage for QGIS, GeoJSON and Parquet."""
