#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "result/result.h"
#include "services/elbv2/log_objects.h"
#include "sql/database.h"

namespace everseal::elbv2::logs {

// Which logs of a load balancer are to be written.
struct Wanted {
  std::string dns_name;
  std::optional<LogPlace> access;
  std::optional<LogPlace> connection;
};
using WantedLogs = std::map<std::string, Wanted, std::less<>>;  // by the load balancer's ARN

// Of all accounts and regions; those that want none are left out.
Result<WantedLogs> wanted_logs(sql::Snapshot& view);

}  // namespace everseal::elbv2::logs
