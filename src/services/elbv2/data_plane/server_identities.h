#pragma once

#include <optional>
#include <string_view>

#include "result/result.h"
#include "sql/database.h"
#include "tls/context.h"

namespace everseal::elbv2::data_plane {

// The certificates of ACM with their keys, as listeners prove themselves with them. Given by ACM.
// Thread-safe.
class ServerIdentities {
 public:
  virtual ~ServerIdentities() = default;
  // As it is now. Nothing: there is no such certificate, or it is not issued.
  virtual Result<std::optional<tls::ServerIdentity>> find(
      sql::Snapshot& view, std::string_view certificate_arn) const = 0;
};

}  // namespace everseal::elbv2::data_plane
