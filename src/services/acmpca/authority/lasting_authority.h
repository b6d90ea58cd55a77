#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "encoding/bytes.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::acmpca {

// What relying parties go on with, whatever became of the CA.
struct LastingAuthority {
  std::int64_t id;
  std::int64_t version;  // as Authority's
  Bytes certificate;     // DER
};

// Nothing: there never was such a CA, or it has no certificate.
Result<std::optional<LastingAuthority>> find_lasting(sql::Snapshot& view, std::string_view arn);

}  // namespace everseal::acmpca
