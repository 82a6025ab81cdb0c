#pragma once

#include <functional>
#include <string>

namespace monnto {

/// Where executors say what makes an iteration slow although the script could easily avoid it
/// (S26): a matrix that somebody else holds too is copied in each step, a matrix with infinities is
/// multiplied as a whole. While one lives, `hear` gets the causes of this thread's evaluations.
class SlownessScope {
public:
    explicit SlownessScope(const std::function<void(const std::string&)>& hear) noexcept;
    SlownessScope(const SlownessScope&) = delete;
    SlownessScope& operator=(const SlownessScope&) = delete;
    ~SlownessScope();

    static void report(const std::string& cause);

private:
    const std::function<void(const std::string&)>* outer_;
};

}  // namespace monnto
