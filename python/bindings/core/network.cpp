#include <monnto/core/network.hpp>

#include "../errors.hpp"
#include "core.hpp"
#include "face.hpp"
#include "owners.hpp"
#include "values.hpp"

#include <monnto/array/tape.hpp>
#include <monnto/core/explain.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/synapse_group.hpp>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>

namespace nb = nanobind;
using namespace nb::literals;

namespace monnto::python {

namespace {

/// What C++ rebound is visible in Python however a call ends.
class MirrorAtEnd {
public:
    MirrorAtEnd() = default;
    MirrorAtEnd(const MirrorAtEnd&) = delete;
    MirrorAtEnd& operator=(const MirrorAtEnd&) = delete;
    ~MirrorAtEnd() {
        PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
        PyErr_Fetch(&type, &value, &trace);
        try {
            mirror_rebound();
        } catch (...) {
            PyErr_Clear();  // out of memory: the call's own outcome matters more
        }
        PyErr_Restore(type, value, trace);
    }
};

/// Threads that wait for a network's lock: a running network lets them in between two steps.
std::atomic<int> waiting_threads{0};

/// Waits without the GIL, which whoever holds the lock may need to get on.
void lock_network(Network& network) {
    if (network.mutex().try_lock()) {
        return;
    }
    ++waiting_threads;
    {
        const nb::gil_scoped_release others;
        network.mutex().lock();
    }
    --waiting_threads;
}

/// Between two steps: delivers signals, and lets other Python threads run now and then. The caller
/// holds the network's lock; it is given up here, and nowhere else, for those who wait (S23).
class Breather {
public:
    explicit Breather(Network& network) : network_(&network) {}

    bool operator()() {
        if (PyErr_CheckSignals() != 0) {
            raise_pending();
        }
        const auto now = std::chrono::steady_clock::now();
        if (waiting_threads.load() > 0) {
            let_in(now + std::chrono::milliseconds(20));
        } else if (now - last_ > period) {
            network_->note_visit();
            look_away();
            last_ = now;
        }
        return false;
    }

private:
    void let_in(std::chrono::steady_clock::time_point latest) {
        const nb::gil_scoped_release others;
        network_->mutex().unlock();
        while (waiting_threads.load() > 0 && std::chrono::steady_clock::now() < latest) {
            std::this_thread::yield();
        }
        network_->mutex().lock();
    }

    /// Releasing the GIL alone does not hand it over: whoever waits for it is woken too late to get
    /// it, and begins to wait anew. So it stays free for a moment, where there is anybody else.
    static void look_away() {
        PyThreadState* first = PyInterpreterState_ThreadHead(PyInterpreterState_Get());
        const bool is_alone = PyThreadState_Next(first) == nullptr;
        const nb::gil_scoped_release others;
        if (!is_alone) {
            std::this_thread::sleep_for(moment);
        }
    }

    static constexpr std::chrono::milliseconds period{5};
    static constexpr std::chrono::microseconds moment{50};

