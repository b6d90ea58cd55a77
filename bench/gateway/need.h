#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "result/result.h"

namespace everseal::bench {

// A bench that cannot measure says why, and ends.
[[noreturn]] inline void give_up(const std::string& cause) {
  std::fprintf(stderr, "%s\n", cause.c_str());
  std::exit(1);
}

template <class T>
T need(Result<T> result) {
  if (!result) give_up(result.error().cause);
  return *std::move(result);
}
inline void need(const Outcome& outcome) {
  if (!outcome) give_up(outcome.error().cause);
}

}  // namespace everseal::bench
