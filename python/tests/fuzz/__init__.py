"""Random programs run side by side on NumPy and on monnto: `python -m fuzz --help`."""
