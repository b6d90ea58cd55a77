#include "services/acmpca/audit/report_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <utility>

#include "aws/protocol/json.h"
#include "clock/time_text.h"
#include "services/acmpca/certificates/revocation_store.h"
#include "x509/certificate.h"

namespace everseal::acmpca::audit {
namespace {

enum Column : std::size_t {
  Account,
  Principal,
  CertificateArn,
  Serial,
  Subject,
  NotBefore,
  NotAfter,
  IssuedAt,
  RevokedAt,
  Reason,
  TemplateArn,
  Count
};
constexpr std::array<std::string_view, Count> names{"awsAccountId",   "requestedByServicePrincipal",
                                                    "certificateArn", "serial",
                                                    "subject",        "notBefore",
                                                    "notAfter",       "issuedAt",
                                                    "revokedAt",      "revocationReason",
                                                    "templateArn"};
constexpr std::string_view template_prefix = "arn:aws:acm-pca:::template/";

using Columns = std::array<std::string, Count>;  // empty: absent

// "2026-02-26T18:39:57+0000"
std::string to_text(TimePoint time) {
  auto text = to_iso8601(time);
  text.pop_back();
  return text + "+0000";
}

// Of the user who asked; of the CA where a service did.
std::string account_of(const AuthorityArn& authority, std::string_view requested_by) {
  const auto caller = Arn::parse(requested_by);
  return std::string(caller ? caller->account() : authority.account());
}

Result<Columns> columns_of(const AuthorityArn& authority, const AuditedCertificate& audited) {
  const auto arn = certificate_arn(authority, audited.serial);
  const auto certificate = x509::Certificate::parse(audited.der);
  if (!certificate) return Fault::broken(arn + ": " + certificate.error().cause);
  const bool by_service = !Arn::parse(audited.requested_by);
  Columns columns;
  columns[Account] = account_of(authority, audited.requested_by);
  if (by_service) columns[Principal] = audited.requested_by;
  columns[CertificateArn] = arn;
  columns[Serial] = certificate->serial().hex();
  columns[Subject] = certificate->subject().text();
  columns[NotBefore] = to_text(certificate->validity().not_before);
  columns[NotAfter] = to_text(certificate->validity().not_after);
  columns[IssuedAt] = to_text(audited.issued_at);
  if (audited.revoked_at) columns[RevokedAt] = to_text(*audited.revoked_at);
  if (audited.reason) columns[Reason] = aws::name_of(to_api_reason(*audited.reason));
  columns[TemplateArn] = std::string(template_prefix) + audited.template_name;
  return columns;
}

void append_json(std::string& report, const Columns& columns) {
  aws::Document::Members members;
  for (std::size_t column = 0; column < Count; ++column) {
    if (!columns[column].empty())
      members.emplace_back(names[column], aws::Document(columns[column]));
  }
  report += aws::protocol::print_json(aws::Document(std::move(members)));
}

// RFC 4180, 2: a quote within quotes stands twice.
void append_quoted(std::string& report, std::string_view text) {
  report += '"';
  for (const char letter : text) {
    if (letter == '"') report += '"';
    report += letter;
  }
  report += '"';
}

void append_csv(std::string& report, const Columns& columns) {
  for (std::size_t column = 0; column < Count; ++column) {
    if (column > 0) report += ',';
    if (column == Subject) {
      append_quoted(report, columns[column]);
    } else {
      report += columns[column];
    }
  }
  report += '\n';
}

}  // namespace

std::string report_head(AuditReportFormat format) {
  return format == AuditReportFormat::Json ? "[" : fmt::format("{}\n", fmt::join(names, ","));
}

std::string_view report_tail(AuditReportFormat format) {
  return format == AuditReportFormat::Json ? "]\n" : "";
}

Outcome append_audited(std::string& report, AuditReportFormat format, const AuthorityArn& authority,
                       const AuditedCertificate& certificate, Place place) {
  const auto columns = columns_of(authority, certificate);
  if (!columns) return columns.error();
  if (format == AuditReportFormat::Csv) {
    append_csv(report, *columns);
    return {};
  }
  if (place == Place::Later) report += ",\n";
  append_json(report, *columns);
  return {};
}

}  // namespace everseal::acmpca::audit
