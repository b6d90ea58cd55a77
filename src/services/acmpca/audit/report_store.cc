#include "services/acmpca/audit/report_store.h"

namespace everseal::acmpca::audit {
namespace {

Result<Report> report_of(const sql::Row& row) {
  const auto format = aws::named<AuditReportFormat>(row.text(2));
  const auto status = aws::named<AuditReportStatus>(row.text(3));
  if (!format || !status)
    return Fault::broken("acmpca_audit_report " + row.text(0) + ": cannot read an enumeration");
  return Report{.id = row.text(0),
                .ca = row.integer(1),
                .format = *format,
                .status = *status,
                .bucket = row.text(4),
                .key = row.text(5),
                .created_at = row.time(6)};
}

AuditedCertificate audited_of(const sql::Row& row) {
  const auto reason = row.maybe_integer(6);
  return {.serial = row.blob(0),
          .der = row.blob(1),
          .template_name = row.text(2),
          .requested_by = row.text(3),
          .issued_at = row.time(4),
          .revoked_at = row.maybe_time(5),
          .reason = reason ? std::optional(static_cast<x509::CrlReason>(*reason)) : std::nullopt};
}

}  // namespace

Outcome insert(sql::Transaction& tx, const Report& report) {
  const auto written = tx.run(
      "INSERT INTO acmpca_audit_report (id, ca, format, status, bucket, object_key, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      report.id, report.ca, aws::name_of(report.format), aws::name_of(report.status), report.bucket,
      report.key, report.created_at);
  if (!written) return written.error();
  return {};
}

Result<std::optional<Report>> find_report(sql::Snapshot& view, std::string_view id) {
  const auto row = view.one(
      "SELECT id, ca, format, status, bucket, object_key, created_at FROM acmpca_audit_report "
      "WHERE id = $1",
      id);
  if (!row) return row.error();
  if (!*row) return std::optional<Report>{};
  auto report = report_of(**row);
  if (!report) return report.error();
  return std::optional(*std::move(report));
}

Result<bool> has_report_since(sql::Snapshot& view, std::int64_t ca, TimePoint time) {
  const auto row = view.one(
      "SELECT 1 FROM acmpca_audit_report WHERE ca = $1 AND created_at > $2 AND status <> 'FAILED' "
      "LIMIT 1",
      ca, time);
  if (!row) return row.error();
  return row->has_value();
}

Outcome settle(sql::Transaction& tx, const Report& report, AuditReportStatus end) {
  const auto changed =
      tx.run("UPDATE acmpca_audit_report SET status = $2 WHERE id = $1 AND status = 'CREATING'",
             report.id, aws::name_of(end));
  if (!changed) return changed.error();
  if (*changed == 0) return Fault::conflict("the audit report " + report.id + " has ended");
  return {};
}

Result<std::vector<AuditedCertificate>> list_audited(sql::Snapshot& view, std::int64_t ca,
                                                     ByteView serial) {
  const auto rows = view.all(
      "SELECT c.serial, c.der, c.template, c.requested_by, c.issued_at, r.revoked_at, r.reason "
      "FROM acmpca_certificate c "
      "LEFT JOIN acmpca_revocation r ON r.ca = c.ca AND r.serial = c.serial "
      "WHERE c.ca = $1 AND c.serial > $2 ORDER BY c.serial LIMIT $3",
      ca, serial, audited_at_once);
  if (!rows) return rows.error();
  std::vector<AuditedCertificate> certificates;
  for (const auto& row : *rows) certificates.push_back(audited_of(row));
  return certificates;
}

}  // namespace everseal::acmpca::audit
