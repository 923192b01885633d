#!/bin/sh
# Build the style sheet, script, font and icons that the web room serves. Developer only; see README.md.
#   tools/theme/build.sh            everything, from the locked npm packages
#   THEME_WORK=/tmp/theme ...       use (and keep) another working folder
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${THEME_WORK:-$root/build/theme}
out=$root/src/alongside/web/static/web
font=$work/node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next
chromium=${CHROMIUM:-/usr/bin/chromium}

mkdir -p "$work" "$out"
if [ ! -d "$work/node_modules/govuk-frontend" ]; then
  cp "$here/package.json" "$here/package-lock.json" "$work/"
  (cd "$work" && npm ci --no-audit --no-fund --ignore-scripts)
fi

"$work/node_modules/.bin/sass" --no-source-map --style=compressed \
  --load-path="$work/node_modules/govuk-frontend/dist" "$here/theme.scss" "$out/theme.css"
# The source map's address would make `collectstatic` look for a file that isn't there.
sed 's|//# sourceMappingURL=.*||' "$work/node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js" \
  > "$out/govuk-frontend.min.js"
cp "$font-latin-wght-normal.woff2" "$out/atkinson.woff2"
cp "$font-latin-ext-wght-normal.woff2" "$out/atkinson-ext.woff2"
cp "$here/init.js" "$here/favicon.svg" "$here/app.webmanifest" "$out/"
cp "$work/node_modules/axe-core/axe.min.js" "$root/tests/web/axe.min.js"

# Telephones cut the corners themselves, some to a circle: square to the edge, with room around.
icon() {
  page=$(mktemp --suffix=.html)
  { printf '<!doctype html><style>*{margin:0}svg{display:block;width:%spx;height:%spx}</style>' "$1" "$1"
    sed -e 's/viewBox="0 0 32 32"/viewBox="-6 -7 44 44"/' \
      -e 's/<rect [^>]*>/<rect x="-6" y="-7" width="44" height="44" fill="#0b5d5a"\/>/' \
      "$here/favicon.svg"; } > "$page"
  "$chromium" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --hide-scrollbars \
    --force-device-scale-factor=1 --window-size="$1,$1" --screenshot="$out/$2" "file://$page" 2>/dev/null
  rm -f "$page"
}
icon 192 icon-192.png
icon 512 icon-512.png
icon 180 apple-touch-icon.png

"${PYTHON:-python3}" "$here/manifest.py" "$work" "$out"
