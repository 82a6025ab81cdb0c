# cython: language_level=3, boundscheck=False, wraparound=False
"""A loop that Cython compiles: what examples/foreign/cython_function.py calls."""


def step(float[::1] v, float[::1] u, unsigned char[::1] spike, const float[::1] current):
    """Izhikevich's neuron, one after the other, in place."""
    cdef Py_ssize_t i
    for i in range(v.shape[0]):
        spike[i] = v[i] > 30.0
        if spike[i]:
            v[i] = -65.0
            u[i] += 8.0
        v[i] += 0.5 * (0.04 * v[i] * v[i] + 5.0 * v[i] + 140.0 - u[i] + current[i])
        u[i] += 0.5 * 0.02 * (0.2 * v[i] - u[i])
