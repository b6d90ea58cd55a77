#include "services/cloudwatch/errors.h"

#include <utility>

namespace everseal::cloudwatch {

ApiError invalid_value(std::string message) {
  return {"InvalidParameterValueException", 400, std::move(message)};
}

ApiError invalid_combination(std::string message) {
  return {"InvalidParameterCombinationException", 400, std::move(message)};
}

ApiError missing(std::string message) {
  return {"MissingRequiredParameterException", 400, std::move(message)};
}

ApiError invalid_token() {
  return {"InvalidNextToken", 400, "The next token specified is invalid."};
}

ApiError unsupported(std::string_view what) {
  return invalid_value(std::string(what) + " is not supported by Everseal.");
}

}  // namespace everseal::cloudwatch
