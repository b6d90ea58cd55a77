#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "clock/clock.h"
#include "issuance/ocsp/transfer.h"
#include "sql/database.h"
#include "x509/ocsp_cert_id.h"

namespace everseal::acmpca::ocsp {

// What a transaction announces when a certificate was revoked: its id in acmpca_certificate.
inline constexpr std::string_view revoked_topic = "acmpca.revoked";

// An answer that was signed beforehand, ready to be sent.
struct Answer {
  std::string octets;  // DER
  issuance::ocsp::CompactAnswer facts;
  TimePoint renew_at;  // from then on a newer one is to be signed
};

// The answers that were asked for last. One about a certificate is gone as soon as its revocation
// is durable; one that was read before that and comes after it is not kept. Thread-safe, and never
// waits for anything but memory.
class Answers {
 public:
  explicit Answers(sql::Database& database, std::size_t most);

  using Found = std::shared_ptr<const Answer>;
  Found find(const x509::OcspCertId& id) const;
  std::uint64_t generation() const;
  // `certificate`: its id in acmpca_certificate.
  void keep(const x509::OcspCertId& id, std::int64_t certificate, Found answer,
            std::uint64_t read_in_generation);

 private:
  class Kept;
  std::shared_ptr<Kept> kept_;
  sql::Subscription revocations_;
};

}  // namespace everseal::acmpca::ocsp
