#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "issuance/log/merkle.h"

namespace everseal::issuance::log {

// One signature, or one certificate taken in from outside. The numbers are stored.
struct Leaf {
  enum class Kind : std::uint8_t { Certificate = 1, Crl = 2, OcspSigner = 3, Import = 4 };
  Kind kind;
  TimePoint time;         // when it was signed
  std::string authority;  // ARN of the CA that signed
  std::string object;  // what was signed, below that ARN: "certificate/0a1b"; at most 2048 octets
  Hash digest;         // SHA-256 of the signed bytes: of a certificate's whole DER

  friend bool operator==(const Leaf&, const Leaf&) = default;
};

std::string_view to_string(Leaf::Kind kind);  // "certificate"

// What the tree hashes: format 1 (1 octet), position (8), kind (1), time in milliseconds (8),
// length of authority (2), authority, length of object (2), object, digest (32); numbers are
// big-endian.
Bytes encode(const Leaf& leaf, std::uint64_t position);

}  // namespace everseal::issuance::log
