#pragma once

#include "clock/clock.h"
#include "http/handler.h"
#include "services/acmpca/buckets/object_source.h"
#include "services/acmpca/model/settings.h"
#include "services/acmpca/ocsp/desk.h"
#include "sql/database.h"

namespace everseal::acmpca {

// What relying parties ask for in the clear, without signature or secret, under whatever host name
// certificates say: CRLs by GET and HEAD, as they were last put into the bucket, and OCSP by POST
// and GET.
//
//   /<key>             a CRL: ".crl" is DER, ".pem" is PEM
//                      "-delta" before that: the delta CRL to it
//   /<bucket>/<key>    the same, as S3 has it in the path
//   /<base64>          an OCSP question (RFC 6960, A.1); POST: to any path
//
// A CRL may be kept, but is to be asked about each time (no-cache, with an ETag): one that is a
// second old may lack what was revoked since. Thread-safe.
class PublicationPoint final : public http::Handler {
 public:
  PublicationPoint(sql::Database& database, const Clock& clock, ObjectSource& objects,
                   ocsp::Desk& ocsp, const Settings& settings)
      : database_(database), clock_(clock), objects_(objects), ocsp_(ocsp), settings_(settings) {}

  http::Route route(const http::RequestHead& head) override;
  std::optional<http::Response> respond_now(const http::Request& request) override;
  http::Response respond(http::Request request) override;

 private:
  http::Response give_crl(const http::RequestHead& head);
  http::Response answer_ocsp(const http::Request& request);
  http::Response print(const std::string& octets, const ocsp::Answers::Found& kept,
                       const http::RequestHead& head) const;

  sql::Database& database_;
  const Clock& clock_;
  ObjectSource& objects_;
  ocsp::Desk& ocsp_;
  const Settings& settings_;
};

}  // namespace everseal::acmpca
