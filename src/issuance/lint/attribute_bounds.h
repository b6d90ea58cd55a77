#pragma once

#include <optional>
#include <string>

#include "x509/name.h"

namespace everseal::issuance::lint {

// What is wrong with the first attribute that is no text, empty, or longer than RFC 5280, A.1, lets
// it be, as the end of a sentence without a full stop; nothing if all fit.
std::optional<std::string> attribute_out_of_bounds(const x509::Name& name);

}  // namespace everseal::issuance::lint
