#!/usr/bin/env bash
# Renders the pictures of the README from the demo project, light and dark, into FOLDER (default:
# resources/screenshots).   screenshots.sh [FOLDER [PROJECT]]
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
folder=${1:-$top/resources/screenshots}
project=${2:-${XDG_DATA_HOME:-$HOME/.local/share}/twofold/demo}
mkdir -p "$folder"
use_virtual_display_settings
shoot() { # NAME PANEL THEME SIZE [OPTIONS…]
  local name=$1 panel=$2 theme=$3 size=$4; shift 4
  xvfb-run -a -s "-screen 0 1920x1200x24" "$top/build/release/app/workbench/twofold" --project "$project" \
    --open "$panel" --theme "$theme" --size "$size" --screenshot "$folder/$name-$theme.png" "$@"
  say "$folder/$name-$theme.png"
}
for theme in light dark; do
  shoot explore structure $theme 1440x900
  shoot train run-setup $theme 1440x900
  shoot compare runs $theme 1440x900
  shoot data data $theme 1440x900
  xvfb-run -a -s "-screen 0 1920x1200x24" "$top/build/release/app/workbench/twofold" --open welcome --theme $theme \
    --size 1440x900 --screenshot "$folder/welcome-$theme.png"
done
