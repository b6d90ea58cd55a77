#include "services/acm/operations/describe_certificate.h"

#include <utility>

#include "services/acm/certificate_facts.h"
#include "services/acm/certificate_users.h"
#include "services/acm/own_certificate.h"
#include "services/acm/renewal_schedule.h"

namespace everseal::acm {

namespace {

using Detail = DescribeCertificate::Detail;

void add_facts(Detail& detail, const CertificateFacts& facts) {
  detail.serial = facts.serial;
  detail.subject = facts.subject;
  detail.issuer = facts.issuer;
  detail.signature_algorithm = facts.signature_algorithm;
  detail.not_before = facts.not_before;
  detail.not_after = facts.not_after;
  for (const auto& usage : facts.key_usages) {
    if (const auto name = aws::named<KeyUsageName>(usage)) detail.key_usages.push_back({*name});
  }
  for (const auto& usage : facts.extended_key_usages) {
    auto [name, oid] = parse_extended_key_usage(usage);
    auto shown = oid.empty() ? std::nullopt : std::optional(std::move(oid));
    detail.extended_key_usages.push_back({name, std::move(shown)});
  }
}

DescribeCertificate::Summary summary_of(const RenewalSummary& renewal) {
  return {.renewal_status = renewal.status,
          .domain_validation_options = {},
          .renewal_status_reason = renewal.reason,
          .updated_at = renewal.updated_at};
}

Detail detail_of(const Certificate& certificate, std::vector<std::string> users, TimePoint now) {
  Detail detail;
  detail.certificate_arn = certificate.arn;
  if (!certificate.domain_name.empty()) detail.domain_name = certificate.domain_name;
  detail.subject_alternative_names = certificate.names;
  detail.created_at = certificate.created_at;
  detail.issued_at = certificate.issued_at;
  detail.imported_at = certificate.imported_at;
  detail.status = status_at(now, certificate);
  detail.revoked_at = certificate.revoked_at;
  detail.revocation_reason = certificate.revocation_reason;
  detail.key_algorithm = printed(certificate.key_algorithm);
  detail.failure_reason = certificate.failure_reason;
  detail.type = certificate.type;
  detail.certificate_authority_arn = certificate.ca_arn;
  detail.renewal_eligibility = eligibility(renewal_facts(certificate, !users.empty()), now);
  detail.options = {certificate.transparency, certificate.export_option};
  detail.in_use_by = std::move(users);
  if (certificate.renewal) detail.renewal_summary = summary_of(*certificate.renewal);
  if (certificate.facts) add_facts(detail, *certificate.facts);
  return detail;
}

}  // namespace

aws::Access DescribeCertificate::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.certificate_arn);
}

Result<DescribeCertificate::Response, ApiError> DescribeCertificate::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto certificate = find_own(view, call, request.certificate_arn);
    if (!certificate) return certificate.error();
    auto users = users_of(view, certificate->arn);
    if (!users) return users.error();
    return Response{detail_of(*certificate, *std::move(users), clock.now())};
  });
}

}  // namespace everseal::acm
