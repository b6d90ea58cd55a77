#pragma once

#include <cstdint>

namespace everseal::elbv2::trust_stores {

// The quotas are AWS's; what AWS does not say is a setting.
struct Settings {
  std::int64_t stores = 20;                // of an account in a region
  std::int64_t ca_certificates = 25;       // of a store
  std::int64_t revocation_lists = 30;      // of a store
  std::int64_t revoked_entries = 500'000;  // of a store, over all of its lists
  std::int64_t revocation_file_octets = std::int64_t{50} << 20;
  // Also CRLs of issuers that are not in the bundle, whose signature nobody can check then.
  bool takes_foreign_crls = false;
  // Where S3 has no object "/crl/ca.pem", "crl/ca.pem" is taken.
  bool drops_leading_slash = false;
};

inline constexpr std::int64_t most_ca_octets = 16 * 1024;    // DER of one certificate
inline constexpr std::int64_t most_subject_octets = 10'000;  // DER of all subjects of a store

}  // namespace everseal::elbv2::trust_stores
