# What the scripts of this folder share. Sourced, not run: `. "$(dirname "$0")/environment.sh"`.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
venv="$root/.venv"
oldest_python="3.11"

# Vestka starts several times faster with byte code: never go without it.
unset PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '%s\n' "vestka: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

# Prints the first Python that is new enough. A name that is found may still not run (version managers' shims).
find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$name" -c "import sys; sys.exit(sys.version_info < (${oldest_python/./, }))" 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  fail "no Python $oldest_python or newer was found: install one, on Debian and Ubuntu with: apt-get install python3 python3-venv"
}

# Makes a virtual environment at $1 with Python $2, and installs Debian's separate venv package where it can.
make_venv() {
  local version
  version="$("$2" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
  if ! "$2" -c 'import venv, ensurepip' 2>/dev/null; then
    local remedy="apt-get install python$version-venv"
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "this Python cannot make virtual environments: run: $remedy"
    say "this Python cannot make virtual environments yet: $remedy"
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends "python$version-venv"; } >&2
  fi
  say "making ${1#"$root/"} with Python $version"
  "$2" -m venv "$1"
}

# Runs pip of the environment $1: everything with bars in a terminal; elsewhere a line a download.
run_pip() {
  local python="$1/bin/python" log="$1/pip.log"
  shift
  if [ -t 2 ]; then
    "$python" -m pip install --log "$log" "$@" >&2 && return
  else
    "$python" -m pip install --log "$log" --progress-bar off "$@" 2>&1 |
      sed -u -n -e 's/^\(Installing collected packages\):.*/  \1/p' -e 's/^ *\(Downloading .*\)/  \1/p' -e '/error/Ip' >&2 && return
  fi
  fail "pip could not install what is needed: $log says why; once that is mended, run the same command again"
}

# Installs the pinned PyTorch into the environment $1; $2 holds the pins. The registry's Linux wheel brings several
# gigabytes of CUDA: without an NVIDIA card, take the CPU build where PyTorch's own index answers within seconds.
install_torch() {
  local pin cpu_index="https://download.pytorch.org/whl/cpu"
  pin="$(grep -o '"\?torch==[0-9.]*' "$2" | head -n 1 | tr -d '"')"
  if ! command -v nvidia-smi >/dev/null && [ "$(uname -s)" = Linux ] && answers "$1" "$cpu_index/"; then
    run_pip "$1" --no-deps --index-url "$cpu_index" "$pin"
  else
    run_pip "$1" "$pin" "${@:3}"
  fi
}

# Tells whether the address $2 answers within three seconds, asked with the environment $1 (curl may be missing).
answers() {
  "$1/bin/python" -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=3)' "$2" 2>/dev/null
}
