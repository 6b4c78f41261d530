#!/usr/bin/env bash
# Runs of a made-up project to a real MLflow server and back: sent, sent again, sent to a server that is killed
# half way and sent again, and the server's SQLite file read into a new project. The counts are those that MLflow's
# own client sees; they must not change. MLflow is installed into ~/.cache/twofold, all else goes to the folder.
#   mlflow_export.sh FOLDER [RUNS]   (20)
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/common.sh"
cd "$top"
worker=$top/build/release/app/worker/twofold-worker
[ -x "$worker" ] || fail "build first: cmake --build --preset release --target twofold-worker"
[ $# -gt 0 ] || fail "name a folder for the data"
contestant mlflow "mlflow>=3.17"
mkdir -p "$1"
folder=$(cd "$1" && pwd) runs=${2:-20} python=$cache/bench-mlflow/bin/python project=$folder/project
[ ! -e "$project" ] && [ ! -e "$folder/mlflow.db" ] || fail "$folder has data of an earlier time; name a new folder"
export no_proxy=127.0.0.1 MLFLOW_DISABLE_TELEMETRY=true
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port

start_server() { # DATABASE
  setsid "$cache/bench-mlflow/bin/mlflow" server --host 127.0.0.1 --port "$port" --workers 1 \
    --backend-store-uri "sqlite:///$1" --artifacts-destination "$folder/artifacts" >>"$folder/server.log" 2>&1 &
  server=$!
  for _ in $(seq 300); do
    curl -sf "$url/health" >/dev/null && return 0
    sleep 1
  done
  fail "the server does not start; see $folder/server.log"
}
stop_server() { # SIGNAL
  kill "-$1" -- "-$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
}
trap 'stop_server KILL' EXIT
counts() { "$python" tests/bench/mlflow_export.py "$url"; }
same() { [ "$1" = "$2" ] || fail "the counts differ:
  $1
  $2"; }
send() { "$worker" export mlflow --url "$url" --project "$project" --quiet; }

say "Making a project of $runs runs"
python3 - "$folder" <<'PYTHON'
import random, sys
random.seed(1)
with open(sys.argv[1] + "/proteins.fasta", "w") as out:
    for i in range(60):
        kind = "K" if i % 2 else "L"
        out.write(f">p{i:02}\n" + "".join(random.choice("ACDEFGHIKLMNPQRSTVWY" + 9 * kind) for _ in range(60)) + "\n")
pairs = random.sample([(a, b) for a in range(60) for b in range(a)], 200)
with open(sys.argv[1] + "/pairs.tsv", "w") as out:
    for a, b in pairs:
        out.write(f"p{a:02}\tp{b:02}\t{int(a % 2 == b % 2)}\n")
PYTHON
step mlflow-project "$worker" import proteins "$folder/proteins.fasta" --project "$project"
step mlflow-project "$worker" import pairs "$folder/pairs.tsv" --name made --project "$project"
step mlflow-project "$worker" split --pairs made --rule random --ratio 8,1,1 --seed 1 --name random --project "$project"
for seed in $(seq "$runs"); do
  step mlflow-project "$worker" train --pairs made --split random --seed "$seed" --set training.epochs=30 \
    --threads 1 --project "$project"
done

start_server "$folder/mlflow.db"
say "Sending"
send
first=$(counts)
say "MLflow $("$python" -c 'import mlflow; print(mlflow.__version__)') has: $first"
say "Sending again"
send
same "$first" "$(counts)"
stop_server TERM

start_server "$folder/killed.db"
say "Sending to a server that is killed half way"
(send >"$folder/killed.log" 2>&1 || true) &
sender=$!
until [ "$(python3 -c "import sqlite3; print(sqlite3.connect('$folder/killed.db').execute('select count(*) from runs').fetchone()[0])")" -gt $((runs / 2)) ]; do
  kill -0 "$sender" 2>/dev/null || break
  sleep 0.05
done
stop_server KILL
wait "$sender" || true
say "The worker said: $(tail -n 3 "$folder/killed.log")"
start_server "$folder/killed.db"
say "Left by it: $(counts)"
send
same "$first" "$(counts)"
say "After repeating: the same counts"
stop_server TERM

say "Reading the server's file into a new project, twice"
"$worker" import mlflow "$folder/mlflow.db" --project "$folder/back" --quiet
"$worker" import mlflow "$folder/mlflow.db" --project "$folder/back" --quiet
"$worker" runs list --project "$folder/back" --limit 3
say "Into the project that sent them"
"$worker" import mlflow "$folder/mlflow.db" --project "$project" --quiet
