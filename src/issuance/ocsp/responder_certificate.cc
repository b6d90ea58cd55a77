#include "issuance/ocsp/responder_certificate.h"

#include <algorithm>

#include "issuance/template.h"
#include "x509/name.h"
#include "x509/ocsp_oids.h"
#include "x509/oids.h"

namespace everseal::issuance::ocsp {
namespace {

constexpr std::string_view kTemplate =
    "arn:aws:acm-pca:::template/OCSPSigningCertificate_APIPassthrough/V1";
constexpr std::string_view kCommonName = "OCSP Responder";

// What names the CA's owner stays; what names the CA alone does not.
bool is_the_cas_own(const asn1::Oid& type) {
  return type == x509::oids::kCommonName || type == x509::oids::kSerialNumber;
}

Result<x509::Name> responder_name(const x509::Certificate& ca) {
  x509::NameBuilder builder;
  for (const auto& attribute : ca.subject().attributes()) {
    const auto text = attribute.text();
    if (text && !is_the_cas_own(attribute.type)) builder.add(attribute.type, *text);
  }
  return builder.add(x509::oids::kCommonName, kCommonName).build();
}

// The value is NULL.
x509::Extension no_check() {
  return {.type = x509::oids::kOcspNoCheck, .critical = false, .value = {0x05, 0x00}};
}

ValidityPeriod period(const Issuer& issuer, const ResponderOrder& order, TimePoint now) {
  using std::chrono::floor;
  using std::chrono::seconds;
  const auto lifetime =
      std::min(order.lifetime, issuer.longest_validity().value_or(order.lifetime));
  const TimePoint end = std::min<TimePoint>(now + lifetime, issuer.validity().not_after);
  return {ValidityPeriod::Type::Absolute, floor<seconds>(end).time_since_epoch().count()};
}

}  // namespace

Result<IssuedCertificate, Refusal> issue_responder_certificate(const Issuer& issuer,
                                                               const x509::Certificate& ca,
                                                               const ResponderOrder& order,
                                                               TimePoint now, Random& random) {
  auto name = responder_name(ca);
  if (!name) return name.error();
  ApiPassthrough passthrough;
  passthrough.subject = *std::move(name);
  passthrough.custom_extensions = {no_check()};
  return issue(issuer.without_pointers(),
               {.certificate_template = *find_template(kTemplate),
                .applicant = OwnKey{order.public_key_info},
                .signature_algorithm = order.signature_algorithm,
                .validity = period(issuer, order, now),
                .passthrough = std::move(passthrough)},
               now, random);
}

TimePoint renewal_due(const x509::Validity& validity) {
  return validity.not_before + (validity.not_after - validity.not_before) / 2;
}

}  // namespace everseal::issuance::ocsp
