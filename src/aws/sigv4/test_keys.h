#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "aws/sigv4/credential_source.h"
#include "aws/sigv4/signer.h"

// For the tests of this folder: the access key of the reference, and whoever holds it.
namespace everseal::aws::sigv4 {

inline constexpr std::string_view kTestKeyId = "AKIAEXAMPLEKEY000001";
inline constexpr std::string_view kTestSecret = "example/Secret+Key/For+Documentation/0001";
inline constexpr std::string_view kTestToken = "EXAMPLETOKEN//////////EXAMPLE=";

// Answers whatever the test says.
class TestKeys final : public CredentialSource {
 public:
  Result<std::variant<Credential, Absence>> find(
      std::string_view access_key_id, std::optional<std::string_view> token) const override {
    if (broken) return Fault::unavailable("the database is gone");
    if (absence) return std::variant<Credential, Absence>(*absence);
    if (access_key_id != kTestKeyId) return std::variant<Credential, Absence>(Absence::Unknown);
    if (token && *token != kTestToken) return std::variant<Credential, Absence>(Absence::BadToken);
    Credential credential{.secret = secret, .version = version};
    credential.caller.arn = "arn:aws:iam::111122223333:user/ops";
    credential.caller.access_key_id = access_key_id;
    return std::variant<Credential, Absence>(std::move(credential));
  }
  void change_secret(std::string_view text) {
    secret = std::make_shared<const SecretBytes>(SecretBytes::copy_of(text));
    ++version;
  }

  std::shared_ptr<const SecretBytes> secret =
      std::make_shared<const SecretBytes>(SecretBytes::copy_of(kTestSecret));
  std::uint64_t version = 1;
  std::optional<Absence> absence;
  bool broken = false;
};

inline SigningKey signing_key(const TestKeys& keys, std::string service,
                              std::string region = "eu-west-1") {
  return {std::string(kTestKeyId), *keys.secret, std::nullopt, std::move(region),
          std::move(service)};
}

}  // namespace everseal::aws::sigv4
