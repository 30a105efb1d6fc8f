"""From text to typed columns, with findings that name place and cure."""
