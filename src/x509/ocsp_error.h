#pragma once

#include <cstdint>
#include <string_view>

namespace everseal::x509 {

// Why there is no answer (OCSPResponseStatus, RFC 6960, 4.2.1; its numbers).
enum class OcspError : std::uint8_t {
  MalformedRequest = 1,
  InternalError = 2,
  TryLater = 3,
  SigRequired = 5,
  Unauthorized = 6,  // also: this responder knows nothing of that CA (RFC 5019, 2.2.3)
};

std::string_view to_string(OcspError error);  // "malformedRequest"

}  // namespace everseal::x509
