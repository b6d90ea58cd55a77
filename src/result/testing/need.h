#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "result/result.h"

// For tests: what a result must be, and what it was instead.
namespace everseal {

// "ValidationException: ..." of an error that clients see, else the cause.
template <class E>
std::string sentence_of(const E& error) {
  if constexpr (requires { error.code; }) {
    return std::string(error.code) + ": " + error.message;
  } else {
    return error.cause;
  }
}

// The value; without one the test ends here, with the reason.
template <class T, class E>
T need(Result<T, E> result) {
  if (!result) throw std::runtime_error(sentence_of(result.error()));
  return *std::move(result);
}
template <class E>
void need(const Result<void, E>& result) {
  if (!result) throw std::runtime_error(sentence_of(result.error()));
}

// "ValidationException"; "(none)": it went well.
template <class T, class E>
std::string code_of(const Result<T, E>& answer) {
  return answer ? "(none)" : std::string(answer.error().code);
}

}  // namespace everseal
