#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "issuance/ocsp/compact_answer.h"
#include "sql/database.h"
#include "x509/ocsp_status.h"

// The OCSP answers that were signed before anybody asked: one a certificate.
namespace everseal::acmpca::ocsp {

// They answer a question that names the CA so, as most do (RFC 5019 knows no other).
inline constexpr auto presigned_hash = x509::OcspHash::Sha1;

// The job that signs them; its key is the CA's id.
inline constexpr std::string_view answers_job = "acmpca.ocsp_answers";

// The answers of this CA, which has a responder now, are to be signed.
Outcome promise_answers(sql::Transaction& tx, std::int64_t ca, TimePoint now);

// What is to be said of a certificate that was issued.
Result<x509::OcspStatus> find_status(sql::Snapshot& view, std::int64_t ca, ByteView serial);

// When an answer is to be signed anew: in the middle of its time.
TimePoint renewal(const issuance::ocsp::Window& window);

Result<std::optional<issuance::ocsp::CompactAnswer>> find_answer(sql::Snapshot& view,
                                                                 std::int64_t certificate);

// In place of the one before.
struct NewAnswer {
  std::int64_t ca;
  std::int64_t certificate;
  TimePoint renew_at;
  const issuance::ocsp::CompactAnswer& answer;
};
Outcome record_answer(sql::Transaction& tx, const NewAnswer& answer);

// What is kept about this certificate, if anything is, is to be signed anew at that time.
Outcome renew_answer_at(sql::Transaction& tx, std::int64_t certificate, TimePoint time);

Outcome drop_answer(sql::Transaction& tx, std::int64_t certificate);

// Takes out answers of the CA, some at a time. Whether there may be more of them.
Result<bool> drop_answers(sql::Transaction& tx, std::int64_t ca);

// A certificate about which something is to be signed.
struct Subject {
  std::int64_t id;
  Bytes serial;  // big-endian, without leading zeros
  Bytes der;
};

// Those whose answer is to be signed anew by that time, the longest waiting first.
Result<std::vector<Subject>> answers_due(sql::Snapshot& view, std::int64_t ca, TimePoint by,
                                         std::int64_t most);

// The next certificates of the CA that were not looked at yet.
struct UnansweredCertificates {
  std::vector<Subject> certificates;
  std::int64_t looked_up_to;  // all certificates with ids up to this, of whatever CA
  bool is_last;
};
Result<UnansweredCertificates> unanswered_certificates(sql::Snapshot& view, std::int64_t ca);
Outcome record_looked_up_to(sql::Transaction& tx, std::int64_t ca, std::int64_t certificate);
Outcome forget_looked_up_to(sql::Transaction& tx, std::int64_t ca);

}  // namespace everseal::acmpca::ocsp
