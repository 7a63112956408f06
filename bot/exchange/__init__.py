"""What leaves for other programs and comes back from them: one file for each format, and a table of them."""
