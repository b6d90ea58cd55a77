#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.h"
#include "sql/database.h"

// Which load balancers have a listener that verifies clients with a trust store.
namespace everseal::elbv2 {

// ARNs of load balancers, in their order, after that one.
Result<std::vector<std::string>> users_of_trust_store(sql::Snapshot& view,
                                                      std::string_view trust_store_arn,
                                                      std::string_view after, std::int64_t limit);
Result<bool> uses_trust_store(sql::Snapshot& view, std::string_view load_balancer_arn,
                              std::string_view trust_store_arn);

}  // namespace everseal::elbv2
