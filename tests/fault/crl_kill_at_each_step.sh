#!/usr/bin/env bash
# kill -9 right before each single write, sync and rename that a revocation and the publication of
# its CRL make: what was answered is on a later list, no list is older than the one before it, no
# number is given to two lists, DER and PEM are the same list, and the log verifies.
. "$(dirname "$0")/lib.sh"
cc -shared -fPIC -O1 -Wall -o kill_at_write.so "$repository/tests/fault/kill_at_write.c" -ldl
head -c 4 /dev/zero >kill_at
KILL_AT_FILE=$folder/kill_at LD_PRELOAD=$folder/kill_at_write.so EVERSEAL=$everseal \
  node "$repository/tests/conformance/crl_kill_at_each_step.mjs"
