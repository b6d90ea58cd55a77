#!/usr/bin/env bash
# kill -9 while functions run for events: after the restart each of these events is delivered again, with the same id and
# as the same invocation, and no event that PutEvents answered for is lost.
. "$(dirname "$0")/lib.sh"
EVERSEAL=$everseal node "$repository/tests/conformance/events_kill_while_function_runs.mjs"
