#pragma once

#include <string>

namespace everseal::iam {

// Who may have policies: a user or a role.
struct Holder {
  enum class Kind { User, Role };
  Kind kind = Kind::User;
  std::string id;    // "AIDA...", "AROA..."
  std::string name;  // as people call it
};

}  // namespace everseal::iam
