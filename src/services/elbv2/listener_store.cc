#include "services/elbv2/listener_store.h"

#include <utility>

#include "services/elbv2/attributes.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/rule_store.h"
#include "services/elbv2/stored.h"
#include "services/elbv2/tag_store.h"
#include "sql/without_count.h"

namespace everseal::elbv2 {
namespace {

Result<Listener> listener_in(const sql::Row& row) {
  auto mutual = unpacked<shapes::MutualAuthentication>(row.text(6));
  if (!mutual) return mutual.error();
  return Listener{row.text(0),
                  row.text(1),
                  static_cast<std::int32_t>(row.integer(2)),
                  aws::named<Protocol>(row.text(3)).value_or(Protocol::Http),
                  row.maybe_text(4),
                  row.maybe_text(5),
                  *std::move(mutual)};
}

Result<std::optional<Listener>> listener_of(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  if (!*row) return std::optional<Listener>{};
  auto found = listener_in(**row);
  if (!found) return found.error();
  return std::optional(*std::move(found));
}

Result<std::vector<std::string>> column_of_texts(const Result<std::vector<sql::Row>>& rows) {
  if (!rows) return rows.error();
  std::vector<std::string> texts;
  for (const sql::Row& row : *rows) texts.push_back(row.text(0));
  return texts;
}

}  // namespace

Result<shapes::Listener> shown(sql::Snapshot& view, const Listener& listener) {
  auto rule = default_rule(view, listener.arn);
  if (!rule) return rule.error();
  shapes::Listener all{.listener_arn = listener.arn,
                       .load_balancer_arn = listener.load_balancer_arn,
                       .port = listener.port,
                       .protocol = listener.protocol,
                       .certificates = {},
                       .ssl_policy = listener.ssl_policy,
                       .default_actions = std::move(rule->actions),
                       .mutual_authentication = {}};
  if (listener.certificate_arn) all.certificates.push_back({listener.certificate_arn, {}});
  if (listener.mutual_authentication.mode) {
    all.mutual_authentication = listener.mutual_authentication;
  }
  return all;
}

Result<shapes::Listeners, ApiError> shown_alone(sql::Snapshot& view, const Listener& listener) {
  auto one = shown(view, listener);
  if (!one) return one.error();
  return shapes::Listeners{{*std::move(one)}};
}

Result<Listener, ApiError> own_listener(sql::Snapshot& view, const aws::Call& call,
                                        std::string_view arn) {
  if (auto right_kind = expect(Kind::Listener, arn); !right_kind) return right_kind.error();
  auto found = listener_of(
      view.one("SELECT arn, load_balancer_arn, port, protocol, ssl_policy, certificate_arn, "
               "mutual_authentication FROM elbv2_listener WHERE arn = $1",
               arn));
  if (!found) return found.error();
  if (!*found || !is_own(call, arn)) return no_such_listener(arn);
  return **std::move(found);
}

Result<std::optional<Listener>> find_listener_at(sql::Snapshot& view,
                                                 std::string_view load_balancer_arn,
                                                 std::int32_t port) {
  return listener_of(
      view.one("SELECT arn, load_balancer_arn, port, protocol, ssl_policy, certificate_arn, "
               "mutual_authentication FROM elbv2_listener "
               "WHERE load_balancer_arn = $1 AND port = $2",
               load_balancer_arn, port));
}

Result<std::vector<Listener>> list_listeners(sql::Snapshot& view,
                                             std::string_view load_balancer_arn,
                                             std::string_view after, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT arn, load_balancer_arn, port, protocol, ssl_policy, certificate_arn, "
      "mutual_authentication FROM elbv2_listener "
      "WHERE load_balancer_arn = $1 AND arn > $2 ORDER BY arn LIMIT $3",
      load_balancer_arn, after, limit);
  if (!rows) return rows.error();
  std::vector<Listener> listeners;
  for (const sql::Row& row : *rows) {
    auto listener = listener_in(row);
    if (!listener) return listener.error();
    listeners.push_back(*std::move(listener));
  }
  return listeners;
}

std::vector<Listener> verifying(std::vector<Listener> listeners) {
  std::erase_if(listeners, [](const Listener& listener) {
    return listener.mutual_authentication.mode != "verify";
  });
  return listeners;
}

Outcome add_listener(sql::Transaction& tx, const Listener& listener) {
  const auto& mutual = listener.mutual_authentication;
  return sql::without_count(tx.run(
      "INSERT INTO elbv2_listener (arn, load_balancer_arn, port, protocol, ssl_policy, "
      "certificate_arn, mutual_authentication, trust_store_arn) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      listener.arn, listener.load_balancer_arn, listener.port, aws::name_of(listener.protocol),
      listener.ssl_policy, listener.certificate_arn, packed(mutual), mutual.trust_store_arn));
}

