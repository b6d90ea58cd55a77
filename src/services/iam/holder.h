#pragma once

#include <string>

namespace everseal::iam {

// Who may have policies: a user, a role, or a group of users.
struct Holder {
  enum class Kind { User, Role, Group };
  Kind kind = Kind::User;
  std::string id;    // "AIDA...", "AROA...", "AGPA..."
  std::string name;  // as people call it
};

}  // namespace everseal::iam
