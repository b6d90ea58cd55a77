#pragma once

#include <chrono>
#include <cstddef>

namespace everseal::acmpca {

// What an operator or a test may choose. The defaults are AWS's.
struct Settings {
  std::chrono::minutes idempotency_window{5};  // so long a token means the same request
  std::chrono::days restoration_window{30};    // of DeleteCertificateAuthority without a choice
  std::chrono::days short_lived_validity{7};   // the longest of a SHORT_LIVED_CERTIFICATE CA
  std::size_t authorities = 200;               // an account and region; deleted ones count
  std::size_t tags = 50;                       // a CA
  std::size_t kept_ready = 256;                // CAs whose certificate and key stay in memory
};

}  // namespace everseal::acmpca
