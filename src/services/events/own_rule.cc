#include "services/events/own_rule.h"

#include <utility>

#include "services/events/errors.h"
#include "services/events/tag_store.h"

namespace everseal::events {
namespace {

aws::Access access_to(sql::Database& database, const std::string& arn) {
  auto access = aws::on(arn);
  access.resource_tags = [&database, arn]() -> Result<aws::Tags> {
    const auto stored = database.read([&](sql::Snapshot& view) { return tags_of(view, arn); });
    if (!stored) return stored.error();
    aws::Tags tags;
    for (const auto& tag : *stored) tags.emplace_back(tag.key, tag.value);
    return tags;
  };
  return access;
}

}  // namespace

RuleName rule_of(const aws::Call& call, std::string_view name,
                 const std::optional<std::string>& bus_name) {
  return {bus_of(call, bus_name.value_or("")), std::string(name)};
}

aws::Access access_to(sql::Database& database, const RuleName& rule) {
  return access_to(database, rule_arn(rule));
}
aws::Access access_to(sql::Database& database, const BusName& bus) {
  return access_to(database, bus_arn(bus));
}

Result<Bus, ApiError> own_bus(sql::Snapshot& view, const aws::Call& call, const BusName& name) {
  if (name.account != call.caller.account) return no_such_bus(name);
  return bus_to_put_on(view, call, name);
}

Result<Bus, ApiError> bus_to_put_on(sql::Snapshot& view, const aws::Call& call,
                                    const BusName& name) {
  if (name.region != call.region) return no_such_bus(name);
  auto found = find_bus(view, name);
  if (!found) return found.error();
  if (!*found) return no_such_bus(name);
  return **std::move(found);
}

Result<Rule, ApiError> own_rule(sql::Snapshot& view, const aws::Call& call, const RuleName& name) {
  const auto bus = own_bus(view, call, name.bus);
  if (!bus) return bus.error();
  auto found = find_rule(view, name);
  if (!found) return found.error();
  if (!*found) return no_such_rule(name);
  return **std::move(found);
}

}  // namespace everseal::events
