#include "services/acm/certificate_users.h"

#include "jobs/jobs.h"
#include "services/acm/certificate_store.h"
#include "services/acm/issuing.h"
#include "services/acm/renewal_schedule.h"

namespace everseal::acm {

namespace {

Result<std::vector<std::string>> first_column(const Result<std::vector<sql::Row>>& rows) {
  if (!rows) return rows.error();
  std::vector<std::string> texts;
  for (const auto& row : *rows) texts.push_back(row.text(0));
  return texts;
}

}  // namespace

Outcome CertificateUsers::attach(sql::Transaction& tx, std::string_view certificate_arn,
                                 std::string_view user_arn) const {
  const auto found = find_certificate(tx, certificate_arn);
  if (!found) return found.error();
  if (!*found || (*found)->status != CertificateStatus::Issued) {
    return Fault::conflict("no issued certificate " + std::string(certificate_arn));
  }
  const auto added = tx.run(
      "INSERT INTO acm_use (arn, user_arn) VALUES ($1, $2) ON CONFLICT (arn, user_arn) DO NOTHING",
      certificate_arn, user_arn);
  if (!added) return added.error();
  return promise_renewal(tx, **found, clock_.now(), settings_);
}

Outcome CertificateUsers::detach(sql::Transaction& tx, std::string_view certificate_arn,
                                 std::string_view user_arn) const {
  const auto removed =
      tx.run("DELETE FROM acm_use WHERE arn = $1 AND user_arn = $2", certificate_arn, user_arn);
  if (!removed) return removed.error();
  return {};
}

Result<std::vector<std::string>> users_of(sql::Snapshot& view, std::string_view certificate_arn) {
  return first_column(
      view.all("SELECT user_arn FROM acm_use WHERE arn = $1 ORDER BY user_arn", certificate_arn));
}

Result<std::vector<std::string>> certificates_of(sql::Snapshot& view, std::string_view user_arn) {
  return first_column(
      view.all("SELECT arn FROM acm_use WHERE user_arn = $1 ORDER BY arn", user_arn));
}

}  // namespace everseal::acm
