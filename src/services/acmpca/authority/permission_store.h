#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "services/acmpca/model/enums.h"
#include "sql/database.h"

namespace everseal::acmpca {

// What CreatePermission granted to a service of AWS, acting for an account.
struct Permission {
  std::string principal;       // "acm.amazonaws.com"
  std::string source_account;  // "111122223333"
  std::vector<PermittedAction> actions;
  TimePoint created_at;

  bool allows(PermittedAction action) const;
};

// Whether it is new: one for this principal and account stays as it is.
Result<bool> add_permission(sql::Transaction& tx, std::int64_t ca, const Permission& permission);
// Whether there was one.
Result<bool> remove_permission(sql::Transaction& tx, std::int64_t ca, std::string_view principal,
                               std::string_view source_account);

Result<std::optional<Permission>> find_permission(sql::Snapshot& view, std::int64_t ca,
                                                  std::string_view principal,
                                                  std::string_view source_account);

// In the order of principal and account, those above `after`.
struct PermissionKey {
  std::string principal, source_account;
};
Result<std::vector<Permission>> list_permissions(sql::Snapshot& view, std::int64_t ca,
                                                 const PermissionKey& after, std::size_t most);

}  // namespace everseal::acmpca
