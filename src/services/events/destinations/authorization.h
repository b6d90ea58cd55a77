#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "encoding/bytes.h"
#include "keys/vault.h"
#include "result/result.h"
#include "services/events/destinations/settings.h"
#include "services/events/destinations/shapes.h"

namespace everseal::events::destinations {

// ValidationException: not the parameters of that type, or of more than one; an endpoint that
// requests must not go to; a key that cannot be the name of a header; a private network.
std::optional<ApiError> refuse(AuthorizationType type, const Authorization& authorization,
                               const Settings& settings);

// What is said replaces what was; what is left out stays, if the type does. ValidationException: of
// another type, and not all is said.
Result<Authorization, ApiError> changed(std::optional<Authorization> before, AuthorizationType type,
                                        const AuthorizationChange& change);

// Without what is secret: passwords, keys, and the values of all parameters that are not said to be
// none.
shapes::ShownAuthParameters shown(const Authorization& authorization);

// For storage, and back.
Result<Bytes> seal(const keys::Vault& vault, std::string_view connection_arn,
                   const Authorization& authorization);
Result<Authorization> open(const keys::Vault& vault, std::string_view connection_arn,
                           ByteView sealed);

}  // namespace everseal::events::destinations
