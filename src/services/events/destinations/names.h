#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/call.h"

namespace everseal::events::destinations {

// Whose a connection or destination is, and how its owner calls it.
struct Name {
  std::string account;
  std::string region;
  std::string name;
};

Name name_of(const aws::Call& call, const std::string& name);

// "arn:aws:events:REGION:ACCOUNT:connection/NAME/UUID": one that is made again under a name of
// before has another. Without a UUID: what policies say of one that is not there.
std::string connection_arn(const Name& name, std::string_view uuid);
// The same with "api-destination".
std::string api_destination_arn(const Name& name, std::string_view uuid);

// Nothing: it is not the ARN of a destination. Names what it should be called.
std::optional<Name> api_destination_in(std::string_view arn);

}  // namespace everseal::events::destinations
