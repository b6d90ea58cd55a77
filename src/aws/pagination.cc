#include "aws/pagination.h"

#include <algorithm>
#include <span>

#include "crypto/digest.h"
#include "encoding/base64.h"
#include "encoding/bytes.h"

namespace everseal::aws {
namespace {

constexpr std::size_t longest_key = 16 * 1024;
constexpr std::size_t digest_size = 16;  // the first octets of a SHA-256

// No two lists of parts hash alike: each part is preceded by its length.
Bytes digest_of(const Listing& listing, std::string_view key) {
  crypto::Sha256 digest;
  for (const auto part :
       {listing.operation, listing.account, listing.region, listing.selection, key}) {
    digest.update(std::to_string(part.size())).update(":").update(part);
  }
  const auto whole = digest.finish();
  return {whole.begin(), whole.begin() + digest_size};
}

std::string to_url_safe(std::string base64) {
  std::ranges::replace(base64, '+', '-');
  std::ranges::replace(base64, '/', '_');
  base64.erase(std::ranges::find(base64, '='), base64.end());
  return base64;
}

std::string from_url_safe(std::string_view token) {
  std::string base64(token);
  std::ranges::replace(base64, '-', '+');
  std::ranges::replace(base64, '_', '/');
  base64.append((4 - base64.size() % 4) % 4, '=');
  return base64;
}

}  // namespace

std::string page_token(const Listing& listing, std::string_view last_key) {
  Bytes octets = digest_of(listing, last_key);
  const ByteView key = as_bytes(last_key);
  octets.insert(octets.end(), key.begin(), key.end());
  return to_url_safe(encoding::to_base64(octets));
}

Result<std::string> page_key(const Listing& listing, std::string_view token) {
  if (token.size() > (longest_key + digest_size) * 2)
    return Fault::malformed("page token: too long");
  if (token.find_first_of("+/=") != token.npos) return Fault::malformed("page token: not URL-safe");
  const auto octets = encoding::from_base64(from_url_safe(token));
  if (!octets) return octets.error();
  if (octets->size() < digest_size) return Fault::malformed("page token: too short");
  const ByteView all = *octets;
  std::string key = to_text(all.subspan(digest_size));
  if (!std::ranges::equal(all.first(digest_size), digest_of(listing, key))) {
    return Fault::malformed("page token: of another listing, or damaged");
  }
  return key;
}

}  // namespace everseal::aws
