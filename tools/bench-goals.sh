# For bench.sh: prints what was measured, and says which goals were missed. $said is the file in which
# the lines are kept.

line() { printf '%-58s %12s %12s %8s  %-7s %s\n' "$1" "$2" "$3" "$4" "$5" "${6:-}" | sed 's/ *$//' | tee -a "$said"; }

# A goal is "<= 1" or ">= 0.5"; a ratio that is no number reaches none.
row() { # MEASURE REACHED LIMIT RATIO GOAL
  local judged=MISSED
  if awk -v ratio="$4" -v goal="$5" 'BEGIN {
      split(goal, part, " ")
      if (ratio !~ /^[0-9.]+$/) exit 1
      exit !(part[1] == "<=" ? ratio + 0 <= part[2] + 0 : ratio + 0 >= part[2] + 0) }'; then
    judged=
  fi
  line "$@" "$judged"
}

# What a bench prints, which judges its goals itself and ends with something else than 0 when one was
# missed, or when it did not come to its end.
lines_of() { # BENCH
  "$@" | tee "$said.own" || grep -q 'MISSED$' "$said.own" ||
    echo "$(basename "$1") did not end well  MISSED" | tee -a "$said.own"
  cat "$said.own" >>"$said"
}

verdict() {
  grep -q 'MISSED$' "$said" || return 0
  echo
  echo "goals that were missed:"
  grep 'MISSED$' "$said" | sed 's/ *MISSED$//'
  return 1
}
