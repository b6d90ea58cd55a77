#include "keys/vault.h"

#include <algorithm>

#include "crypto/cipher.h"
#include "crypto/digest.h"

namespace everseal::keys {
namespace {

// A sealed secret: format (1), check value of the master key (16), nonce (12), data key (32 and a
// tag of 16), nonce (12), secret (and a tag of 16).
constexpr std::uint8_t format = 1;
constexpr std::size_t check_value_octets = 16;
constexpr std::size_t data_key_octets = crypto::aes_256_key_octets;
constexpr std::size_t wrapped_key_octets = data_key_octets + crypto::aes_gcm_tag_octets;
constexpr std::size_t prefix_octets = 1 + check_value_octets;
constexpr std::size_t header_octets =
    prefix_octets + crypto::aes_gcm_nonce_octets + wrapped_key_octets;
constexpr std::size_t sum_of_octets =
    header_octets + crypto::aes_gcm_nonce_octets + crypto::aes_gcm_tag_octets;
static_assert(sum_of_octets == Vault::overhead_octets);

// Two keys that do not reveal one another, from one master key: HMAC as in HKDF-Expand (RFC 5869).
Bytes derive(const MasterKey& master, std::string_view purpose) {
  const auto derived = crypto::hmac_sha256(master.secret().reveal(), purpose);
  return to_bytes(ByteView(derived));
}

Bytes check_value_of(const MasterKey& master) {
  Bytes value = derive(master, "everseal master key check value 1");
  value.resize(check_value_octets);
  return value;
}

void append(Bytes& out, ByteView octets) { out.insert(out.end(), octets.begin(), octets.end()); }

// The parts of a sealed secret, of known length; in order.
struct Sealed {
  explicit Sealed(ByteView octets)
      : prefix(octets.first(prefix_octets)),
        key_nonce(octets.subspan(prefix_octets, crypto::aes_gcm_nonce_octets)),
        wrapped_key(octets.subspan(prefix_octets + key_nonce.size(), wrapped_key_octets)),
        nonce(octets.subspan(header_octets, crypto::aes_gcm_nonce_octets)),
        secret(octets.subspan(header_octets + nonce.size())) {}
  ByteView prefix;
  ByteView key_nonce;
  ByteView wrapped_key;
  ByteView nonce;
  ByteView secret;
};

// What both layers authenticate besides their own content.
Bytes bound_to(ByteView prefix, std::string_view context) {
  Bytes bound = to_bytes(prefix);
  append(bound, as_bytes(context));
  return bound;
}

Fault damaged(std::string_view context) {
  return Fault::broken("A sealed secret (" + std::string(context) +
                       ") does not open: it is damaged, or was taken from another place.");
}

Fault other_master_key() {
  return Fault::broken(
      "The master key is not the one this data was sealed with: give the server the master key "
      "file that belongs to this data directory.");
}

}  // namespace

Vault::Vault(const MasterKey& master, Random& random)
    : wrapping_key_(derive(master, "everseal key wrapping 1")),
      check_value_(check_value_of(master)),
      random_(random) {}

Result<Bytes> Vault::seal(const SecretBytes& secret, std::string_view context) const {
  Bytes sealed;
  sealed.reserve(overhead_octets + secret.size());
  sealed.push_back(format);
  append(sealed, check_value_);
  const Bytes bound = bound_to(sealed, context);
  const SecretBytes data_key(random_.bytes(data_key_octets));
  const auto layer = [&](const SecretBytes& key, const SecretBytes& content) -> Outcome {
    const Bytes nonce = random_.bytes(crypto::aes_gcm_nonce_octets);
    const auto closed = crypto::aes_256_gcm_seal(key, nonce, bound, content.reveal());
    if (!closed) return closed.error();
    append(sealed, nonce);
    append(sealed, *closed);
    return {};
  };
  if (const auto wrapped = layer(wrapping_key_, data_key); !wrapped) return wrapped.error();
  if (const auto closed = layer(data_key, secret); !closed) return closed.error();
  return sealed;
}

Result<SecretBytes> Vault::open(ByteView sealed, std::string_view context) const {
  if (sealed.size() < overhead_octets || sealed.front() != format) return damaged(context);
  const Sealed parts(sealed);
  if (const auto ours = check(parts.prefix.subspan(1)); !ours) return ours.error();
  const Bytes bound = bound_to(parts.prefix, context);
  const auto data_key =
      crypto::aes_256_gcm_open(wrapping_key_, parts.key_nonce, bound, parts.wrapped_key);
  if (!data_key) return damaged(context);
  auto secret = crypto::aes_256_gcm_open(*data_key, parts.nonce, bound, parts.secret);
  if (!secret) return damaged(context);
  return secret;
}

Outcome Vault::check(ByteView stored_check_value) const {
  if (equal_in_constant_time(stored_check_value, check_value_)) return {};
  return other_master_key();
}

}  // namespace everseal::keys
