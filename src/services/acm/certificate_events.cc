#include "services/acm/certificate_events.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "aws/protocol/json.h"
#include "clock/time_text.h"

namespace everseal::acm {

namespace {

using Members = aws::Document::Members;

std::string_view name_of(Arrival arrival) {
  switch (arrival) {
    case Arrival::Issuance:
      return "ISSUANCE";
    case Arrival::Renewal:
      return "RENEWAL";
    case Arrival::Import:
      return "IMPORT";
    case Arrival::Reimport:
      return "REIMPORT";
  }
  return {};
}

template <class T>
void add(Members& members, std::string_view name, T value) {
  members.emplace_back(name, aws::Document(std::move(value)));
}

void add_number(Members& members, std::string_view name, std::int64_t number) {
  add(members, name, number);
}

bool is_imported(const Certificate& certificate) {
  return certificate.type == CertificateType::Imported;
}

// What all events say. The names after the first are those beside the domain name, which an
// imported certificate may not have.
void add_identity(Members& members, const Certificate& certificate) {
  using std::chrono::days;
  add(members, "CommonName", certificate.domain_name);
  if (certificate.names.size() > 1) {
    add(members, "FirstSubjectAlternativeName", certificate.names[1]);
  }
  const auto& facts = *certificate.facts;
  const auto validity = std::chrono::round<days>(facts.not_after - facts.not_before);
  add_number(members, "ValidityInDays", validity.count());
  add(members, "CertificateKeyPairOrigin",
      std::string(is_imported(certificate) ? "CUSTOMER_PROVIDED" : "AWS_MANAGED"));
}

void add_type(Members& members, const Certificate& certificate) {
  add(members, "CertificateType", std::string(aws::name_of(certificate.type)));
}

void add_dates(Members& members, const Certificate& certificate) {
  add(members, "CertificateCreatedDate", to_iso8601(certificate.created_at));
  add(members, "CertificateExpirationDate", to_iso8601(certificate.facts->not_after));
}

void add_days(Members& members, const Certificate& certificate, TimePoint now) {
  add_number(members, "DaysToExpiry", days_left(now, certificate.facts->not_after));
}

void add_whereabouts(Members& members, const Certificate& certificate, bool in_use) {
  add(members, "InUse", in_use);
  add(members, "Exported", certificate.exported);
}

Event event(std::string_view detail_type, const Certificate& certificate, Members detail,
            TimePoint now) {
  return {.detail_type = detail_type,
          .certificate_arn = certificate.arn,
          .account = certificate.account,
          .region = certificate.region,
          .detail = aws::protocol::print_json(aws::Document(std::move(detail))),
          .time = now};
}

}  // namespace

int days_left(TimePoint now, TimePoint not_after) {
  const auto left = std::chrono::ceil<std::chrono::days>(not_after - now);
  return static_cast<int>(std::max<std::chrono::days::rep>(left.count(), 0));
}

Event available(const Certificate& certificate, Arrival arrival, bool in_use, TimePoint now) {
  Members detail;
  add(detail, "Action", std::string(name_of(arrival)));
  add_type(detail, certificate);
  add_identity(detail, certificate);
  add_dates(detail, certificate);
  add_days(detail, certificate, now);
  add_whereabouts(detail, certificate, in_use);
  return event("ACM Certificate Available", certificate, std::move(detail), now);
}

Event approaching_expiration(const Certificate& certificate, TimePoint now) {
  Members detail;
  add_days(detail, certificate, now);
  add_identity(detail, certificate);
  return event("ACM Certificate Approaching Expiration", certificate, std::move(detail), now);
}

Event expired(const Certificate& certificate, bool in_use, TimePoint now) {
  Members detail;
  add_type(detail, certificate);
  add_identity(detail, certificate);
  add_dates(detail, certificate);
  add_whereabouts(detail, certificate, in_use);
  return event("ACM Certificate Expired", certificate, std::move(detail), now);
}

Event renewal_action_required(const Certificate& certificate, FailureReason reason, bool in_use,
                              TimePoint now) {
  Members detail;
  add_type(detail, certificate);
  add_identity(detail, certificate);
  add(detail, "RenewalStatusReason", std::string(aws::name_of(reason)));
  add_days(detail, certificate, now);
  add(detail, "CertificateExpirationDate", to_iso8601(certificate.facts->not_after));
  add_whereabouts(detail, certificate, in_use);
  return event("ACM Certificate Renewal Action Required", certificate, std::move(detail), now);
}

Event revoked(const Certificate& certificate, TimePoint now) {
  Members detail;
  add_type(detail, certificate);
  add_identity(detail, certificate);
  add(detail, "CertificateExpirationDate", to_iso8601(certificate.facts->not_after));
  add(detail, "Exportable", certificate.type == CertificateType::Private);
  return event("ACM Certificate Revoked", certificate, std::move(detail), now);
}

RenewalNews news_of(const Certificate& certificate, RenewalNews::Kind kind,
                    std::optional<FailureReason> reason, TimePoint now) {
  return {.kind = kind,
          .certificate_arn = certificate.arn,
          .account = certificate.account,
          .region = certificate.region,
          .domain_name = certificate.domain_name,
          .domains = certificate.names.size(),
          .not_after = certificate.facts->not_after,
          .reason = reason,
          .time = now};
}

}  // namespace everseal::acm
