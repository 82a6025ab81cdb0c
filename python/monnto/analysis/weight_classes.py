"""Analysis modules that sort neurons into classes by their weights."""

from __future__ import annotations

from monnto.analysis.synapse_matrices import get_partitioned_synapse_matrix
from monnto.analysis_module import AnalysisModule


class Static_Classification(AnalysisModule):  # noqa: N801
    """Publishes a classification that you computed: one class number per neuron."""

    def __init__(self, parent=None, name="classification", classes=(), **kwargs):
        super().__init__(parent, name=name, classes=classes, **kwargs)

    def initialize(self, obj):
        self.add_tag("classifier")
        self.save_result(self.parameter("name"), self.parameter("classes"))


class _WeightClassifier(AnalysisModule):
    """Neurons with correlated weights are one class.

    The columns of the weight matrix are correlated with each other, rows of that matrix compared by
    their euclidean distance, and classes made by complete linkage, cut at the largest distance
    divided by `sensitivity`. Run again, classes keep the numbers that fit the earlier ones best.
    Needs scipy.
    """

    def __init__(self, parent=None, syn_tag="EE", **kwargs):
        super().__init__(parent, syn_tag=syn_tag, **kwargs)

    def initialize(self, obj):
        self.add_tag("classifier")
        self.add_tag("cluster_matrix_classifier")
        self.correlations = {}

    def _matrix(self, neurons):
        raise NotImplementedError

    def execute(self, neurons, sensitivity=2):
        import numpy as np

        fcluster, linkage, pdist = _scipy()
        weights = np.asarray(self._matrix(neurons), dtype=float)
        weights = weights[np.any(weights != 0, axis=1)]
        correlations = np.nan_to_num(np.corrcoef(weights.T))
        distances = pdist(correlations)
        limit = distances.max(initial=0.0) / sensitivity
        classes = fcluster(linkage(distances, "complete"), limit, "distance")
        before = self.result()
        if before is not None and len(before) == len(classes):
            classes = matched(classes, np.asarray(before))
        else:
            classes = in_order_of_appearance(classes)
        self.correlations[self._key({"sensitivity": sensitivity} if sensitivity != 2 else {})] = (
            correlations
        )
        return classes

    def get_cluster_matrix(self, key):
        """(correlation matrix sorted by class, that order) of the result under `key`."""
        import numpy as np

        order = np.argsort(self.get_results()[key], kind="stable")
        return self.correlations[key][np.ix_(order, order)], order


def _scipy() -> tuple:
    try:
        from scipy.cluster.hierarchy import fcluster, linkage
        from scipy.spatial.distance import pdist
    except ImportError:
        raise ImportError("classes of neurons need scipy: pip install scipy") from None
    return fcluster, linkage, pdist


class Weight_Classifier_Pre(_WeightClassifier):  # noqa: N801
    """Classes of source neurons' targets: compares the rows of W."""

    def _matrix(self, neurons):
        return get_partitioned_synapse_matrix(neurons, self.parameter("syn_tag"), "W").T


class Weight_Classifier_Post(_WeightClassifier):  # noqa: N801
    """Classes by what neurons project to: compares the columns of W."""

    def _matrix(self, neurons):
        return get_partitioned_synapse_matrix(neurons, self.parameter("syn_tag"), "W")


def in_order_of_appearance(classes):
    """Class numbers 1, 2, ... by the first neuron that has them."""
    import numpy as np

    numbers: dict = {}
    return np.array([numbers.setdefault(c, len(numbers) + 1) for c in classes])


def matched(classes, before):
    """Renumbers `classes` so that as many neurons as possible keep their number, largest overlap
    first; what fits nothing gets new numbers."""
    import numpy as np

    overlaps = [
        (np.sum((classes == new) & (before == old)), new, old)
        for new in np.unique(classes)
        for old in np.unique(before)
    ]
    numbers: dict = {}
    for count, new, old in sorted(overlaps, key=lambda o: -o[0]):
        if count and new not in numbers and old not in numbers.values():
            numbers[new] = old
    free = int(max(before.max(initial=0), 0)) + 1
    for new in np.unique(classes):
        if new not in numbers:
            numbers[new] = free
            free += 1
    return np.array([numbers[c] for c in classes])
