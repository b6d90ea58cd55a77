#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "services/acmpca/model/settings.h"
#include "services/acmpca/ocsp/answers.h"
#include "services/acmpca/ocsp/responders.h"
#include "sql/database.h"
#include "x509/ocsp_error.h"
#include "x509/ocsp_request.h"

namespace everseal::acmpca::ocsp {

// Answers OCSP questions about certificates of CAs that have it switched on (RFC 6960, RFC 5019).
// The usual question, one certificate and no nonce, is answered with what was signed before, until
// half of its time is over or the certificate is revoked; all others are signed at once. Thread-
// safe.
class Desk {
 public:
  Desk(sql::Database& database, const Clock& clock, Responders& responders,
       const Settings& settings);

  // What is at hand, without a query or a signature; null: ask `answer`.
  Answers::Found at_hand(const x509::OcspRequest& request) const;

  struct Reply {
    std::string octets;          // DER
    Answers::Found kept_answer;  // null: it is not to be kept by anyone
  };
  // Unauthorized: a CA that is not here, or does not answer OCSP. TryLater: it has no responder
  // yet, or the database cannot be read.
  Result<Reply, x509::OcspError> answer(const x509::OcspRequest& request);

 private:
  struct Looked;
  Result<Looked, x509::OcspError> look(const ReadyResponder& by, const x509::OcspCertId& id) const;
  Result<issuance::ocsp::CompactAnswer> signed_before_or_now(const ReadyResponder& by,
                                                             const x509::OcspCertId& id,
                                                             const Looked& looked) const;
  Result<Reply, x509::OcspError> presigned(const ReadyResponder& by, const x509::OcspCertId& id);
  Result<Reply, x509::OcspError> live(const ReadyResponder& by, const x509::OcspRequest& request);

  sql::Database& database_;
  const Clock& clock_;
  Responders& responders_;
  const Settings& settings_;
  Answers answers_;
};

}  // namespace everseal::acmpca::ocsp
