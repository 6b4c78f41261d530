#!/usr/bin/env bash
# Makes the demo project twice: the second time it is found as it is. demo_is_made.sh FOLDER WORKER
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
folder=$1
worker=$2
rm -rf -- "$folder"
"$top/packaging/demo.sh" "$folder" "$worker"
runs=$("$worker" runs --project "$folder" --json)
grep -q '"status":"done"' <<<"$runs"
grep -q '"calpha"' <<<"$runs"
again=$("$top/packaging/demo.sh" "$folder" "$worker")
! grep -q 'Importing' <<<"$again"
[ "$runs" = "$("$worker" runs --project "$folder" --json)" ]
