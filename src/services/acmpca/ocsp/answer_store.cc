#include "services/acmpca/ocsp/answer_store.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "jobs/jobs.h"
#include "services/acmpca/certificates/revocation_store.h"

namespace everseal::acmpca::ocsp {
namespace {

constexpr std::int64_t ids_a_look = 2000;
constexpr std::int64_t drops_a_time = 1000;

std::vector<Subject> subjects(const std::vector<sql::Row>& rows) {
  std::vector<Subject> found;
  found.reserve(rows.size());
  for (const auto& row : rows) found.push_back({row.integer(0), row.blob(1), row.blob(2)});
  return found;
}

Result<std::int64_t> number(sql::Snapshot& view, std::string_view query, auto... params) {
  const auto row = view.one(query, params...);
  if (!row) return row.error();
  return *row ? (*row)->integer(0) : 0;
}

}  // namespace

Outcome promise_answers(sql::Transaction& tx, std::int64_t ca, TimePoint now) {
  return jobs::add(
      tx, {.kind = std::string(answers_job), .key = std::to_string(ca), .due = now, .payload = {}});
}

Result<x509::OcspStatus> find_status(sql::Snapshot& view, std::int64_t ca, ByteView serial) {
  const auto revocation = find_revocation(view, ca, serial);
  if (!revocation) return revocation.error();
  if (!*revocation) return x509::OcspStatus(x509::OcspGood{});
  const auto revoked_at = std::chrono::floor<std::chrono::seconds>((*revocation)->revoked_at);
  return x509::OcspStatus(x509::OcspRevoked{revoked_at, (*revocation)->reason});
}

TimePoint renewal(const issuance::ocsp::Window& window) {
  return window.this_update + (window.next_update - window.this_update) / 2;
}

Result<std::optional<issuance::ocsp::CompactAnswer>> find_answer(sql::Snapshot& view,
                                                                 std::int64_t certificate) {
  using Found = std::optional<issuance::ocsp::CompactAnswer>;
  const auto row =
      view.one("SELECT answer FROM acmpca_ocsp_answer WHERE certificate = $1", certificate);
  if (!row) return row.error();
  if (!*row) return Found{};
  auto answer = issuance::ocsp::CompactAnswer::decode((*row)->blob(0));
  if (!answer) return answer.error();
  return Found(*std::move(answer));
}

Outcome record_answer(sql::Transaction& tx, const NewAnswer& answer) {
  const auto written = tx.run(
      "INSERT INTO acmpca_ocsp_answer (certificate, ca, renew_at, answer) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (certificate) DO UPDATE SET renew_at = excluded.renew_at, "
      "answer = excluded.answer",
      answer.certificate, answer.ca, answer.renew_at, answer.answer.encode());
  if (!written) return written.error();
  return {};
}

Outcome renew_answer_at(sql::Transaction& tx, std::int64_t certificate, TimePoint time) {
  const auto changed = tx.run("UPDATE acmpca_ocsp_answer SET renew_at = $2 WHERE certificate = $1",
                              certificate, time);
  if (!changed) return changed.error();
  return {};
}

Outcome drop_answer(sql::Transaction& tx, std::int64_t certificate) {
  const auto dropped = tx.run("DELETE FROM acmpca_ocsp_answer WHERE certificate = $1", certificate);
  if (!dropped) return dropped.error();
  return {};
}

Result<bool> drop_answers(sql::Transaction& tx, std::int64_t ca) {
  const auto dropped = tx.run(
      "DELETE FROM acmpca_ocsp_answer WHERE certificate IN "
      "(SELECT certificate FROM acmpca_ocsp_answer WHERE ca = $1 LIMIT $2)",
      ca, drops_a_time);
  if (!dropped) return dropped.error();
  return *dropped == drops_a_time;
}

Result<std::vector<Subject>> answers_due(sql::Snapshot& view, std::int64_t ca, TimePoint by,
                                         std::int64_t most) {
  const auto rows = view.all(
      "SELECT c.id, c.serial, c.der FROM acmpca_ocsp_answer a JOIN acmpca_certificate c "
      "ON c.id = a.certificate WHERE a.ca = $1 AND a.renew_at <= $2 ORDER BY a.renew_at LIMIT $3",
      ca, by, most);
  if (!rows) return rows.error();
  return subjects(*rows);
}

Result<UnansweredCertificates> unanswered_certificates(sql::Snapshot& view, std::int64_t ca) {
  const auto seen = number(view, "SELECT certificate FROM acmpca_ocsp_progress WHERE ca = $1", ca);
  if (!seen) return seen.error();
  const auto newest = number(view, "SELECT COALESCE(MAX(id), 0) FROM acmpca_certificate");
  if (!newest) return newest.error();
  const auto until = std::min(*seen + ids_a_look, *newest);
  // By id, not by the index of (ca, serial): the few ids of one look are next to each other.
  const auto rows = view.all(
      "SELECT id, serial, der FROM acmpca_certificate WHERE id > $1 AND id <= $2 AND ca + 0 = $3 "
      "ORDER BY id",
      *seen, until, ca);
  if (!rows) return rows.error();
  return UnansweredCertificates{subjects(*rows), until, until == *newest};
}

Outcome record_looked_up_to(sql::Transaction& tx, std::int64_t ca, std::int64_t certificate) {
  const auto written = tx.run(
      "INSERT INTO acmpca_ocsp_progress (ca, certificate) VALUES ($1, $2) "
      "ON CONFLICT (ca) DO UPDATE SET certificate = excluded.certificate",
      ca, certificate);
  if (!written) return written.error();
  return {};
}

Outcome forget_looked_up_to(sql::Transaction& tx, std::int64_t ca) {
  const auto dropped = tx.run("DELETE FROM acmpca_ocsp_progress WHERE ca = $1", ca);
  if (!dropped) return dropped.error();
  return {};
}

}  // namespace everseal::acmpca::ocsp
