#pragma once

#include <optional>
#include <string>

#include "aws/api_error.h"
#include "result/result.h"
#include "services/acm/certificate_store.h"
#include "sql/database.h"

namespace everseal::acm {

// What an issued or imported certificate consists of. RequestInProgressException: not issued yet.
// ValidationException: its request failed, so it never will be.
Result<Material, ApiError> issued_material(sql::Snapshot& view, const Certificate& certificate);

std::string certificate_pem(const Material& material);
std::optional<std::string> chain_if_any(const Material& material);

}  // namespace everseal::acm
