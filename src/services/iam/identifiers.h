#pragma once

#include <string>
#include <string_view>

#include "random/random.h"
#include "secret/secret.h"

// How IAM names what it keeps.
namespace everseal::iam {

inline constexpr std::string_view user_id_prefix = "AIDA";
inline constexpr std::string_view role_id_prefix = "AROA";
inline constexpr std::string_view group_id_prefix = "AGPA";
inline constexpr std::string_view policy_id_prefix = "ANPA";

std::string new_id(Random& random, std::string_view prefix);  // the prefix and 17 of A-Z, 2-7
std::string new_access_key_id(Random& random);                // "AKIA" and 16 of A-Z, 2-7
SecretBytes new_secret(Random& random);                       // 40 of A-Z, a-z, 0-9, +, /

// Paths begin and end with a slash: "/", "/plant/north/".
std::string root_arn(std::string_view account);
std::string user_arn(std::string_view account, std::string_view path, std::string_view name);
std::string role_arn(std::string_view account, std::string_view path, std::string_view name);
std::string group_arn(std::string_view account, std::string_view path, std::string_view name);
std::string policy_arn(std::string_view account, std::string_view path, std::string_view name);
// Of a role without its path: "arn:aws:sts::111122223333:assumed-role/renewer/run1".
std::string session_arn(std::string_view account, std::string_view role_name,
                        std::string_view session_name);

// Equal for names that differ in case only: A to Z becomes a to z.
std::string folded(std::string_view name);

}  // namespace everseal::iam
