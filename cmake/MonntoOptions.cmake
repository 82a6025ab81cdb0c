# Choices of a build; presets set them. Settings that hold for every project target are in monnto_settings.
option(MONNTO_BUILD_TESTS "Build the C++ tests" OFF)
option(MONNTO_BUILD_EXAMPLES "Build the C++ examples" OFF)
option(MONNTO_BUILD_BENCHMARKS "Build the C++ benchmarks (needs Google Benchmark)" OFF)
option(MONNTO_BUILD_PYTHON "Build the Python extension" OFF)
option(MONNTO_WARNINGS_AS_ERRORS "Turn compiler warnings into errors" OFF)

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()
find_program(MONNTO_CCACHE ccache)
if(MONNTO_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${MONNTO_CCACHE})
endif()

add_library(monnto_settings INTERFACE)
target_compile_features(monnto_settings INTERFACE cxx_std_20)
# S16: every node rounds to its own type, so the compiler may not contract a*b+c into one rounding.
target_compile_options(monnto_settings INTERFACE -ffp-contract=off)

add_library(monnto_warnings INTERFACE)
# -Wrestrict cries wolf on std::string's operator+ with GCC 12 and -O3 (GCC bug 105329).
target_compile_options(monnto_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wno-restrict
    $<$<BOOL:${MONNTO_WARNINGS_AS_ERRORS}>:-Werror>)
