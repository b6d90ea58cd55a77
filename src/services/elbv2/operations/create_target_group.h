#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "random/random.h"
#include "result/result.h"
#include "services/elbv2/shapes.h"
#include "services/elbv2/target_group_rules.h"
#include "services/elbv2/target_group_shape.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// CreateTargetGroup: without targets yet.
struct CreateTargetGroup {
  static constexpr std::string_view name = "CreateTargetGroup";
  struct Request : SaidOfHealthChecks {
    std::string name;
    std::optional<Protocol> protocol;
    std::optional<std::string> protocol_version;
    std::optional<std::int32_t> port;
    std::optional<std::string> vpc_id;
    std::optional<TargetType> target_type;
    std::vector<shapes::Tag> tags;
    std::optional<TargetAddressType> ip_address_type;
    static constexpr auto fields =
        std::tuple_cat(std::tuple{aws::required("Name", &Request::name),
                                  aws::optional("Protocol", &Request::protocol),
                                  aws::optional("ProtocolVersion", &Request::protocol_version),
                                  aws::optional("Port", &Request::port, shapes::port_range),
                                  aws::optional("VpcId", &Request::vpc_id),
                                  aws::optional("TargetType", &Request::target_type),
                                  aws::optional("Tags", &Request::tags, shapes::tag_count),
                                  aws::optional("IpAddressType", &Request::ip_address_type)},
                       SaidOfHealthChecks::fields);
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // One of that name with the same settings is answered as it is.
  // DuplicateTargetGroupName: it has other settings. TooManyTargetGroups: there are 3000.
  // ValidationError: no name for one; no protocol or port; a kind of target, a protocol or a health
  // check that application load balancers of Everseal do not have. DuplicateTagKeys, TooManyTags.
  Result<shapes::TargetGroups, ApiError> operator()(const Request& request,
                                                    const aws::Call& call) const;

  sql::Database& database;
  Random& random;
};

}  // namespace everseal::elbv2
