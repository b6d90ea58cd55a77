#include "services/acm/certificate_store.h"

#include <limits>

#include "crypto/digest.h"
#include "encoding/hex.h"
#include "services/acm/row_reader.h"

namespace everseal::acm {

namespace {

// Queries are kept by their text: these live as long as the program.
const std::string kColumns =
    "arn, account, region, type, status, domain_name, names, ip_addresses, key_algorithm, ca_arn, "
    "requested_by, transparency, export_option, created_at, issued_at, imported_at, revoked_at, "
    "revocation_reason, failure_reason, serial, subject, issuer, signature_algorithm, not_before, "
    "not_after, key_usages, extended_key_usages, exported, exported_since_issue, renewal_status, "
    "renewal_reason, renewal_began_at, renewal_updated_at";
const std::string kFind = "SELECT " + kColumns + " FROM acm_certificate WHERE arn = $1";
const std::string kList =
    "SELECT " + kColumns +
    ", CASE WHEN EXISTS (SELECT 1 FROM acm_use WHERE acm_use.arn = acm_certificate.arn) "
    "THEN 1 ELSE 0 END FROM acm_certificate WHERE account = $1 AND region = $2 ";
const std::string kListOldestFirst =
    kList + "AND (created_at, arn) > ($3, $4) ORDER BY created_at, arn";
const std::string kListNewestFirst =
    kList + "AND (created_at, arn) < ($3, $4) ORDER BY created_at DESC, arn DESC";

Outcome done_or_fault(const Result<std::int64_t>& changed) {
  if (!changed) return changed.error();
  return {};
}

std::optional<CertificateFacts> facts_from(RowReader& row) {
  const auto serial = row.maybe_text();
  CertificateFacts facts{.serial = serial.value_or(""),
                         .subject = row.maybe_text().value_or(""),
                         .issuer = row.maybe_text().value_or(""),
                         .signature_algorithm = row.maybe_text().value_or(""),
                         .not_before = row.maybe_time().value_or(TimePoint{}),
                         .not_after = row.maybe_time().value_or(TimePoint{}),
                         .key_usages = row.lines(),
                         .extended_key_usages = row.lines()};
  if (!serial) return std::nullopt;
  return facts;
}

std::optional<RenewalSummary> renewal_from(RowReader& row) {
  const auto status = row.maybe_name<RenewalStatus>();
  RenewalSummary renewal{.status = status.value_or(RenewalStatus::PendingAutoRenewal),
                         .reason = row.maybe_name<FailureReason>(),
                         .began_at = row.maybe_time().value_or(TimePoint{}),
                         .updated_at = row.maybe_time().value_or(TimePoint{})};
  if (!status) return std::nullopt;
  return renewal;
}

// The initializers of a braced list run from left to right, as the columns stand.
Certificate certificate_from(RowReader& row) {
  return {.arn = row.text(),
          .account = row.text(),
          .region = row.text(),
          .type = row.name<CertificateType>(),
          .status = row.name<CertificateStatus>(),
          .domain_name = row.text(),
          .names = row.lines(),
          .ip_addresses = row.lines(),
          .key_algorithm = row.name<KeyAlgorithm>(),
          .ca_arn = row.maybe_text(),
          .requested_by = row.maybe_text(),
          .transparency = row.name<Switch>(),
          .export_option = row.name<Switch>(),
          .created_at = row.time(),
          .issued_at = row.maybe_time(),
          .imported_at = row.maybe_time(),
          .revoked_at = row.maybe_time(),
          .revocation_reason = row.maybe_name<RevocationReason>(),
          .failure_reason = row.maybe_name<FailureReason>(),
          .facts = facts_from(row),
          .exported = row.boolean(),
          .exported_since_issue = row.boolean(),
          .renewal = renewal_from(row)};
}

// What of the facts may be absent, as a column each.
template <class T>
std::optional<T> fact(const Certificate& certificate, T CertificateFacts::* member) {
  if (!certificate.facts) return std::nullopt;
  return (*certificate.facts).*member;
}

std::optional<std::string> fact_lines(const Certificate& certificate,
                                      std::vector<std::string> CertificateFacts::* member) {
  const auto lines = fact(certificate, member);
  return lines ? std::optional(joined_lines(*lines)) : std::nullopt;
}

template <class E>
std::optional<std::string_view> name_or_null(const std::optional<E>& value) {
  return value ? std::optional(aws::name_of(*value)) : std::nullopt;
}

// A chain that many certificates share has the digest of its text as its key; an imported one
// belongs to its certificate and goes with it.
std::string chain_key(const Certificate& certificate, std::string_view pem) {
  if (certificate.type == CertificateType::Imported) return certificate.arn;
  return encoding::to_hex(crypto::sha256(pem));
}

}  // namespace

Result<std::optional<Certificate>> find_certificate(sql::Snapshot& view, std::string_view arn) {
  const auto row = view.one(kFind, arn);
  if (!row) return row.error();
  if (!*row) return std::optional<Certificate>{};
  RowReader reader(**row);
  return std::optional(certificate_from(reader));
}

Result<std::optional<Material>> find_material(sql::Snapshot& view, std::string_view arn) {
  const auto row = view.one(
      "SELECT m.certificate, c.pem, m.sealed_key FROM acm_material m "
      "JOIN acm_chain c ON c.chain_key = m.chain_key WHERE m.arn = $1",
      arn);
  if (!row) return row.error();
  if (!*row) return std::optional<Material>{};
  return std::optional(Material{
      .certificate = (*row)->blob(0), .chain = (*row)->text(1), .sealed_key = (*row)->blob(2)});
}

Result<bool> is_in_use(sql::Snapshot& view, std::string_view arn) {
  const auto row = view.one("SELECT user_arn FROM acm_use WHERE arn = $1 LIMIT 1", arn);
  if (!row) return row.error();
  return row->has_value();
}

Outcome insert_certificate(sql::Transaction& tx, const Certificate& certificate) {
  const auto inserted = tx.run(
      "INSERT INTO acm_certificate (arn, account, region, type, status, domain_name, names, "
      "ip_addresses, key_algorithm, transparency, export_option, created_at, exported, "
      "exported_since_issue) VALUES ($1, $2, $3, $4, $5, $6, '', '', $7, $8, $9, $10, 0, 0)",
      certificate.arn, certificate.account, certificate.region, aws::name_of(certificate.type),
      aws::name_of(certificate.status), certificate.domain_name,
      aws::name_of(certificate.key_algorithm), aws::name_of(certificate.transparency),
      aws::name_of(certificate.export_option), certificate.created_at);
  if (!inserted) return inserted.error();
  return update_certificate(tx, certificate);
}

Outcome update_certificate(sql::Transaction& tx, const Certificate& certificate) {
  const auto& renewal = certificate.renewal;
  using Facts = CertificateFacts;
  return done_or_fault(tx.run(
      "UPDATE acm_certificate SET type = $2, status = $3, domain_name = $4, names = $5, "
      "ip_addresses = $6, key_algorithm = $7, ca_arn = $8, requested_by = $9, transparency = $10, "
      "export_option = $11, issued_at = $12, imported_at = $13, revoked_at = $14, "
      "revocation_reason = $15, failure_reason = $16, serial = $17, subject = $18, issuer = $19, "
      "signature_algorithm = $20, not_before = $21, not_after = $22, key_usages = $23, "
      "extended_key_usages = $24, exported = $25, exported_since_issue = $26, "
      "renewal_status = $27, renewal_reason = $28, renewal_began_at = $29, "
      "renewal_updated_at = $30 WHERE arn = $1",
      certificate.arn, aws::name_of(certificate.type), aws::name_of(certificate.status),
      certificate.domain_name, joined_lines(certificate.names),
      joined_lines(certificate.ip_addresses), aws::name_of(certificate.key_algorithm),
      certificate.ca_arn, certificate.requested_by, aws::name_of(certificate.transparency),
      aws::name_of(certificate.export_option), certificate.issued_at, certificate.imported_at,
      certificate.revoked_at, name_or_null(certificate.revocation_reason),
      name_or_null(certificate.failure_reason), fact(certificate, &Facts::serial),
      fact(certificate, &Facts::subject), fact(certificate, &Facts::issuer),
      fact(certificate, &Facts::signature_algorithm), fact(certificate, &Facts::not_before),
      fact(certificate, &Facts::not_after), fact_lines(certificate, &Facts::key_usages),
      fact_lines(certificate, &Facts::extended_key_usages), certificate.exported,
      certificate.exported_since_issue,
      renewal ? std::optional(aws::name_of(renewal->status)) : std::nullopt,
      renewal ? name_or_null(renewal->reason) : std::nullopt,
      renewal ? std::optional(renewal->began_at) : std::nullopt,
      renewal ? std::optional(renewal->updated_at) : std::nullopt));
}

Outcome put_material(sql::Transaction& tx, const Certificate& certificate,
                     const Material& material) {
  const auto key = chain_key(certificate, material.chain);
  const auto chain = tx.run(
      "INSERT INTO acm_chain (chain_key, pem) VALUES ($1, $2) "
      "ON CONFLICT (chain_key) DO UPDATE SET pem = excluded.pem WHERE acm_chain.pem <> "
      "excluded.pem",
      key, material.chain);
  if (!chain) return chain.error();
  return done_or_fault(tx.run(
      "INSERT INTO acm_material (arn, chain_key, certificate, sealed_key) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (arn) DO UPDATE SET chain_key = excluded.chain_key, "
      "certificate = excluded.certificate, sealed_key = excluded.sealed_key",
      certificate.arn, key, material.certificate, material.sealed_key));
}

Outcome delete_certificate(sql::Transaction& tx, std::string_view arn) {
  for (const std::string_view statement :
       {"DELETE FROM acm_certificate WHERE arn = $1", "DELETE FROM acm_material WHERE arn = $1",
        "DELETE FROM acm_chain WHERE chain_key = $1", "DELETE FROM acm_tag WHERE arn = $1",
        "DELETE FROM acm_use WHERE arn = $1"}) {
    const auto deleted = tx.run(statement, arn);
    if (!deleted) return deleted.error();
  }
  return {};
}

Outcome each_certificate(sql::Snapshot& view, std::string_view account, std::string_view region,
                         ListOrder order, const std::optional<ListPosition>& after,
                         const std::function<bool(const Certificate&, bool in_use)>& use) {
  const bool oldest_first = order == ListOrder::OldestFirst;
  const auto start = oldest_first ? std::numeric_limits<std::int64_t>::min()
                                  : std::numeric_limits<std::int64_t>::max();
  const std::int64_t time = after ? to_millis(after->created_at) : start;
  const std::string_view arn = after ? std::string_view(after->arn) : std::string_view();
  return view.each(oldest_first ? kListOldestFirst : kListNewestFirst, {account, region, time, arn},
                   [&](const sql::Row& row) {
                     RowReader reader(row);
                     const Certificate certificate = certificate_from(reader);
                     return use(certificate, reader.boolean());
                   });
}

}  // namespace everseal::acm
