#pragma once

namespace everseal {

// What a bench is to reach. A line about one that it did not ends with MISSED, which tools/bench.sh
// looks for, and then so does the bench: with 1.
class Goals {
 public:
  // What ends the line about a goal.
  const char* judged(bool reached) {
    if (reached) return "";
    missed_ = true;
    return "  MISSED";
  }
  int exit_code() const { return missed_ ? 1 : 0; }

 private:
  bool missed_ = false;
};

}  // namespace everseal
