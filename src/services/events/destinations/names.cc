#include "services/events/destinations/names.h"

#include "aws/arn.h"

namespace everseal::events::destinations {
namespace {

constexpr std::string_view kDestination = "api-destination/";

std::string arn_of(std::string_view kind, const Name& name, std::string_view uuid) {
  auto resource = std::string(kind) + name.name;
  if (!uuid.empty()) resource.append("/").append(uuid);
  return aws::Arn("events", name.region, name.account, resource).text();
}

}  // namespace

Name name_of(const aws::Call& call, const std::string& name) {
  return {call.caller.account, call.region, name};
}

std::string connection_arn(const Name& name, std::string_view uuid) {
  return arn_of("connection/", name, uuid);
}

std::string api_destination_arn(const Name& name, std::string_view uuid) {
  return arn_of(kDestination, name, uuid);
}

std::optional<Name> api_destination_in(std::string_view text) {
  const auto arn = aws::Arn::parse(text);
  if (!arn || arn->service() != "events" || !arn->resource().starts_with(kDestination))
    return std::nullopt;
  const auto rest = arn->resource().substr(kDestination.size());
  const auto slash = rest.find('/');
  if (slash == 0 || slash == std::string_view::npos || slash + 1 == rest.size())
    return std::nullopt;
  return Name{std::string(arn->account()), std::string(arn->region()),
              std::string(rest.substr(0, slash))};
}

}  // namespace everseal::events::destinations
