# Source this from the project's root: it leaves deno (the one for development) on PATH and names
# DENO_COMPILE (the one whose executables the runtime below understands), DENORT_BIN and NODE22.
# Everything comes from the npm registry and lies in .cache/.
CACHE=$PWD/.cache
mkdir -p "$CACHE/dev" "$CACHE/compile"
[ -f "$CACHE/dev/package.json" ] || echo '{"private":true}' >"$CACHE/dev/package.json"
[ -f "$CACHE/compile/package.json" ] || echo '{"private":true}' >"$CACHE/compile/package.json"
[ -x "$CACHE/dev/node_modules/@deno/linux-x64-glibc/deno" ] && [ -x "$CACHE/dev/node_modules/node/bin/node" ] ||
  npm install --silent --no-save --no-fund --no-audit --prefix "$CACHE/dev" deno@2.9.6 node@22
[ -x "$CACHE/compile/node_modules/@deno/linux-x64-glibc/deno" ] ||
  npm install --silent --no-save --no-fund --no-audit --prefix "$CACHE/compile" deno@2.6.8
DENO_COMPILE=$CACHE/compile/node_modules/@deno/linux-x64-glibc/deno
NODE22=$CACHE/dev/node_modules/node/bin/node
DENORT_BIN=$(sh tools/denort.sh "$CACHE/denort")
PATH=$CACHE/dev/node_modules/@deno/linux-x64-glibc:$PATH
DENO_DIR=${DENO_DIR:-$CACHE/deno}
DENO_TLS_CA_STORE=system
DENO_NO_UPDATE_CHECK=1
NO_COLOR=1
export PATH DENO_COMPILE NODE22 DENORT_BIN DENO_DIR DENO_TLS_CA_STORE DENO_NO_UPDATE_CHECK NO_COLOR
