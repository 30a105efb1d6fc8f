"""What errors and findings say in Japanese, by their English: one file for each part of the program."""
