#!/usr/bin/env bash
# The bucket of CRLs takes nothing, is gone, and lies on a full disk; the clock jumps past the end of
# the list; many revocations and publications race. The last list stays where it is, a warning names
# the cause, and once the trouble is over the next list is there, with everything that was revoked
# and a greater number.
. "$(dirname "$0")/lib.sh"

# A small disk needs a mount: root has it, others get it in a namespace of their own.
if [ "$(id -u)" -ne 0 ]; then exec unshare --map-root-user --mount "$0" "$@"; fi
TMPDIR=$folder EVERSEAL=$everseal node "$repository/tests/conformance/crl_bucket_trouble.mjs"
