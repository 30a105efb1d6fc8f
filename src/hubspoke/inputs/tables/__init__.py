"""Tables of text into typed columns, with findings that name place and cure."""
