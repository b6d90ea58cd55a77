#!/usr/bin/env bash
# Each reason not to start has a clear sentence of its own, a code other than 0, and changes nothing.
. "$(dirname "$0")/lib.sh"

"$everseal" init --data data >/dev/null
before=$(state data)
refused "already.*data" "$everseal" init --data data
[ "$(state data)" = "$before" ] || fail "a refused init changed the data"

refused "missing.*does not exist|does not exist.*missing" "$everseal" serve --data missing
[ ! -e missing ] || fail "serve made a data directory"

printf 'listne = "127.0.0.1:1"\n' >wrong.toml
refused "wrong.toml, line 1: unknown key 'listne'" "$everseal" serve --data data --config wrong.toml
printf '[limits]\nconnections = "many"\n' >wrong.toml
refused "wrong.toml, line 2: 'limits.connections' must be a whole number" "$everseal" serve --data data --config wrong.toml
printf '[limits\n' >wrong.toml
refused "wrong.toml, line [0-9]+" "$everseal" serve --data data --config wrong.toml
printf '\nlisten = "nonsense"\n' >wrong.toml
refused "wrong.toml, line 2: 'listen' must be" "$everseal" serve --data data --config wrong.toml
printf 'log_level = "chatty"\n' >wrong.toml
refused "wrong.toml, line 1: 'log_level' must be .*warning" "$everseal" serve --data data --config wrong.toml
refused "ephemeral" "$everseal" serve --data data --account-id 111122223333
refused "neither an address nor a name" "$everseal" serve --data data --host-name under_score
refused "none.toml" "$everseal" serve --data data --config none.toml
refused "(is not|not an) .*address|must be" "$everseal" serve --data data --listen nonsense
refused "loopback" "$everseal" serve --ephemeral --listen 0.0.0.0:0
[ "$(state data)" = "$before" ] || fail "a refused serve changed the data"

cp -r data wrongkey
head -c 32 /dev/urandom >wrongkey/master.key
before=$(state wrongkey)
refused "master key" "$everseal" serve --data wrongkey --listen 127.0.0.1:0
[ "$(state wrongkey)" = "$before" ] || fail "the wrong master key changed the data"

cp -r data openkey
chmod 644 openkey/master.key
refused "master.key.*(mode|0600)" "$everseal" serve --data openkey --listen 127.0.0.1:0
rm openkey/master.key
refused "master.key" "$everseal" serve --data openkey --listen 127.0.0.1:0

for damage in "dd if=/dev/urandom of=damaged/everseal.db bs=1 seek=0 count=100 conv=notrunc" \
              "truncate -s 5000 damaged/everseal.db"; do
  rm -rf damaged
  cp -r data damaged
  $damage 2>/dev/null
  before=$(state damaged)
  refused "damaged|not a database" "$everseal" serve --data damaged --listen 127.0.0.1:0
  [ "$(state damaged)" = "$before" ] || fail "the damaged database was changed"
done

# A start that fails leaves the choice of the clock as open as it was.
"$everseal" init --data other >/dev/null
start data
kill -STOP "$server"  # what it does itself by the way does not count
before=$(state data)
refused "in use" "$everseal" serve --data data --listen 127.0.0.1:0
[ "$(state data)" = "$before" ] || fail "a second server changed the data"
kill -CONT "$server"
before=$(state other)
refused "already in use|address in use" "$everseal" serve --data other --clock virtual --listen "${endpoint#http://}"
[ "$(state other)" = "$before" ] || fail "a server without its port changed the data"
refused "already in use|address in use" "$everseal" serve --ephemeral --listen "${endpoint#http://}"
aws sts get-caller-identity >/dev/null || fail "the first server was disturbed"
stop
start other
stop
refused "real clock" "$everseal" serve --data data --clock virtual --listen 127.0.0.1:0
