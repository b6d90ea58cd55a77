#include "services/events/tag_store.h"

#include "aws/arn.h"
#include "aws/tag_keys.h"
#include "services/events/bus_store.h"
#include "services/events/errors.h"
#include "services/events/rule_store.h"
#include "sql/without_count.h"

namespace everseal::events {
namespace {

std::optional<ApiError> refuse(const std::vector<shapes::Tag>& tags) {
  aws::TagKeys keys;
  for (const auto& tag : tags) {
    if (aws::is_reserved_tag_key(tag.key))
      return invalid("Tag keys that begin with aws: are reserved.");
    if (!keys.add(tag.key)) return invalid("Duplicate tag key: " + tag.key);
  }
  if (tags.size() > kMostTags) return invalid("A resource has at most 50 tags.");
  return std::nullopt;
}

Result<bool> is_there(sql::Snapshot& view, const Arn& arn) {
  const BusName owner{std::string(arn.account()), std::string(arn.region()), ""};
  constexpr std::string_view rules = "rule/";
  if (const auto bus = parse_bus_arn(arn.text())) {
    const auto found = find_bus(view, *bus);
    if (!found) return found.error();
    return found->has_value();
  }
  if (!arn.resource().starts_with(rules)) return false;
  const auto path = arn.resource().substr(rules.size());
  const auto slash = path.rfind('/');
  const auto bus = slash == std::string_view::npos ? kDefaultBus : path.substr(0, slash);
  const auto found = find_rule(
      view, {{owner.account, owner.region, std::string(bus)}, std::string(path.substr(slash + 1))});
  if (!found) return found.error();
  return found->has_value();
}

}  // namespace

Result<std::vector<shapes::Tag>> tags_of(sql::Snapshot& view, std::string_view arn) {
  const auto rows =
      view.all("SELECT tag_key, tag_value FROM events_tag WHERE arn = $1 ORDER BY tag_key", arn);
  if (!rows) return rows.error();
  std::vector<shapes::Tag> tags;
  for (const auto& row : *rows) tags.push_back({row.text(0), row.text(1)});
  return tags;
}

Result<void, ApiError> put_tags(sql::Transaction& tx, std::string_view arn,
                                const std::vector<shapes::Tag>& tags) {
  if (auto refused = refuse(tags)) return *std::move(refused);
  for (const auto& tag : tags) {
    const auto put = tx.run(
        "INSERT INTO events_tag (arn, tag_key, tag_value) VALUES ($1, $2, $3) "
        "ON CONFLICT (arn, tag_key) DO UPDATE SET tag_value = excluded.tag_value",
        arn, tag.key, tag.value);
    if (!put) return put.error();
  }
  const auto all = tags_of(tx, arn);
  if (!all) return all.error();
  if (auto refused = refuse(*all)) return *std::move(refused);
  return {};
}

Outcome remove_tag(sql::Transaction& tx, std::string_view arn, std::string_view key) {
  return sql::without_count(
      tx.run("DELETE FROM events_tag WHERE arn = $1 AND tag_key = $2", arn, key));
}

Outcome remove_tags(sql::Transaction& tx, std::string_view arn) {
  return sql::without_count(tx.run("DELETE FROM events_tag WHERE arn = $1", arn));
}

aws::Access with_tags(aws::Access access, const std::vector<shapes::Tag>& tags) {
  if (tags.empty()) return access;
  std::vector<std::string> keys;
  for (const auto& tag : tags) {
    keys.push_back(tag.key);
    access.context.push_back({"aws:RequestTag/" + tag.key, {tag.value}});
  }
  access.context.push_back({"aws:TagKeys", std::move(keys)});
  return access;
}

Result<void, ApiError> find_tagged(sql::Snapshot& view, const aws::Call& call,
                                   std::string_view text) {
  const auto arn = Arn::parse(text);
  const bool own = arn && arn->service() == "events" && arn->account() == call.caller.account &&
                   arn->region() == call.region;
  if (!own) return no_such_resource(text);
  const auto there = is_there(view, *arn);
  if (!there) return there.error();
  if (!*there) return no_such_resource(text);
  return {};
}

}  // namespace everseal::events
