#pragma once

#include <string>
#include <string_view>

#include "result/result.h"
#include "services/acmpca/model/configuration.h"

// What Describe repeats as Create was told is stored as the JSON it is on the wire.
namespace everseal::acmpca {

std::string to_stored_text(const CaConfiguration& configuration);
std::string to_stored_text(const RevocationConfiguration& revocation);

// Broken: not what to_stored_text writes.
Result<CaConfiguration> stored_configuration(std::string_view text);
Result<RevocationConfiguration> stored_revocation(std::string_view text);

}  // namespace everseal::acmpca
