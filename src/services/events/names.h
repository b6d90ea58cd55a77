#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "aws/arn.h"
#include "aws/call.h"
#include "result/result.h"

namespace everseal::events {

inline constexpr std::string_view kDefaultBus = "default";

// Where events are put, and whose rules see them.
struct BusName {
  std::string account;
  std::string region;
  std::string name;
  friend auto operator<=>(const BusName&, const BusName&) = default;
};

struct RuleName {
  BusName bus;
  std::string name;
};

std::string bus_arn(const BusName& bus);     // "arn:aws:events:REGION:ACCOUNT:event-bus/NAME"
std::string rule_arn(const RuleName& rule);  // ".../rule/NAME", or ".../rule/BUS/NAME"

// The bus that a request names by its name or ARN, or the default one if it names none. An ARN of
// another account or region stays what it is: nothing is found there.
BusName bus_of(const aws::Call& call, std::string_view name_or_arn);

// Malformed: not the ARN of a bus.
Result<BusName> parse_bus_arn(std::string_view arn);

// The key of the job that matches what was put on the bus, and back. Names hold no blank.
std::string key_of(const BusName& bus);
Result<BusName> bus_in(std::string_view key);

}  // namespace everseal::events
