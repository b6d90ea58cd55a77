#include "crypto/openssl.h"

namespace everseal::crypto {

std::string explained(std::string_view what) {
  const unsigned long code = ERR_peek_error();
  ERR_clear_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  std::string text(what);
  if (reason != nullptr) text.append(": ").append(reason);
  return text;
}

}  // namespace everseal::crypto
