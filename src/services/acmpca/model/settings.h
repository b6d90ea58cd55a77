#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace everseal::acmpca {

// What an operator or a test may choose. The defaults are AWS's.
struct Settings {
  std::chrono::minutes idempotency_window{5};      // so long a token means the same request
  std::chrono::days restoration_window{30};        // of DeleteCertificateAuthority without a choice
  std::chrono::days short_lived_validity{7};       // the longest of a SHORT_LIVED_CERTIFICATE CA
  std::size_t authorities = 200;                   // an account and region; deleted ones count
  std::size_t tags = 50;                           // a CA
  std::chrono::minutes crl_backdating{60};         // thisUpdate lies so far in the past
  std::chrono::minutes crl_retry{1};               // after the bucket refused; AWS: 15
  std::chrono::minutes audit_report_interval{30};  // between two of a CA; failed ones do not count
  std::chrono::minutes audit_report_patience{10};  // so long a report is tried; then it is FAILED
  std::chrono::seconds bulk_crl_interval{5};       // between the CRLs of a bulk revocation
  std::chrono::hours ocsp_validity{24};            // of an answer; a newer one from half of it on
  std::chrono::minutes ocsp_cached{5};             // the longest that others are told to keep one
  std::chrono::days ocsp_responder_lifetime{30};
  std::size_t ocsp_answers = 50'000;  // kept in memory, about a kilobyte each
  bool crl_as_pem = true;             // the same list beside it, in PEM
  bool crl_deltas = false;            // a revocation writes a delta CRL only
  // A CA ever issues so many: AWS's quotas.
  std::int64_t certificates_complete = 1'000'000;       // with a complete CRL
  std::int64_t certificates_partitioned = 100'000'000;  // asked when a partition is full
  // An entry has at most 55 octets: 1 MB if all of them are revoked.
  std::int64_t certificates_a_partition = 18'000;
  std::chrono::minutes watchdog_interval{15};  // between two looks at what is published
  std::chrono::minutes watchdog_grace{2};      // so long a revocation may be missing there
  std::size_t watched_crl_octets = 48 << 20;   // a CRL above that is told of
  // Days before the end of a CA's certificate on which that is told. The first one is a month
  // before the CA can no longer issue for ACM's 13 months.
  std::vector<int> end_notice_days{425, 365, 180, 90, 60, 45, 30, 15, 7, 3, 1};
  std::size_t kept_ready = 256;  // CAs whose certificate and key stay in memory
};

}  // namespace everseal::acmpca
