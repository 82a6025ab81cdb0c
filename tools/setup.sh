# shellcheck shell=bash
# Sourced by ./demo, ./test, bench/run and .ci/run. Brings a bare Debian 12 to a state in which
# monnto is built and installed in .venv, and does nothing where nothing changed.
#
# A stamp file holds the fingerprint of what a step depends on; a step whose fingerprint still
# fits is skipped. Deleting .venv and build/ starts from nothing.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
logs=build/logs
mkdir -p "$logs"
export PIP_DISABLE_PIP_VERSION_CHECK=1
# One name for the compiler: ccache tells c++ and g++ apart, and the wheel would be compiled anew.
export CXX=${CXX:-g++}
jobs=${JOBS:-$(nproc)}

compiler_complaint=': (fatal )?error: |undefined reference to|CMake Error'

# step TITLE COMMAND...: one line of progress with the time it took, its output in build/logs; on
# failure the end of that output and what most likely helps.
step() {
    local title=$1 log start=$SECONDS
    shift
    log=$logs/$(tr -c 'A-Za-z0-9\n' '-' <<<"$title").log
    [[ -t 1 ]] && printf '  %-38s ...' "$title"
    if "$@" >"$log" 2>&1; then
        [[ -t 1 ]] && printf '\r'
        printf '  %-38s %4d s\n' "$title" $((SECONDS - start))
        return
    fi
    [[ -t 1 ]] && printf '\r'
    printf '  %-38s FAILED after %d s\n\n' "$title" $((SECONDS - start))
    tail -n 30 "$log"
    if grep -qE "$compiler_complaint" "$log"; then
        printf '\nThe first complaints:\n'
        grep -E "$compiler_complaint" "$log" | head -n 5
    fi
    printf '\nThe whole output is in %s.\n%s\n' "$log" "$(likely_fix "$log")"
    exit 1
}

likely_fix() {
    if grep -qE 'No space left on device' "$1"; then
        echo 'The disk is full; a build needs about 1 GB.'
    elif grep -qE 'Killed signal|cc1plus.*Killed|virtual memory exhausted' "$1"; then
        echo 'The compiler ran out of memory; try again with fewer at a time: JOBS=1 '"$0"
    elif grep -qE 'Temporary failure|Could not resolve|NewConnectionError|Failed to fetch' "$1"; then
        echo 'A download failed; check the network (and proxy settings), then run it again.'
    elif grep -qE 'Could not get lock|dpkg frontend lock' "$1"; then
        echo 'Another program is installing packages; wait for it, then run it again.'
    elif grep -qE "$compiler_complaint" "$1"; then
        echo 'If the sources are unchanged, start clean: rm -rf build .venv'
    fi
}

# is_done STAMP FINGERPRINT: whether the step already ran for this very state.
is_done() { [[ -f $1 && $(<"$1") == "$2" ]]; }
mark_done() { mkdir -p "$(dirname "$1")" && printf '%s\n' "$2" >"$1"; }

# Names, sizes and times of files below the arguments: a few milliseconds, and an older file that
# comes back (another branch) counts as a change too.
fingerprint() {
    { echo "$root"; find "$@" -type f -not -name '*.pyc' -printf '%p %s %T@\n' | sort; } |
        sha256sum | cut -d' ' -f1
}

# Leaves of CTest's output what somebody has to read: failures and the closing line.
without_passed_tests() {
    grep -vE '^ *Start +[0-9]+:|[0-9]+/[0-9]+ Test +#.* Passed|^Test project|^$' || true
}

# --- Debian packages -----------------------------------------------------------------------------

missing_packages=()
need_command() { command -v "$1" >/dev/null || missing_packages+=("${2:-$1}"); }
need_package() {
    [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null) == ii* ]] || missing_packages+=("$1")
}

find_python() {
    local candidate
    for candidate in python3 python3.13 python3.12 python3.11 python3.10 /usr/bin/python3; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

need_python() {
    if ! base_python=$(find_python); then
        missing_packages+=(python3 python3-venv python3-dev)
        return
    fi
    # Debian keeps these two apart from python3; pyenv and others bring them along.
    "$base_python" -c 'import ensurepip' 2>/dev/null || missing_packages+=(python3-venv)
    "$base_python" -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(sysconfig.get_path("include") + "/Python.h"))' ||
        missing_packages+=(python3-dev)
}

install_packages() {
    local sudo=()
    if ((EUID != 0)); then
        sudo=(sudo)
    fi
    "${sudo[@]}" apt-get update -q
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "${missing_packages[@]}"
}

may_install() {
    command -v apt-get >/dev/null || return 1
    ((EUID == 0)) && return 0
    command -v sudo >/dev/null || return 1
    # Where somebody can type a password, ask for it before output goes to a log.
    if [[ -t 0 ]]; then sudo -v; else sudo -n true 2>/dev/null; fi
}

install_missing_packages() {
    ((${#missing_packages[@]})) || return 0
    if ! may_install; then
        echo "These Debian packages are missing, and this user may not install them. Please run"
        echo "    sudo apt-get update && sudo apt-get install ${missing_packages[*]}"
        echo "(or ask somebody who may), then run $0 again."
        exit 1
    fi
    step "Debian packages (${#missing_packages[@]})" install_packages
    missing_packages=()
}

setup_packages() {
    need_command g++
    need_command cmake
    need_command ninja ninja-build
    need_command ccache
    need_package libfmt-dev
    need_package zlib1g-dev # pictures
    need_package libllvm19 # compiles kernels while a network runs
    need_python
    install_missing_packages
    base_python=$(find_python)
}

# --- Python --------------------------------------------------------------------------------------

create_environment() {
    rm -rf .venv
    "$base_python" -m venv .venv
    .venv/bin/python -m pip install -r tools/requirements.txt
}

setup_environment() {
    local state
    state="$(fingerprint tools/requirements.txt) $base_python $("$base_python" -V)"
    is_done .venv/environment.stamp "$state" && return
    step "Python environment (.venv)" create_environment
    mark_done .venv/environment.stamp "$state"
}

# A tree that was copied or renamed holds absolute paths of its old place.
drop_moved_build() {
    local cache=$1/CMakeCache.txt
    if [[ -f $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
        rm -rf "$1"
    fi
}

install_monnto() {
    drop_moved_build build/python
    CMAKE_BUILD_PARALLEL_LEVEL=$jobs .venv/bin/python -m pip install \
        --no-build-isolation --no-deps --force-reinstall .
}

setup_monnto() {
    local state
    state=$(fingerprint CMakeLists.txt VERSION pyproject.toml README.md cmake include src \
        python/CMakeLists.txt python/bindings python/monnto .venv/environment.stamp)
    is_done .venv/monnto.stamp "$state" && return
    step "monnto, compiled and installed" install_monnto
    mark_done .venv/monnto.stamp "$state"
}

# Everything above, one caller at a time.
setup_all() {
    exec 9>build/.setup-lock
    flock 9
    setup_packages
    setup_environment
    setup_monnto
    flock -u 9
}
