"""Constants with the names and values that scripts know."""

SxD = 0  # matrices are (source, destination)
DxS = 1  # matrices are (destination, source)

afferent = pre = preSynaptic = dendrite = 0  # noqa: N816
efferent = post = postSynaptic = axon = 1  # noqa: N816

# RGBA, 0 to 255.
blue = (0.0, 0.0, 255.0, 255.0)
red = (255.0, 0.0, 0.0, 255.0)
green = (0.0, 200.0, 0.0, 255.0)
yellow = (255.0, 255.0, 0.0, 255.0)
purple = (255.0, 0.0, 255.0, 255.0)
aqua = (0.0, 255.0, 255.0, 255.0)
orange = (255.0, 150.0, 0.0, 255.0)
black = (0.0, 0.0, 0.0, 255.0)
white = (255.0, 255.0, 255.0, 255.0)
