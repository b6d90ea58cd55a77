#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "secret/secret.h"

namespace everseal::aws::session {

struct Tag {
  std::string key;
  std::string value;
  bool is_transitive = false;  // sessions made from this one have it too
  friend bool operator==(const Tag&, const Tag&) = default;
};

// What temporary credentials grant, as far as their holder itself does not say it: what it says now
// counts at each request, not what it said when they were made.
struct Grant {
  std::string holder_id;     // of a role "AROA...", of a user "AIDA...", of root the account
  std::string session_name;  // of roles only
  TimePoint issued_at;
  TimePoint expires_at;
  std::optional<std::string> policy;     // the document of its own, if it is limited by one
  std::vector<std::string> policy_arns;  // of managed policies that limit it
  std::vector<Tag> tags;
  std::string source_identity;  // empty: none was given

  friend bool operator==(const Grant&, const Grant&) = default;
};

// Both, in octets. Texts have at most 65535 of them.
SecretBytes encode(const Grant& grant, const SecretBytes& secret);

struct GrantWithSecret {
  Grant grant;
  SecretBytes secret;
};
// Nothing: it is not what `encode` writes, to the last octet.
std::optional<GrantWithSecret> decode(ByteView octets);

}  // namespace everseal::aws::session
