#include "services/acmpca/authority/authority_store.h"

#include "services/acmpca/authority/der_sequence.h"
#include "services/acmpca/authority/stored_text.h"

namespace everseal::acmpca {
namespace {

// A list: they are read by the position below.
#define AUTHORITY_COLUMNS                                                                      \
  "id, arn, type, usage_mode, security_standard, configuration, revocation, key_handle, csr, " \
  "status, version, created_at, state_changed_at, certificate, chain, serial, not_before, "    \
  "not_after, status_before_deletion, restorable_until"

enum Column : std::size_t {
  Id,
  ArnText,
  Type,
  Usage,
  Security,
  Configuration,
  Revocation,
  KeyHandle,
  Csr,
  Status,
  Version,
  CreatedAt,
  StateChangedAt,
  Certificate,
  Chain,
  Serial,
  NotBefore,
  NotAfter,
  StatusBeforeDeletion,
  RestorableUntil,
};

Fault damaged(std::string_view arn, std::string_view column) {
  return Fault::broken("acmpca_certificate_authority " + std::string(arn) + ": cannot read " +
                       std::string(column));
}

template <class E>
std::optional<E> enum_in(const sql::Row& row, Column column) {
  const auto text = row.maybe_text(column);
  return text ? aws::named<E>(*text) : std::nullopt;
}

Result<std::optional<InstalledCertificate>> installed_in(const sql::Row& row) {
  if (row.is_null(Certificate)) return std::optional<InstalledCertificate>{};
  auto chain = split_der(row.maybe_blob(Chain).value_or(Bytes{}));
  if (!chain) return damaged(row.text(ArnText), "chain");
  return std::optional(InstalledCertificate{.der = row.blob(Certificate),
                                            .chain = *std::move(chain),
                                            .serial = row.blob(Serial),
                                            .not_before = row.time(NotBefore),
                                            .not_after = row.time(NotAfter)});
}

Result<Authority> authority_in(const sql::Row& row) {
  const auto& text = row.text(ArnText);
  auto arn = AuthorityArn::parse(text);
  const auto type = enum_in<CaType>(row, Type);
  const auto usage = enum_in<UsageMode>(row, Usage);
  const auto security = enum_in<SecurityStandard>(row, Security);
  const auto status = enum_in<CaStatus>(row, Status);
  if (!arn || !type || !usage || !security || !status) return damaged(text, "an enumeration");
  auto configuration = stored_configuration(row.text(Configuration));
  if (!configuration) return std::move(configuration).error();
  auto revocation = stored_revocation(row.text(Revocation));
  if (!revocation) return std::move(revocation).error();
  auto installed = installed_in(row);
  if (!installed) return std::move(installed).error();
  return Authority{.id = row.integer(Id),
                   .arn = *std::move(arn),
                   .type = *type,
                   .usage_mode = *usage,
                   .security_standard = *security,
                   .configuration = *std::move(configuration),
                   .revocation = *std::move(revocation),
                   .key_handle = row.maybe_blob(KeyHandle).value_or(Bytes{}),
                   .csr = row.blob(Csr),
                   .stored_status = *status,
                   .version = row.integer(Version),
                   .created_at = row.time(CreatedAt),
                   .state_changed_at = row.time(StateChangedAt),
                   .installed = *std::move(installed),
                   .status_before_deletion = enum_in<CaStatus>(row, StatusBeforeDeletion),
                   .restorable_until = row.maybe_time(RestorableUntil)};
}

Result<std::optional<Authority>> find_unpurged(sql::Snapshot& view, std::string_view arn) {
  const auto row = view.one("SELECT " AUTHORITY_COLUMNS
                            " FROM acmpca_certificate_authority "
                            "WHERE arn = $1 AND purged_at IS NULL",
                            arn);
  if (!row) return row.error();
  if (!*row) return std::optional<Authority>{};
  auto authority = authority_in(**row);
  if (!authority) return std::move(authority).error();
  return std::optional(*std::move(authority));
}

// What is stored of a certificate, NULL in every column if there is none.
struct InstalledColumns {
  explicit InstalledColumns(const std::optional<InstalledCertificate>& installed) {
    if (!installed) return;
    certificate = installed->der;
    chain = join_der(installed->chain);
    serial = installed->serial;
    not_before = installed->not_before;
    not_after = installed->not_after;
  }
  std::optional<Bytes> certificate, chain, serial;
  std::optional<TimePoint> not_before, not_after;
};

}  // namespace

Result<std::int64_t> insert(sql::Transaction& tx, const Authority& authority) {
  const InstalledColumns installed(authority.installed);
  const auto done = tx.run(
      "INSERT INTO acmpca_certificate_authority (arn, account, region, type, usage_mode, "
      "security_standard, configuration, revocation, key_handle, csr, status, version, created_at, "
      "state_changed_at, certificate, chain, serial, not_before, not_after) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
      "$19)",
      authority.arn.text(), authority.arn.account(), authority.arn.region(),
      aws::name_of(authority.type), aws::name_of(authority.usage_mode),
      aws::name_of(authority.security_standard), to_stored_text(authority.configuration),
      to_stored_text(authority.revocation), authority.key_handle, authority.csr,
      aws::name_of(authority.stored_status), authority.version, authority.created_at,
      authority.state_changed_at, installed.certificate, installed.chain, installed.serial,
      installed.not_before, installed.not_after);
  if (!done) return done.error();
  const auto row =
      tx.one("SELECT id FROM acmpca_certificate_authority WHERE arn = $1", authority.arn.text());
  if (!row) return row.error();
  return (*row)->integer(0);
}

Result<std::optional<Authority>> find_authority(sql::Snapshot& view, std::string_view arn,
                                                TimePoint now) {
  auto authority = find_unpurged(view, arn);
  if (authority && *authority && (*authority)->is_gone(now)) return std::optional<Authority>{};
  return authority;
}

Result<std::optional<Authority>> find_deleted(sql::Snapshot& view, std::string_view arn) {
  auto authority = find_unpurged(view, arn);
  if (authority && *authority && !(*authority)->restorable_until) return std::optional<Authority>{};
  return authority;
}

Result<std::string> arn_of(sql::Snapshot& view, std::int64_t id) {
  const auto row = view.one("SELECT arn FROM acmpca_certificate_authority WHERE id = $1", id);
  if (!row) return row.error();
  if (!*row) return Fault::broken("there is no CA with the id " + std::to_string(id));
  return (*row)->text(0);
}

Result<std::vector<Authority>> list_authorities(sql::Snapshot& view, const Owner& owner,
                                                std::int64_t after_id, std::size_t most,
                                                TimePoint now) {
  const auto rows =
      view.all("SELECT " AUTHORITY_COLUMNS
               " FROM acmpca_certificate_authority WHERE account = $1 AND region = $2 "
               "AND id > $3 AND purged_at IS NULL "
               "AND (restorable_until IS NULL OR restorable_until > $4) "
               "ORDER BY id LIMIT $5",
               owner.account, owner.region, after_id, now, most);
  if (!rows) return rows.error();
  std::vector<Authority> authorities;
  authorities.reserve(rows->size());
  for (const auto& row : *rows) {
    auto authority = authority_in(row);
    if (!authority) return std::move(authority).error();
    authorities.push_back(*std::move(authority));
  }
  return authorities;
}

Result<std::size_t> count_authorities(sql::Snapshot& view, const Owner& owner, TimePoint now) {
  const auto row = view.one(
      "SELECT COUNT(*) FROM acmpca_certificate_authority WHERE account = $1 AND region = $2 "
      "AND purged_at IS NULL AND (restorable_until IS NULL OR restorable_until > $3)",
      owner.account, owner.region, now);
  if (!row) return row.error();
  return static_cast<std::size_t>((*row)->integer(0));
}

Outcome update(sql::Transaction& tx, const Authority& changed) {
  const InstalledColumns installed(changed.installed);
  const auto before_deletion =
      changed.status_before_deletion
          ? std::optional(std::string(aws::name_of(*changed.status_before_deletion)))
          : std::nullopt;
  const auto rows = tx.run(
      "UPDATE acmpca_certificate_authority SET revocation = $3, status = $4, state_changed_at = "
      "$5, certificate = $6, chain = $7, serial = $8, not_before = $9, not_after = $10, "
      "status_before_deletion = $11, restorable_until = $12, version = version + 1 "
      "WHERE id = $1 AND version = $2",
      changed.id, changed.version, to_stored_text(changed.revocation),
      aws::name_of(changed.stored_status), changed.state_changed_at, installed.certificate,
      installed.chain, installed.serial, installed.not_before, installed.not_after, before_deletion,
      changed.restorable_until);
  if (!rows) return rows.error();
  if (*rows == 0) return Fault::conflict(changed.arn.text() + " was changed meanwhile");
  tx.announce(changed_topic, changed.id);
  return {};
}

Outcome purge(sql::Transaction& tx, const Authority& authority, TimePoint now) {
  const auto erased = tx.run(
      "UPDATE acmpca_certificate_authority SET key_handle = NULL, purged_at = $3, version = "
      "version + 1 WHERE id = $1 AND version = $2",
      authority.id, authority.version, now);
  if (!erased) return erased.error();
  if (*erased == 0) return Fault::conflict(authority.arn.text() + " was changed meanwhile");
  const auto tags = tx.run("DELETE FROM acmpca_tag WHERE ca = $1", authority.id);
  if (!tags) return tags.error();
  const auto permissions = tx.run("DELETE FROM acmpca_permission WHERE ca = $1", authority.id);
  if (!permissions) return permissions.error();
  tx.announce(changed_topic, authority.id);
  return {};
}

}  // namespace everseal::acmpca
