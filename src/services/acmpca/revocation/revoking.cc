#include "services/acmpca/revocation/revoking.h"

#include "services/acmpca/certificates/certificate_store.h"
#include "services/acmpca/certificates/revocation_store.h"
#include "services/acmpca/crl/membership.h"
#include "services/acmpca/crl/promise.h"
#include "services/acmpca/crl/store.h"
#include "services/acmpca/model/errors.h"
#include "services/acmpca/ocsp/answer_store.h"
#include "services/acmpca/ocsp/answers.h"
#include "x509/certificate.h"

namespace everseal::acmpca {
namespace {

struct Revocable {
  std::int64_t id;
  TimePoint not_after;
  std::optional<std::int64_t> crl;  // that it belongs to
};

Result<Revocable, ApiError> check_certificate(sql::Snapshot& view, const Authority& authority,
                                              const x509::SerialNumber& serial, TimePoint now) {
  const auto arn = certificate_arn(authority.arn, serial.octets());
  const auto found = find_certificate(view, authority.id, serial.octets());
  if (!found) return found.error();
  if (!*found) return no_such_certificate(arn);
  if ((*found)->template_name.starts_with("RootCACertificate"))
    return invalid_request("Self-signed certificate can not be revoked.");
  const auto certificate = x509::Certificate::parse((*found)->der);
  if (!certificate) return Fault::broken(arn + ": " + certificate.error().cause);
  const auto& validity = certificate->validity();
  if (!validity.contains(now) && now > validity.not_after)
    return invalid_request("The certificate " + arn + " has expired.");
  return Revocable{(*found)->id, validity.not_after, (*found)->crl};
}

// The list that the certificate belongs to; the complete one, if nothing was decided when it was
// signed.
Result<std::int64_t, ApiError> list_of(sql::Transaction& tx, const Authority& authority,
                                       const Revocable& certificate, TimePoint now) {
  if (!certificate.crl) {
    const auto complete = complete_crl(tx, authority.id);
    if (!complete) return complete.error();
    return *complete;
  }
  const auto crl = find_crl(tx, *certificate.crl);
  if (!crl) return crl.error();
  if (!*crl) return Fault::broken(authority.arn.text() + ": a certificate without its CRL");
  if (is_abandoned(authority, **crl, now))
    return invalid_request(
        "The certificate belongs to a partition of the CRL, and the certificate authority has "
        "returned to a complete one.");
  return (*crl)->id;
}

}  // namespace

Result<void, ApiError> revoke(sql::Transaction& tx, const Authority& authority,
                              const x509::SerialNumber& serial, RevocationReason reason,
                              TimePoint now) {
  return revoke(tx, authority, serial, reason, now, now);
}

Result<void, ApiError> revoke(sql::Transaction& tx, const Authority& authority,
                              const x509::SerialNumber& serial, RevocationReason reason,
                              TimePoint now, TimePoint crl_due) {
  const auto certificate = check_certificate(tx, authority, serial, now);
  if (!certificate) return certificate.error();
  const auto earlier = find_revocation(tx, authority.id, serial.octets());
  if (!earlier) return earlier.error();
  if (*earlier) return already_revoked(certificate_arn(authority.arn, serial.octets()));
  const auto crl = list_of(tx, authority, *certificate, now);
  if (!crl) return crl.error();
  const Revocation revocation{.ca = authority.id,
                              .serial = serial.octets(),
                              .crl = *crl,
                              .revoked_at = now,
                              .reason = to_crl_reason(reason),
                              .not_after = certificate->not_after};
  if (const auto done = record_revocation(tx, revocation); !done) return done.error();
  Bytes entry;
  x509::append_crl_entry(entry, revocation.serial, now, revocation.reason);
  if (const auto done = add_entry(tx, *crl, entry, certificate->not_after); !done)
    return done.error();
  if (const auto done = promise_crl(tx, *crl, crl_due); !done) return done.error();
  if (const auto done = ocsp::renew_answer_at(tx, certificate->id, now); !done) return done.error();
  tx.announce(ocsp::revoked_topic, certificate->id);
  return {};
}

}  // namespace everseal::acmpca
