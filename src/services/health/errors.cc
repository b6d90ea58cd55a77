#include "services/health/errors.h"

#include <string>

namespace everseal::health {

ApiError unsupported_locale(std::string_view locale) {
  return {"UnsupportedLocale", 400,
          "The locale " + std::string(locale) + " is not supported. Use en, fr or ja."};
}

ApiError invalid_pagination_token() {
  return {"InvalidPaginationToken", 400, "The nextToken is not one of this listing."};
}

}  // namespace everseal::health
