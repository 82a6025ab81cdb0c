#pragma once

#include <monnto/base/error.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace monnto {

/// A name in a store, or a file of a run, that does not exist.
class NothingStored : public Error {
public:
    NothingStored(std::string name, std::string_view where);
    std::string name;
};

/// What one run of a model left: parameters (texts by section and key) and named files.
///
/// Every change is on disk, whole, when the call returns. One process writes to a run, any number
/// may read. Typed values and arrays: see stored_values.hpp.
class Run {
public:
    virtual ~Run() = default;
    [[nodiscard]] virtual std::string name() const = 0;
    /// Where it lies: a folder, or an address of the store.
    [[nodiscard]] virtual std::string location() const = 0;

    using Pairs = std::vector<std::pair<std::string, std::string>>;
    virtual void set(std::string_view section, const Pairs& values) = 0;
    [[nodiscard]] virtual std::optional<std::string> get(std::string_view section,
                                                         std::string_view key) const = 0;
    [[nodiscard]] virtual Pairs all(std::string_view section) const = 0;
    [[nodiscard]] virtual std::vector<std::string> sections() const = 0;

    /// Names of files hold no separators. Throws BadParameter otherwise.
    virtual void write(std::string_view file, std::string_view bytes) = 0;
    /// Throws NothingStored.
    [[nodiscard]] virtual std::string read(std::string_view file) const = 0;
    [[nodiscard]] virtual bool has(std::string_view file) const = 0;
    [[nodiscard]] virtual std::vector<std::string> files() const = 0;  ///< sorted
    virtual void remove(std::string_view file) = 0;
};

/// Runs by group and name: the place where results of experiments are kept and compared.
///
/// Threads and processes may create runs at the same time: each gets one of its own.
class RunStore {
public:
    virtual ~RunStore() = default;
    /// A new run: `name`, or where that exists `name_0`, `name_1`, ...
    [[nodiscard]] virtual std::shared_ptr<Run> create(std::string_view group,
                                                      std::string_view name) = 0;
    /// The run of that name, made where it does not exist.
    [[nodiscard]] virtual std::shared_ptr<Run> open(std::string_view group,
                                                    std::string_view name) = 0;
    /// That with the highest suffix: `name_7`, ..., `name_0`, `name`; nothing where there is none.
    [[nodiscard]] virtual std::shared_ptr<Run> last(std::string_view group,
                                                    std::string_view name) = 0;
    /// Names in a group, sorted so that `name_10` follows `name_9`; empty for an unknown group.
    [[nodiscard]] virtual std::vector<std::string> names(std::string_view group) const = 0;
    [[nodiscard]] virtual std::vector<std::string> groups() const = 0;
};

/// A store on plain files: `<folder>/<group>/<run>/config.ini` and the files of the run beside it.
/// `folder` is made with the first run. Names of groups and runs must stay below it: BadParameter.
[[nodiscard]] std::shared_ptr<RunStore> folder_store(std::string folder);

/// A single run in a folder of its own, made where it does not exist.
[[nodiscard]] std::shared_ptr<Run> folder_run(std::string folder);

/// `run_9` before `run_10`.
[[nodiscard]] bool comes_before(std::string_view left, std::string_view right) noexcept;

}  // namespace monnto
