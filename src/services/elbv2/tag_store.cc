#include "services/elbv2/tag_store.h"

#include "aws/tag_keys.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/limits.h"
#include "sql/without_count.h"

namespace everseal::elbv2 {
namespace {

Result<bool> is_there(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  return row->has_value();
}

Result<bool> exists(sql::Snapshot& view, Kind kind, std::string_view arn) {
  switch (kind) {
    case Kind::LoadBalancer:
      return is_there(view.one("SELECT 1 FROM elbv2_load_balancer WHERE arn = $1", arn));
    case Kind::Listener:
      return is_there(view.one("SELECT 1 FROM elbv2_listener WHERE arn = $1", arn));
    case Kind::Rule:
      return is_there(view.one("SELECT 1 FROM elbv2_rule WHERE arn = $1", arn));
    case Kind::TargetGroup:
      return is_there(view.one("SELECT 1 FROM elbv2_target_group WHERE arn = $1", arn));
    case Kind::TrustStore:
      break;
  }
  return false;
}

ApiError no_such(Kind kind, std::string_view arn) {
  switch (kind) {
    case Kind::LoadBalancer:
      return no_such_load_balancer(arn);
    case Kind::Listener:
      return no_such_listener(arn);
    case Kind::Rule:
      return no_such_rule(arn);
    case Kind::TargetGroup:
      return no_such_target_group(arn);
    case Kind::TrustStore:
      break;
  }
  return no_such_trust_store(arn);
}

}  // namespace

Result<aws::Tags> tags_of(sql::Snapshot& view, std::string_view arn) {
  const auto rows = view.all(
      "SELECT tag_key, tag_value FROM elbv2_tag WHERE resource_arn = $1 ORDER BY tag_key", arn);
  if (!rows) return rows.error();
  aws::Tags tags;
  for (const sql::Row& row : *rows) tags.emplace_back(row.text(0), row.text(1));
  return tags;
}

Outcome put_tags(sql::Transaction& tx, std::string_view arn, const aws::Tags& tags) {
  for (const auto& [key, value] : tags) {
    const auto put = tx.run(
        "INSERT INTO elbv2_tag (resource_arn, tag_key, tag_value) VALUES ($1, $2, $3) "
        "ON CONFLICT (resource_arn, tag_key) DO UPDATE SET tag_value = excluded.tag_value",
        arn, key, value);
    if (!put) return put.error();
  }
  return {};
}

Outcome remove_tag(sql::Transaction& tx, std::string_view arn, std::string_view key) {
  return sql::without_count(
      tx.run("DELETE FROM elbv2_tag WHERE resource_arn = $1 AND tag_key = $2", arn, key));
}

Outcome remove_all_tags(sql::Transaction& tx, std::string_view arn) {
  return sql::without_count(tx.run("DELETE FROM elbv2_tag WHERE resource_arn = $1", arn));
}

Result<void, ApiError> check_tags(const std::vector<shapes::Tag>& tags) {
  if (tags.size() > limits::tags) return too_many_tags();
  aws::TagKeys keys;
  for (const shapes::Tag& tag : tags) {
    if (aws::is_reserved_tag_key(tag.key)) return invalid("Tag keys cannot begin with 'aws:'");
    if (!keys.add(tag.key)) return duplicate_tags();
  }
  return {};
}

Result<void, ApiError> find_own(sql::Snapshot& view, const aws::Call& call, Kind kind,
                                std::string_view arn) {
  if (!is_own(call, arn)) return no_such(kind, arn);
  const auto there = exists(view, kind, arn);
  if (!there) return there.error();
  if (!*there) return no_such(kind, arn);
  return {};
}

Result<void, ApiError> find_tagged(sql::Snapshot& view, const aws::Call& call,
                                   const TrustStores& trust_stores, std::string_view arn) {
  const auto kind = kind_of(arn);
  if (!kind) return not_an_arn(arn, "load balancer, listener, rule, target group or trust store");
  if (*kind != Kind::TrustStore) return find_own(view, call, *kind, arn);
  if (!is_own(call, arn)) return no_such_trust_store(arn);
  const auto status = trust_stores.status(view, arn);
  if (!status) return status.error();
  if (*status == TrustStores::Status::Absent) return no_such_trust_store(arn);
  return {};
}

}  // namespace everseal::elbv2
