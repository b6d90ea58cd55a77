#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "crypto/private_key.h"
#include "x509/certificate.h"
#include "x509/extension.h"
#include "x509/name.h"

namespace everseal::acmpca::testing {

// Critical basicConstraints CA:TRUE, and keyUsage.
std::vector<x509::Extension> ca_extensions(std::optional<std::uint32_t> path_length = std::nullopt);

// A CA that Everseal knows nothing of, and that keeps no rule: what a test wants, it signs.
class OutsideCa {
 public:
  // What is in the certificate besides issuer and serial.
  struct Wish {
    x509::Name subject;
    Bytes public_key_info;
    x509::Validity validity;
    std::vector<x509::Extension> extensions;
  };

  // A root, valid from 2020 until 2060.
  static OutsideCa root(std::string_view common_name,
                        std::optional<std::uint32_t> path_length = std::nullopt);
  // A CA below this one, with a key of its own.
  OutsideCa subordinate(std::string_view common_name,
                        std::vector<x509::Extension> extensions = ca_extensions()) const;

  x509::Certificate sign(const Wish& wish) const;
  // For the CA whose CSR this is: valid from a day before `now`, for so many days after it.
  x509::Certificate sign_ca(std::string_view csr_pem, TimePoint now, std::int64_t days,
                            std::vector<x509::Extension> extensions = ca_extensions()) const;

  const x509::Certificate& certificate() const { return path_.front(); }
  // Its certificate, and all above it.
  std::string chain_pem() const;

 private:
  OutsideCa(crypto::PrivateKey key, std::vector<x509::Certificate> path)
      : key_(std::move(key)), path_(std::move(path)) {}

  crypto::PrivateKey key_;
  std::vector<x509::Certificate> path_;  // its own first, the root last
};

x509::Name named(std::string_view common_name);

}  // namespace everseal::acmpca::testing
