"""The names of PymoNNto: which of them monnto has, where, and how it does them."""
