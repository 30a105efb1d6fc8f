"""Arrays in, arrays out: `Problem` to `Solution` with a proven bound. No names, no files, no yen."""
