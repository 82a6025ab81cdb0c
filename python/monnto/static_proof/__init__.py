"""Which behaviors do the same in every iteration, found by reading their code (S21).

A plan replays iterations without calling Python. Whoever declares ``static = True`` promises that
nothing is lost by that. Most behaviors need no promise: they are formulas on variables, and what
could not be replayed (a branch on a value, a counter, np.random) the engine notices when it tapes
an iteration. What it cannot notice is code that does something outside of the network. So a
behavior whose code consists of nothing but operations on variables is as good as declared; what is
not known to be harmless is not replayed.
"""
