#include "services/elbv2/operations/modify_load_balancer_attributes.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "encoding/bytes.h"
#include "services/elbv2/attributes.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/load_balancer_store.h"

namespace everseal::elbv2 {
namespace {

using Places = std::vector<LogPlace>;

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

Result<Places, ApiError> wanted_places(sql::Snapshot& view, const aws::Call& call,
                                       const ModifyLoadBalancerAttributes::Request& request) {
  const auto rules = load_balancer_attributes();
  const auto balancer = own_load_balancer(view, call, request.load_balancer_arn);
  if (!balancer) return balancer.error();
  if (auto fine = check_attributes(request.attributes, rules); !fine) return fine.error();
  const auto before = attributes_of(view, balancer->arn, rules);
  if (!before) return before.error();
  const auto all = with(*before, request.attributes);
  if (auto fine = check_together(all); !fine) return fine.error();
  return new_places(*balancer, all, request.attributes);
}

Result<void, ApiError> try_logs(const Places& places, const aws::Call& call, LogObjects& objects) {
  for (const LogPlace& place : places) {
    const auto text = test_object_text(place, call.received_at);
    const auto put = objects.put(place, test_object_key(place), "text/plain", as_bytes(text));
    if (!put) return no_access(place, put.error());
  }
  return {};
}

}  // namespace

aws::Access ModifyLoadBalancerAttributes::access(const Request& request, const aws::Call&) const {
  return AttributeBook::of_load_balancers(database).access(request.load_balancer_arn);
}

Result<AttributesAnswer, ApiError> ModifyLoadBalancerAttributes::operator()(
    const Request& request, const aws::Call& call) const {
  if (log_objects != nullptr) {
    // Not in the transaction: an object waits for the disk.
    const auto places =
        database.read([&](sql::Snapshot& view) { return wanted_places(view, call, request); });
    if (!places) return places.error();
    if (auto fine = try_logs(*places, call, *log_objects); !fine) return fine.error();
  }
  return AttributeBook::of_load_balancers(database).modify(call, request.load_balancer_arn,
                                                           request.attributes);
}

}  // namespace everseal::elbv2
