#include "services/elbv2/operations/attributes.h"

#include <algorithm>

#include "services/elbv2/access.h"
#include "services/elbv2/errors.h"
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

// What there will be.
std::vector<shapes::Attribute> with(std::vector<shapes::Attribute> all,
                                    const std::vector<shapes::Attribute>& said) {
  for (shapes::Attribute& attribute : all) {
    const auto found = std::ranges::find(said, attribute.key, &shapes::Attribute::key);
    if (found != said.end()) attribute.value = found->value;
  }
  return all;
}

// The logs that are wanted and that something was said of.
std::vector<LogPlace> new_places(const LoadBalancer& balancer,
                                 const std::vector<shapes::Attribute>& all,
                                 const std::vector<shapes::Attribute>& said) {
  std::vector<LogPlace> places;
  for (const auto kind : {LogKind::Access, LogKind::Connection}) {
    const auto begin = kind == LogKind::Access ? "access_logs.s3." : "connection_logs.s3.";
    const bool is_said = std::ranges::any_of(
        said, [&](const auto& attribute) { return attribute.key.starts_with(begin); });
    auto place = is_said ? log_place(balancer, all, kind) : std::nullopt;
    if (place) places.push_back(*std::move(place));
  }
  return places;
}

ApiError no_access(const LogPlace& place, const Fault& fault) {
  if (fault.kind != Fault::Kind::Conflict) return fault;
  return invalid_configuration("Access Denied for bucket: " + place.bucket +
                               ". Please check S3bucket permission: " + fault.cause);
}

}  // namespace

Result<AttributesAnswer, ApiError> AttributeBook::describe(const aws::Call& call,
                                                           const std::string& arn) const {
  return database_.read([&](sql::Snapshot& view) -> Result<AttributesAnswer, ApiError> {
    if (auto found = find_described(view, call, kind_, arn); !found) return found.error();
    return answer(view, arn, rules_);
  });
}

// Not in the transaction: an object waits for the disk.
Result<void, ApiError> AttributeBook::try_logs(const aws::Call& call, const std::string& arn,
                                               const std::vector<shapes::Attribute>& said,
                                               LogObjects& objects) const {
  using Places = std::vector<LogPlace>;
  const auto places = database_.read([&](sql::Snapshot& view) -> Result<Places, ApiError> {
    if (auto found = find_described(view, call, kind_, arn); !found) return found.error();
    if (auto fine = check_attributes(said, rules_); !fine) return fine.error();
    const auto before = attributes_of(view, arn, rules_);
    if (!before) return before.error();
    const auto all = with(*before, said);
    if (auto fine = check_together(all); !fine) return fine.error();
    const auto balancer = own_load_balancer(view, call, arn);
    if (!balancer) return balancer.error();
    return new_places(*balancer, all, said);
  });
  if (!places) return places.error();
  for (const LogPlace& place : *places) {
    const auto text = test_object_text(place, call.received_at);
    const auto put = objects.put(place, test_object_key(place), "text/plain", as_bytes(text));
    if (!put) return no_access(place, put.error());
  }
  return {};
}

Result<AttributesAnswer, ApiError> AttributeBook::modify(const aws::Call& call,
                                                         const std::string& arn,
                                                         const std::vector<shapes::Attribute>& said,
                                                         LogObjects* log_objects) const {
  if (log_objects != nullptr && kind_ == Kind::LoadBalancer) {
    if (auto fine = try_logs(call, arn, said, *log_objects); !fine) return fine.error();
  }
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
