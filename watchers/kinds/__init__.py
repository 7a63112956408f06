"""What an address may be: each kind of document is a file here, and its line in `table.py`."""
