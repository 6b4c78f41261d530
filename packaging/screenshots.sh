#!/usr/bin/env bash
# Renders the pictures of the README from the demo project, light and dark, into FOLDER (default:
# resources/screenshots).   screenshots.sh [FOLDER [PROJECT]]
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
folder=${1:-$top/resources/screenshots}
project=${2:-${XDG_DATA_HOME:-$HOME/.local/share}/twofold/demo}
mkdir -p "$folder"
use_virtual_display_settings
shoot() { # NAME THEME OPTIONS…
  local file=$folder/$1-$2.png theme=$2; shift 2
  xvfb-run -a -s "-screen 0 1920x1200x24" "$top/build/release/app/workbench/twofold" --theme "$theme" \
    --size 1440x900 --screenshot "$file" "$@" 2>/dev/null || fail "$file could not be made."
  say "$file"
}
runs=$("$top/build/release/app/worker/twofold-worker" runs list --project "$project" |
  awk 'NR > 1 { print $1 }' | paste -sd, -)
for theme in light dark; do
  shoot welcome $theme --open welcome
  shoot explore $theme --open structure --project "$project"
  shoot train $theme --open run-setup --project "$project"
  shoot models $theme --open models --project "$project"
  shoot compare $theme --compare "$runs" --project "$project"
  shoot errors $theme --open errors --project "$project"
  shoot data $theme --open data --project "$project"
  shoot help $theme --open help --project "$project"
done
