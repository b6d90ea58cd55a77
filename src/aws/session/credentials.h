#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/session/grant.h"
#include "clock/clock.h"
#include "keys/vault.h"
#include "random/random.h"
#include "result/result.h"
#include "secret/secret.h"

// Temporary credentials. Nothing of them is stored: the session token is the grant and the secret,
// sealed under the master key for its access key only. So they cost no write and no cleaning up,
// and are good on every node; that a role or user is gone is seen when it is looked for.
namespace everseal::aws::session {

inline constexpr std::string_view key_id_prefix = "ASIA";

struct Credentials {
  std::string access_key_id;  // "ASIA" and 16 of A-Z, 2-7
  SecretBytes secret;         // 40 of A-Z, a-z, 0-9, +, /
  std::string session_token;  // base64
  TimePoint expires_at;
};

Result<Credentials> make_credentials(const keys::Vault& vault, Random& random, const Grant& grant);

// What a token grants together with that access key. Nothing: it is not one of ours, or belongs to
// another key. Whether it has expired is for the caller to see.
std::optional<GrantWithSecret> open_token(const keys::Vault& vault, std::string_view access_key_id,
                                          std::string_view session_token);

}  // namespace everseal::aws::session
