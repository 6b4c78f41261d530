#!/usr/bin/env bash
# Filter, sort and first page over many runs, beside MLflow's search_runs on the same data in its own SQLite
# store. MLflow is installed into ~/.cache/twofold; the data goes to the folder.
#   tracking_contest.sh FOLDER [RUNS]   (100000)
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/common.sh"
cd "$top"
bench=$top/build/release/tests/bench/bench_tracking
[ -x "$bench" ] || fail "build first: cmake --build --preset release --target bench_tracking"
[ $# -gt 0 ] || fail "name a folder for the data"
contestant mlflow "mlflow>=3.17"
say "Machine: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(uname -r)"
"$bench" "$1" "${2:-100000}" | tee "$log_dir/bench_tracking.txt"
"$cache/bench-mlflow/bin/python" tests/bench/tracking_contest.py "$1" "${2:-100000}" <"$log_dir/bench_tracking.txt"
