#pragma once

#include <exception>
#include <string>
#include <type_traits>

#include "aws/api_error.h"

namespace everseal::aws::endpoint {

// What `work` returns, a Result with an ApiError. An exception is a bug or exhausted memory: it
// ends one request, not the program.
template <class Work>
std::invoke_result_t<Work&> guarded(Work work) {
  try {
    return work();
  } catch (const std::exception& thrown) {
    return ApiError(Fault::broken(std::string("exception: ") + thrown.what()));
  }
}

}  // namespace everseal::aws::endpoint
