#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>

#include "aws/call.h"
#include "result/result.h"
#include "secret/secret.h"

namespace everseal::aws::sigv4 {

// An access key and whose it is.
struct Credential {
  std::shared_ptr<const SecretBytes> secret{};
  // Another one whenever the secret of this access key id is another: keys derived from the old
  // secret are forgotten then.
  std::uint64_t version = 0;
  Caller caller{};
};

// What became of looking for an access key.
enum class Absence {
  Unknown,       // no such key, or it is inactive
  BadToken,      // the session token is missing, unwanted or not one of ours
  ExpiredToken,  // the session is over
};

// Who holds which access key. Thread-safe, and quick: asked once for every request.
class CredentialSource {
 public:
  virtual ~CredentialSource() = default;
  // Faults: the look-up itself failed; the request is answered as unavailable.
  virtual Result<std::variant<Credential, Absence>> find(
      std::string_view access_key_id, std::optional<std::string_view> session_token) const = 0;
};

}  // namespace everseal::aws::sigv4
