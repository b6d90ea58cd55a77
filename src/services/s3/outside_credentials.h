#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "result/result.h"
#include "secret/secret.h"

namespace everseal::s3 {

// With what requests to an outside service are signed.
struct OutsideCredentials {
  std::string access_key_id;
  SecretBytes secret;
  std::optional<std::string> session_token{};
};

// From a file as the AWS tools have it, its section [default]. Conflict: it is missing, others may
// read it, or it does not say what it must; the cause names the file and nothing that is in it.
Result<OutsideCredentials> read_credentials(const std::filesystem::path& file);

}  // namespace everseal::s3
