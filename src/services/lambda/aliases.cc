#include "services/lambda/aliases.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "services/lambda/errors.h"
#include "services/lambda/names.h"

namespace everseal::lambda {
namespace {

constexpr double million = 1'000'000;

Result<void, ApiError> check_version(sql::Snapshot& view, const keys::Vault& vault,
                                     const Alias& alias, const std::string& version) {
  const bool is_version =
      version == latest_version || version.find_first_not_of("0123456789") == version.npos;
  if (!is_version) return invalid("An alias leads to a version, not to another alias.");
  const auto function = find_qualified(view, vault, alias.function_arn, version);
  if (!function) return function.error();
  if (!*function) return no_such_function(alias.function_arn + ":" + version);
  return {};
}

}  // namespace

Result<void, ApiError> route(Alias& alias, const shapes::RoutingConfig& routing) {
  const auto& weights = routing.additional_version_weights;
  alias.other_version.reset();
  alias.other_millionths.reset();
  if (weights.empty()) return {};
  if (weights.size() > 1) {
    return invalid("Number of items in AdditionalVersionWeights cannot be greater than 1");
  }
  const auto& [version, weight] = *weights.begin();
  if (!(weight >= 0 && weight <= 1)) {
    return invalid("The weight of a version lies between 0.0 and 1.0.");
  }
  alias.other_version = version;
  alias.other_millionths = std::llround(weight * million);
  return {};
}

Result<void, ApiError> check_alias(sql::Snapshot& view, const keys::Vault& vault,
                                   const Alias& alias) {
  if (auto fine = check_version(view, vault, alias, alias.version); !fine) return fine;
  if (!alias.other_version) return {};
  if (alias.version == latest_version || *alias.other_version == latest_version) {
    return invalid("$LATEST is not supported for an alias pointing to more than 1 version");
  }
  if (alias.version == *alias.other_version) {
    return invalid("The additional version of an alias must be another one than its own.");
  }
  return check_version(view, vault, alias, *alias.other_version);
}

namespace shapes {

AliasConfiguration shown(const Alias& alias) {
  AliasConfiguration shown{.alias_arn = alias.function_arn + ":" + alias.name,
                           .name = alias.name,
                           .function_version = alias.version,
                           .description = alias.description,
                           .routing_config = {},
                           .revision_id = alias.revision_id};
  if (alias.other_version) {
    const auto weight = static_cast<double>(alias.other_millionths.value_or(0)) / million;
    shown.routing_config = RoutingConfig{{{*alias.other_version, weight}}};
  }
  return shown;
}

}  // namespace shapes

}  // namespace everseal::lambda
