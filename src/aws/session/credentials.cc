#include "aws/session/credentials.h"

#include <cstddef>
#include <utility>

#include "encoding/base64.h"

namespace everseal::aws::session {
namespace {

constexpr std::string_view key_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view secret_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t key_length = 16;
constexpr std::size_t secret_length = 40;

std::string seal_context(std::string_view access_key_id) {
  return "session token " + std::string(access_key_id);
}

}  // namespace

Result<Credentials> make_credentials(const keys::Vault& vault, Random& random, const Grant& grant) {
  auto key_id = std::string(key_id_prefix) + random_text(random, key_letters, key_length);
  auto letters = random_text(random, secret_letters, secret_length);
  auto secret = SecretBytes::copy_of(letters);
  wipe(letters);
  const auto sealed = vault.seal(encode(grant, secret), seal_context(key_id));
  if (!sealed) return sealed.error();
  return Credentials{std::move(key_id), std::move(secret), encoding::to_base64(*sealed),
                     grant.expires_at};
}

std::optional<GrantWithSecret> open_token(const keys::Vault& vault, std::string_view access_key_id,
                                          std::string_view session_token) {
  const auto sealed = encoding::from_base64(session_token);
  if (!sealed) return std::nullopt;
  const auto octets = vault.open(*sealed, seal_context(access_key_id));
  if (!octets) return std::nullopt;
  return decode(octets->reveal());
}

}  // namespace everseal::aws::session
