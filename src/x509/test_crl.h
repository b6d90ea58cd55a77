#pragma once

#include <optional>
#include <string_view>

#include "asn1/der_writer.h"
#include "clock/time_text.h"
#include "crypto/private_key.h"
#include "encoding/hex.h"
#include "x509/algorithm.h"
#include "x509/crl.h"
#include "x509/crl_builder.h"
#include "x509/name.h"

// For tests: CRLs in one line each.
namespace everseal::x509::testing {

inline TimePoint at(std::string_view iso8601) { return parse_iso8601(iso8601).value(); }
inline const TimePoint noon = at("2025-03-01T12:00:00Z");

inline Bytes entry(std::string_view serial_hex, CrlReason reason = CrlReason::Unspecified,
                   TimePoint revoked_at = noon) {
  Bytes run;
  append_crl_entry(run, encoding::from_hex(serial_hex).value(), revoked_at, reason);
  return run;
}

// Entries with the serials 1, 2, 3, ... of eight octets each.
inline Bytes entries(std::size_t count, CrlReason reason = CrlReason::Unspecified) {
  Bytes run;
  for (std::uint64_t number = 1; number <= count; ++number) {
    Bytes serial = {0x11, 0, 0, 0};
    for (int shift = 24; shift >= 0; shift -= 8) {
      serial.push_back(static_cast<std::uint8_t>(number >> shift));
    }
    append_crl_entry(run, serial, noon, reason);
  }
  return run;
}

inline Bytes joined(std::initializer_list<ByteView> parts) {
  Bytes all;
  for (const auto part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

// A CRL about to be signed.
struct TestCrl {
  crypto::SignatureAlgorithm algorithm = crypto::SignatureAlgorithm::Sha256WithEcdsa;
  Name issuer = NameBuilder().add(oids::kCommonName, "Example CA").build().value();
  TimePoint this_update = noon;
  TimePoint next_update = at("2025-03-08T12:00:00Z");
  std::uint64_t number = 7;
  Bytes key_id = {0x01, 0x02, 0x03};
  std::optional<std::string_view> distribution_point = {};
  std::optional<std::uint64_t> base_number = {};
  Bytes run = {};

  CrlParts parts() const {
    return build_crl_tbs({.signature_algorithm = algorithm,
                          .issuer = issuer.der(),
                          .this_update = this_update,
                          .next_update = next_update,
                          .number = number,
                          .authority_key_id = key_id,
                          .distribution_point = distribution_point,
                          .base_number = base_number},
                         run.size());
  }
  Bytes tbs() const {
    const auto around = parts();
    return joined({around.head, run, around.tail});
  }
  Bytes der(ByteView signature) const {
    const Bytes inner = tbs();
    const auto around = assemble_crl(inner.size(), algorithm, signature);
    return joined({around.head, inner, around.tail});
  }
  Bytes der(const crypto::PrivateKey& key) const { return der(key.sign(algorithm, tbs()).value()); }
  Bytes der() const { return der(Bytes(70, 0x5a)); }
};

// A CRL of these octets, signed by nobody.
inline Bytes around_tbs(ByteView tbs) {
  const auto around = assemble_crl(tbs.size(), TestCrl().algorithm, Bytes(70, 0x5a));
  return joined({around.head, tbs, around.tail});
}

}  // namespace everseal::x509::testing