Outcome change_listener(sql::Transaction& tx, const Listener& listener) {
  const auto& mutual = listener.mutual_authentication;
  return sql::without_count(
      tx.run("UPDATE elbv2_listener SET port = $2, protocol = $3, ssl_policy = $4, "
             "certificate_arn = $5, mutual_authentication = $6, trust_store_arn = $7 "
             "WHERE arn = $1",
             listener.arn, listener.port, aws::name_of(listener.protocol), listener.ssl_policy,
             listener.certificate_arn, packed(mutual), mutual.trust_store_arn));
}

Outcome remove_listener(sql::Transaction& tx, std::string_view arn) {
  if (auto removed = remove_rules_of(tx, arn); !removed) return removed;
  if (auto removed = remove_further_certificates(tx, arn); !removed) return removed;
  if (auto removed = remove_attributes(tx, arn); !removed) return removed;
  if (auto removed = remove_all_tags(tx, arn); !removed) return removed;
  return sql::without_count(tx.run("DELETE FROM elbv2_listener WHERE arn = $1", arn));
}

Result<std::vector<std::string>> further_certificates(sql::Snapshot& view,
                                                      std::string_view listener_arn,
                                                      std::string_view after, std::int64_t limit) {
  return column_of_texts(
      view.all("SELECT certificate_arn FROM elbv2_listener_certificate "
               "WHERE listener_arn = $1 AND certificate_arn > $2 ORDER BY certificate_arn LIMIT $3",
               listener_arn, after, limit));
}

Outcome add_further_certificate(sql::Transaction& tx, std::string_view listener_arn,
                                std::string_view certificate_arn) {
  return sql::without_count(
      tx.run("INSERT INTO elbv2_listener_certificate (listener_arn, certificate_arn) "
             "VALUES ($1, $2) ON CONFLICT (listener_arn, certificate_arn) DO NOTHING",
             listener_arn, certificate_arn));
}

Outcome remove_further_certificate(sql::Transaction& tx, std::string_view listener_arn,
                                   std::string_view certificate_arn) {
  return sql::without_count(tx.run(
      "DELETE FROM elbv2_listener_certificate WHERE listener_arn = $1 AND certificate_arn = $2",
      listener_arn, certificate_arn));
}

Outcome remove_further_certificates(sql::Transaction& tx, std::string_view listener_arn) {
  return sql::without_count(
      tx.run("DELETE FROM elbv2_listener_certificate WHERE listener_arn = $1", listener_arn));
}

Result<std::vector<std::string>> certificates_used_by(sql::Snapshot& view,
                                                      std::string_view load_balancer_arn) {
  return column_of_texts(
      view.all("SELECT certificate_arn FROM elbv2_listener "
               "WHERE load_balancer_arn = $1 AND certificate_arn IS NOT NULL "
               "UNION SELECT c.certificate_arn FROM elbv2_listener_certificate c "
               "JOIN elbv2_listener l ON l.arn = c.listener_arn WHERE l.load_balancer_arn = $1 "
               "ORDER BY 1",
               load_balancer_arn));
}

Result<std::int64_t> count_further_certificates(sql::Snapshot& view,
                                                std::string_view load_balancer_arn) {
  const auto row = view.one(
      "SELECT COUNT(*) FROM elbv2_listener_certificate c "
      "JOIN elbv2_listener l ON l.arn = c.listener_arn WHERE l.load_balancer_arn = $1",
      load_balancer_arn);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Result<std::vector<std::string>> users_of_trust_store(sql::Snapshot& view,
                                                      std::string_view trust_store_arn,
                                                      std::string_view after, std::int64_t limit) {
  return column_of_texts(
      view.all("SELECT DISTINCT load_balancer_arn FROM elbv2_listener "
               "WHERE trust_store_arn = $1 AND load_balancer_arn > $2 "
               "ORDER BY load_balancer_arn LIMIT $3",
               trust_store_arn, after, limit));
}

Result<bool> uses_trust_store(sql::Snapshot& view, std::string_view load_balancer_arn,
                              std::string_view trust_store_arn) {
  const auto row = view.one(
      "SELECT 1 FROM elbv2_listener WHERE trust_store_arn = $1 AND load_balancer_arn = $2 LIMIT 1",
      trust_store_arn, load_balancer_arn);
  if (!row) return row.error();
  return row->has_value();
}

}  // namespace everseal::elbv2
