#include "services/events/names.h"

namespace everseal::events {
namespace {

constexpr std::string_view kBusPrefix = "event-bus/";

std::string arn_in(const BusName& bus, const std::string& resource) {
  return Arn("events", bus.region, bus.account, resource).text();
}

}  // namespace

std::string bus_arn(const BusName& bus) { return arn_in(bus, std::string(kBusPrefix) + bus.name); }

std::string rule_arn(const RuleName& rule) {
  const auto& bus = rule.bus;
  return arn_in(
      bus, bus.name == kDefaultBus ? "rule/" + rule.name : "rule/" + bus.name + "/" + rule.name);
}

Result<BusName> parse_bus_arn(std::string_view text) {
  const auto arn = Arn::parse(text);
  if (!arn) return arn.error();
  if (arn->service() != "events" || !arn->resource().starts_with(kBusPrefix))
    return Fault::malformed("not the ARN of an event bus");
  return BusName{std::string(arn->account()), std::string(arn->region()),
                 std::string(arn->resource().substr(kBusPrefix.size()))};
}

BusName bus_of(const aws::Call& call, std::string_view name_or_arn) {
  if (auto parsed = parse_bus_arn(name_or_arn)) return *std::move(parsed);
  return {call.caller.account, call.region,
          std::string(name_or_arn.empty() ? kDefaultBus : name_or_arn)};
}

std::string key_of(const BusName& bus) { return bus.account + " " + bus.region + " " + bus.name; }

Result<BusName> bus_in(std::string_view key) {
  const auto first = key.find(' ');
  const auto second = key.find(' ', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos)
    return Fault::malformed("not the key of a bus");
  return BusName{std::string(key.substr(0, first)),
                 std::string(key.substr(first + 1, second - first - 1)),
                 std::string(key.substr(second + 1))};
}

}  // namespace everseal::events
