#!/usr/bin/env bash
# kill -9 right before each single write and sync that a renewal and the delivery of its Health event make: an event that
# the renewal's transaction wrote arrives as it was written, with its id, at least once; each renewal is told by one event.
. "$(dirname "$0")/lib.sh"
cc -shared -fPIC -O1 -Wall -o kill_at_write.so "$repository/tests/fault/kill_at_write.c" -ldl
head -c 4 /dev/zero >kill_at
KILL_AT_FILE=$folder/kill_at LD_PRELOAD=$folder/kill_at_write.so EVERSEAL=$everseal \
  node "$repository/tests/conformance/renewal_kill_at_each_step.mjs"
