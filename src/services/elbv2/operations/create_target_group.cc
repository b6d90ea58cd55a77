#include "services/elbv2/operations/create_target_group.h"

#include "services/elbv2/access.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/limits.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/tag_store.h"

namespace everseal::elbv2 {
namespace {

using NewGroup = CreateTargetGroup::Request;

Result<void, ApiError> check_kind(const NewGroup& request) {
  const auto type = request.target_type.value_or(TargetType::Instance);
  if (type != TargetType::Instance && type != TargetType::Ip) {
    return invalid("Target groups with target type '" + std::string(aws::name_of(type)) +
                   "' are not supported by Everseal");
  }
  if (!request.protocol) return invalid("A protocol must be specified");
  if (!request.port) return invalid("A port must be specified");
  if (*request.protocol != Protocol::Http && *request.protocol != Protocol::Https) {
    return invalid("Target groups with protocol '" + std::string(aws::name_of(*request.protocol)) +
                   "' are not supported by Everseal");
  }
  const std::string version = request.protocol_version.value_or("HTTP1");
  if (version != "HTTP1" && version != "HTTP2" && version != "GRPC") {
    return invalid("Protocol version '" + version + "' is not one of HTTP1, HTTP2, GRPC");
  }
  return {};
}

TargetGroup new_group(const NewGroup& request, const aws::Call& call, Random& random) {
  const std::string version = request.protocol_version.value_or("HTTP1");
  return {target_group_arn(call, request.name, new_id(random)),
          call.caller.account,
          call.region,
          request.name,
          {.protocol = *request.protocol,
           .protocol_version = version,
           .port = *request.port,
           .vpc_id = request.vpc_id,
           .target_type = request.target_type.value_or(TargetType::Instance),
           .ip_address_type = request.ip_address_type.value_or(TargetAddressType::Ipv4),
           .health_check = changed(usual_health_check(version), request)}};
}

Result<void, ApiError> add(sql::Transaction& tx, const TargetGroup& group, const aws::Tags& tags) {
  const auto there = count_target_groups(tx, group.account, group.region);
  if (!there) return there.error();
  if (*there >= limits::target_groups) return too_many_target_groups();
  if (auto added = add_target_group(tx, group); !added) return added.error();
  if (auto tagged = put_tags(tx, group.arn, tags); !tagged) return tagged.error();
  announce_change(tx);
  return {};
}

Result<shapes::TargetGroups, ApiError> answered(sql::Snapshot& view, const TargetGroup& group) {
  auto all = shapes::shown_alone(view, group);
  if (!all) return all.error();
  return *std::move(all);
}

}  // namespace

aws::Access CreateTargetGroup::access(const Request& request, const aws::Call& call) const {
  const std::string made = target_group_arn(call, request.name, "*");
  return with_new_tags(aws::on(made), request.tags, name, made);
}

Result<shapes::TargetGroups, ApiError> CreateTargetGroup::operator()(const Request& request,
                                                                     const aws::Call& call) const {
  if (auto fine = check_name(request.name, "target group"); !fine) return fine.error();
  if (auto fine = check_kind(request); !fine) return fine.error();
  if (auto fine = check_tags(request.tags); !fine) return fine.error();
  const TargetGroup group = new_group(request, call, random);
  if (auto fine = check_health_check(group.settings); !fine) return fine.error();
  return database.write([&](sql::Transaction& tx) -> Result<shapes::TargetGroups, ApiError> {
    const auto old = find_target_group_named(tx, group.account, group.region, group.name);
    if (!old) return old.error();
    if (*old && (*old)->settings != group.settings) return target_group_exists(group.name);
    if (*old) return answered(tx, **old);
    if (auto added = add(tx, group, shapes::pairs(request.tags)); !added) return added.error();
    return answered(tx, group);
  });
}

}  // namespace everseal::elbv2