    Network* network_;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

std::shared_ptr<Network> make_network(nb::handle dtype, int syn_dim,
                                      std::optional<std::uint64_t> seed, int threads, double dt,
                                      std::string tag) {
    Settings settings;
    settings.dtype = dtype_from(dtype);
    settings.syn_dim = static_cast<SynapseOrder>(syn_dim);
    settings.seed = seed;
    settings.threads = threads;
    settings.dt = dt;
    settings.tag = std::move(tag);
    return std::make_shared<Network>(settings);
}

nb::tuple simulate(Network& network, std::int64_t count, std::int64_t batch_size, bool progress,
                   bool measure, bool disable_recording, nb::object callback) {
    const MirrorAtEnd mirror;
    RunOptions options;
    options.batch_size = batch_size;
    options.progress = progress;
    options.measure = measure;
    options.disable_recording = disable_recording;
    options.poll = Breather(network);
    options.poll_looks_away = true;
    if (!callback.is_none()) {
        options.callback = [&](double percent) {
            mirror_rebound();
            callback(percent);
        };
    }
    const RunReport report = network.simulate_iterations(count, options);
    return nb::make_tuple(report.iterations, report.stopped, report.milliseconds,
                          report.last_batch_ms);
}

nb::list times(const Network& network) {
    nb::list list;
    for (const BehaviorTime& time : network.times()) {
        list.append(
            nb::make_tuple(time.key, time.object, time.behavior, time.calls, time.milliseconds));
    }
    return list;
}

nb::list schedule(Network& network) {
    nb::list list;
    for (const Network::Step& step : network.schedule()) {
        list.append(nb::make_tuple(step.key, python_object(step.object->holder()),
                                   python_object(step.behavior)));
    }
    return list;
}

/// A static behavior must not depend on it (S21).
std::int64_t iteration_of(const Network& network) {
    TapeScope::refuse("asks for the number of the iteration");
    return network.current_iteration();
}

void bind_running(nb::class_<Network, Object>& network) {
    network
        .def("initialize",
             [](Network& n) {
                 const MirrorAtEnd mirror;
                 n.initialize();
             })
        .def("simulate_iteration",
             [](Network& n, bool measure) {
                 const MirrorAtEnd mirror;
                 n.simulate_iteration(measure);
             })
        .def("simulate_iterations", &simulate, "count"_a, "batch_size"_a, "progress"_a, "measure"_a,
             "disable_recording"_a, "callback"_a.none())
        .def("lock", &lock_network)
        .def("unlock", [](Network& n) { n.mutex().unlock(); })
        .def("request_stop", &Network::request_stop)
        .def_prop_ro("is_running", &Network::is_running)
        .def_prop_ro("is_initialized", &Network::is_initialized)
        .def_prop_rw("iteration", &iteration_of, &Network::set_iteration)
        .def_prop_ro("engine_step", &Network::engine_step)
        .def("times", &times)
        .def("clear_times", &Network::clear_times)
        .def("schedule", &schedule)
        .def(
            "explain",
            [](Network& n, bool json) {
                const MirrorAtEnd mirror;
                const Explanation explanation = explain(n);
                return json ? explanation.to_json() : explanation.to_text();
            },
            "json"_a)
        .def_prop_ro("replay_status", &Network::replay_status)
        // `probe` must not refer to the network: the engine keeps it.
        .def("set_generator_probe",
             [](Network& n, nb::object probe) {
                 n.set_generator_probe(
                     [probe = std::move(probe)] { return nb::cast<std::string>(probe()); });
             })
        .def_prop_ro("last_failure", &Network::last_failure);
}

}  // namespace

void bind_network(nb::module_& m) {
    nb::class_<Network, Object> network(m, "Network");
    network
        .def(nb::new_(&make_network), "dtype"_a, "syn_dim"_a, "seed"_a.none(), "threads"_a, "dt"_a,
             "tag"_a)
        .def("adopt", [](Network& n, const std::shared_ptr<NeuronGroup>& group) { n.adopt(group); })
        .def("adopt",
             [](Network& n, const std::shared_ptr<SynapseGroup>& group) { n.adopt(group); })
        .def("remove", [](Network& n, NeuronGroup& group) { n.remove(group); })
        .def("remove", [](Network& n, SynapseGroup& group) { n.remove(group); })
        .def_prop_ro("seed", &Network::seed)
        .def_prop_rw("dt", &Network::dt, &Network::set_dt)
        .def_prop_ro("threads", [](const Network& n) { return n.settings().threads; })
        .def_prop_ro("syn_dim",
                     [](const Network& n) { return static_cast<int>(n.settings().syn_dim); })
        .def("set_recording_everywhere", &Network::set_recording_everywhere)
        .def("summary", &Network::summary)
        .def("set_warning_sink", [](Network& n, nb::object sink) {
            n.set_warning_sink(
                [sink = std::move(sink)](const std::string& message) { sink(message.c_str()); });
        });
    bind_running(network);
}

}  // namespace monnto::python
