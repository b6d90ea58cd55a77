#include "services/elbv2/attribute_book.h"

#include "services/elbv2/access.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/tag_store.h"

namespace everseal::elbv2 {
namespace {

Result<void, ApiError> find_described(sql::Snapshot& view, const aws::Call& call, Kind kind,
                                      std::string_view arn) {
  if (auto right_kind = expect(kind, arn); !right_kind) return right_kind;
  return find_own(view, call, kind, arn);
}

Result<AttributesAnswer, ApiError> answer(sql::Snapshot& view, const std::string& arn,
                                          std::span<const AttributeRule> rules) {
  auto all = attributes_of(view, arn, rules);
  if (!all) return all.error();
  return AttributesAnswer{*std::move(all)};
}

}  // namespace

AttributeBook AttributeBook::of_load_balancers(sql::Database& database) {
  return {database, Kind::LoadBalancer, load_balancer_attributes()};
}

AttributeBook AttributeBook::of_target_groups(sql::Database& database) {
  return {database, Kind::TargetGroup, target_group_attributes()};
}

AttributeBook AttributeBook::of_listeners(sql::Database& database) {
  return {database, Kind::Listener, listener_attributes()};
}

Result<AttributesAnswer, ApiError> AttributeBook::describe(const aws::Call& call,
                                                           const std::string& arn) const {
  return database_.read([&](sql::Snapshot& view) -> Result<AttributesAnswer, ApiError> {
    if (auto found = find_described(view, call, kind_, arn); !found) return found.error();
    return answer(view, arn, rules_);
  });
}

Result<AttributesAnswer, ApiError> AttributeBook::modify(
    const aws::Call& call, const std::string& arn,
    const std::vector<shapes::Attribute>& said) const {
  return database_.write([&](sql::Transaction& tx) -> Result<AttributesAnswer, ApiError> {
    if (auto found = find_described(tx, call, kind_, arn); !found) return found.error();
    if (auto fine = check_attributes(said, rules_); !fine) return fine.error();
    if (auto put = put_attributes(tx, arn, said); !put) return put.error();
    auto all = answer(tx, arn, rules_);
    if (!all) return all;
    if (auto fine = check_together(all->attributes); !fine) return fine.error();
    announce_change(tx);
    return all;
  });
}

aws::Access AttributeBook::access(const std::string& arn) const {
  return access_to(database_, arn);
}

}  // namespace everseal::elbv2
