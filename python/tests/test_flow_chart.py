"""The flow chart: what it finds in sources, how it connects, what it draws (section 7.2)."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from monnto import *
from monnto.flow_chart import flow_chart, layout, read_behavior


class Leak(Behavior):
    def initialize(self, neurons):
        neurons.voltage = neurons.vector()
        neurons.voltage += 0.1
        self.threshold = self.parameter("threshold", 0.5)

    def iteration(self, neurons):
        neurons.spike = neurons.voltage > self.threshold
        neurons.voltage[neurons.spike] = 0.0
        neurons.voltage *= 0.9


class Input(Behavior):
    def initialize(self, neurons):
        for synapse in neurons.synapses(afferent, "GLU"):
            synapse.W = synapse.matrix("uniform")

    def iteration(self, neurons):
        for synapse in neurons.synapses(afferent, "GLU"):
            neurons.voltage += synapse.W.dot(synapse.src.spike) / synapse.src.size


class Rule(Behavior):
    def iteration(self, synapses):
        synapses.W += (
            synapses.dst.spike[:, None] * synapses.src.spike[None, :] * self.parameter("rate", 0.1)
        )


def model():
    net = Network(tag="demo")
    group = NeuronGroup(
        net,
        get_squared_dim(9),
        {1: Leak(threshold=0.3), 3: Input(), 9: Recorder(["voltage", "np.mean(n.spike)"])},
        tag="exc",
    )
    SynapseGroup(net, "exc", "exc", tag="GLU", behavior={5: Rule()})
    return net, group


def test_sources_tell_inputs_outputs_and_parameters():
    module = read_behavior(Leak())
    assert list(module.inputs) == ["voltage", "spike"]
    assert list(module.outputs) == ["voltage", "spike"]
    assert module.created == {"voltage"} and module.attributes == {"threshold": 0.5}
    module = read_behavior(Input())
    assert list(module.inputs) == ["GLU.W", "GLU.src.spike", "voltage"]
    assert list(module.outputs) == ["GLU.W", "voltage"] and module.created == {"GLU.W"}
    module = read_behavior(Rule())
    assert module.kind == "SynapseGroup" and list(module.outputs) == ["W"]
    assert list(module.inputs) == ["dst.spike", "src.spike", "W"]


def test_the_forms_of_reading_and_writing():
    class Forms(Behavior):
        def initialize(self, n):
            setattr(n, "made", 1)  # noqa: B010
            n.a, n.b = n.vector(), n.vector()
            self.prepare(n)
            super().initialize(n)

        def prepare(self, group):
            group.prepared = self.get_init_attr("depth", "x")

        def iteration(self, n):
            v = n.alias
            v += 1
            n.filled.fill(0)
            np.add(n.left, n.right, out=n.total)
            other = n.network["other", 0]
            n.a = (
                getattr(n, "hidden", 0) + other.rate + sum(s.w for s in n.afferent_synapses["GABA"])
            )
            for group in n.network.NeuronGroups:
                group.seen = n.iteration

        def unused(self, n):
            n.never = 1

    module = read_behavior(Forms())
    expected = {"alias", "filled", "left", "right", "total", "hidden", "other.rate", "GABA.w"}
    assert set(module.inputs) == expected
    written = {"made", "a", "b", "prepared", "alias", "filled", "total", "neurons.seen"}
    assert set(module.outputs) == written
    assert module.created == {"made", "a", "b", "prepared"} and module.attributes == {"depth": "x"}


def test_what_has_no_source_shows_what_it_was_given():
    names = {}
    exec("def iteration(self, n):\n    n.v += 1\n", names)
    made = type("Made", (Behavior,), names)(rate=3)
    module = read_behavior(made)
    assert not module.inputs and list(module.attributes) == ["rate"]


def test_class_attributes_go_before_the_source():
    class Told(Leak):
        visualization_module_inputs = ("a", "b")
        visualization_module_attributes = ()

    module = read_behavior(Told())
    assert list(module.inputs) == ["a", "b"] and not module.attributes
    assert list(module.outputs) == ["voltage", "spike"]
    chart = Leak().visualize_module(vmi=["x"], vmo=["y"], vma=["z"])
    assert list(chart.boxes[0].module.inputs) == ["x"] and "y" in chart.svg


def connections(chart):
    names = {
        (type(c.source.behavior).__name__, c.output, type(c.target.behavior).__name__, c.input)
        for c in chart.connections
    }
    feedback = {
        (type(c.source.behavior).__name__, c.output) for c in chart.connections if c.is_feedback
    }
    return names, feedback


def test_values_go_from_the_last_writer_to_the_reader():
    net, _ = model()
    names, feedback = connections(net.visualize_module())
    assert names == {
        ("Leak", "voltage", "Input", "voltage"),
        ("Leak", "spike", "Input", "GLU.src.spike"),
        ("Input", "voltage", "Leak", "voltage"),
        ("Input", "voltage", "Recorder", "voltage"),
        ("Leak", "spike", "Recorder", "spike"),
        ("Leak", "spike", "Rule", "dst.spike"),
        ("Leak", "spike", "Rule", "src.spike"),
        ("Input", "GLU.W", "Rule", "W"),
        ("Rule", "W", "Input", "GLU.W"),
    }
    assert feedback == {("Input", "voltage"), ("Rule", "W")}


def test_synapses_are_those_of_the_group():
    net = Network()
    for tag in "ab":
        NeuronGroup(net, 2, {1: Leak(), 2: Input()}, tag=tag)
    SynapseGroup(net, "a", "a", tag="GLU", behavior={5: Rule()})
    SynapseGroup(net, "a", "b", tag="GLU")
    found = [
        (c.source.obj.tag, c.target.obj.tag)
        for c in net.visualize_module().connections
        if c.input == "GLU.W"
    ]
    assert found == [("GLU", "a")]  # the rule's synapses arrive at a, not at b
    spikes = {
        c.source.obj.tag for c in net.visualize_module().connections if c.input == "GLU.src.spike"
    }
    assert spikes == {"a"}


def test_what_runs_once_reads_nothing_of_later_iterations():
    net, group = model()
    group.add_behavior(
        0.5, type("Once", (Behavior,), {"initialize": Leak.iteration})(), initialize=False
    )
    chart = net.visualize_module()
    assert not any(type(c.target.behavior).__name__ == "Once" for c in chart.connections)


def test_parts_can_be_left_out():
    net, group = model()
    everything = [type(b.behavior).__name__ for b in group.visualize_module().boxes]
    assert everything == ["NeuronDimension", "Leak", "Input", "Rule", "Recorder"]
    fewer = group.visualize_module(show_dimension=False, show_recorder=False)
    assert [type(b.behavior).__name__ for b in fewer.boxes] == ["Leak", "Input", "Rule"]
    forward = net.visualize_module(only_feed_forward_connections=True)
    assert not any(c.is_feedback for c in forward.connections)
    assert [type(b.behavior).__name__ for b in net["GLU", 0].visualize_module().boxes] == ["Rule"]
    with pytest.raises(ValueError, match="no behaviors"):
        Network().visualize_module()


def test_ports_have_the_documented_colors():
    net, group = model()
    group.add_behavior(4, type("Lost", (Leak,), {})(), initialize=False)
    chart = net.visualize_module()
    by_name = {cell.title: cell for cell in chart._layout.cells.values()}
    color = chart._layout._input_color
    assert color(by_name["Input"], "GLU.src.spike") == layout.ELSEWHERE
    output = chart._layout._output_color
    assert output(by_name["Leak"], "voltage") == layout.CREATED
    assert output(by_name["Leak"], "spike") == layout.ELSEWHERE

    class Alone(Behavior):
        def iteration(self, n):
            n.own += n.nobody

    net = Network()
    NeuronGroup(net, 2, {1: Alone()})
    chart = net.visualize_module()
    cell = next(iter(chart._layout.cells.values()))
    assert chart._layout._input_color(cell, "nobody") == layout.MISSING
    assert chart._layout._input_color(cell, "own") == layout.OWN
    net.NeuronGroups[0].nobody = 1.0  # set by hand: somebody wrote it
    assert chart._layout._input_color(cell, "nobody") == layout.OWN


def test_pictures_are_written(tmp_path):
    net, _ = model()
    net["Leak", 0].behavior_enabled = False
    chart = net.visualize_module()
    svg = tmp_path / "chart.svg"
    assert chart.save(svg) == str(svg)
    root = ElementTree.fromstring(svg.read_text())
    texts = [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]
    for text in (
        "Network demo",
        "Leak (off)",
        "GLU.src.spike",
        "threshold = 0.3",
        "exc",
        "9 neurons",
        "9",
    ):
        assert text in texts
    assert chart._repr_svg_() == svg.read_text()
    png = tmp_path / "chart.png"
    chart.save(png, scale=1)
    from matplotlib.image import imread

    pixels = imread(png)
    assert pixels.shape[:2] == (round(chart._layout.height), round(chart._layout.width))
    assert len(np.unique(pixels.reshape(-1, pixels.shape[2]), axis=0)) > 50
    with pytest.raises(ValueError, match=r"\.svg or \.png"):
        chart.save(tmp_path / "chart.pdf")


def test_texts_of_users_cannot_break_the_picture():
    class Odd(Behavior):
        def iteration(self, n):
            n.v = self.parameter("text", "")

    net = Network(tag="<a & b>")
    NeuronGroup(
        net, 1, {1: Odd(text='"<script>$x^2$</script>"', tag="$\\frac")}, color=(255, 255, 0, 255)
    )
    chart = net.visualize_module()
    root = ElementTree.fromstring(chart.svg)
    assert root.find("{http://www.w3.org/2000/svg}title").text == "Network <a & b>"
    assert chart.png(1)[:4] == b"\x89PNG"


def test_boxes_do_not_overlap_and_curves_end_at_ports():
    net, _ = model()
    chart = flow_chart(net)._layout
    cells = list(chart.cells.values())
    for i, a in enumerate(cells):
        assert a.x >= 0 and a.x + a.width <= chart.width and a.y + a.height <= chart.height
        for b in cells[i + 1 :]:
            apart = (
                a.x + a.width <= b.x
                or b.x + b.width <= a.x
                or a.y + a.height <= b.y
                or b.y + b.height <= a.y
            )
            assert apart
    for connection in chart.connections:
        points = chart._curve(connection).points
        assert points[0] == chart.cells[connection.source.order].port(connection.output, False)
        assert points[-1] == chart.cells[connection.target.order].port(connection.input, True)
        assert (len(points) - 1) % 3 == 0
        assert all(0 <= x <= chart.width and 0 <= y <= chart.height for x, y in points)


def test_showing_without_a_screen_says_what_to_do(capsys):
    import matplotlib

    matplotlib.use("Agg")
    net, _ = model()
    chart = net.visualize_module()
    assert chart.show() is chart
    assert "save('chart.svg')" in capsys.readouterr().out
