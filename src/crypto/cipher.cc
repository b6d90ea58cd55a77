#include "crypto/cipher.h"

#include <limits>

#include "crypto/openssl.h"

namespace everseal::crypto {
namespace {

using Cipher = std::unique_ptr<EVP_CIPHER, FreeWith<EVP_CIPHER_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeWith<EVP_CIPHER_CTX_free>>;

enum class Direction { Decrypt = 0, Encrypt = 1 };

Cipher fetch(const char* name) {
  return Cipher(required(EVP_CIPHER_fetch(nullptr, name, nullptr), name));
}

const EVP_CIPHER* gcm() {
  static const Cipher cipher = fetch("AES-256-GCM");
  return cipher.get();
}

const EVP_CIPHER* cbc() {
  static const Cipher cipher = fetch("AES-256-CBC");
  return cipher.get();
}

CipherContext begin(const EVP_CIPHER* cipher, const SecretBytes& key, ByteView iv,
                    Direction direction) {
  CipherContext context(required(EVP_CIPHER_CTX_new(), "cipher"));
  require(EVP_CipherInit_ex2(context.get(), cipher, key.reveal().data(), iv.data(),
                             static_cast<int>(direction), nullptr),
          "cipher");
  return context;
}

Outcome check_lengths(const SecretBytes& key, ByteView iv, std::size_t iv_octets, ByteView text) {
  if (key.size() != aes_256_key_octets) return Fault::malformed("AES-256 needs a key of 32 octets");
  if (iv.size() != iv_octets) return Fault::malformed("nonce or IV of a wrong length");
  if (text.size() > std::numeric_limits<int>::max() - 2 * aes_block_octets) {
    return Fault::malformed("too long to encrypt at once");
  }
  return {};
}

// Appends nothing: `out` has room for the text and a block.
bool update(EVP_CIPHER_CTX* context, std::uint8_t* out, int& length, ByteView text) {
  length = 0;
  if (text.empty()) return true;
  return EVP_CipherUpdate(context, out, &length, text.data(), static_cast<int>(text.size())) == 1;
}

void authenticate(EVP_CIPHER_CTX* context, ByteView associated) {
  int length = 0;
  if (!update(context, nullptr, length, associated)) {
    throw std::runtime_error(explained("AES-GCM"));
  }
}

// The text, whatever the direction; nothing if the padding or the tag is wrong.
bool transform(EVP_CIPHER_CTX* context, ByteView text, Bytes& out) {
  out.resize(text.size() + aes_block_octets);
  int first = 0;
  int rest = 0;
  const bool sound = update(context, out.data(), first, text) &&
                     EVP_CipherFinal_ex(context, out.data() + first, &rest) == 1;
  if (!sound) {
    wipe(out);
    return false;
  }
  out.resize(static_cast<std::size_t>(first) + static_cast<std::size_t>(rest));
  return true;
}

}  // namespace

Result<Bytes> aes_256_gcm_seal(const SecretBytes& key, ByteView nonce, ByteView context,
                               ByteView plaintext) {
  const QuietErrors quiet;
  if (const auto fit = check_lengths(key, nonce, aes_gcm_nonce_octets, plaintext); !fit) {
    return fit.error();
  }
  const CipherContext cipher = begin(gcm(), key, nonce, Direction::Encrypt);
  authenticate(cipher.get(), context);
  Bytes sealed;
  if (!transform(cipher.get(), plaintext, sealed)) return Fault::broken(explained("AES-GCM"));
  sealed.resize(plaintext.size() + aes_gcm_tag_octets);
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, aes_gcm_tag_octets,
                              sealed.data() + plaintext.size()),
          "AES-GCM");
  return sealed;
}

Result<SecretBytes> aes_256_gcm_open(const SecretBytes& key, ByteView nonce, ByteView context,
                                     ByteView sealed) {
  const QuietErrors quiet;
  if (const auto fit = check_lengths(key, nonce, aes_gcm_nonce_octets, sealed); !fit) {
    return fit.error();
  }
  if (sealed.size() < aes_gcm_tag_octets) return Fault::malformed("sealed octets without a tag");
  const ByteView ciphertext = sealed.first(sealed.size() - aes_gcm_tag_octets);
  Bytes tag = to_bytes(sealed.last(aes_gcm_tag_octets));
  const CipherContext cipher = begin(gcm(), key, nonce, Direction::Decrypt);
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, aes_gcm_tag_octets, tag.data()),
          "AES-GCM");
  authenticate(cipher.get(), context);
  Bytes plaintext;
  if (!transform(cipher.get(), ciphertext, plaintext)) {
    return Fault::malformed("sealed octets do not open: damaged, or another key or context");
  }
  return SecretBytes(std::move(plaintext));
}

Result<Bytes> aes_256_cbc_encrypt(const SecretBytes& key, ByteView iv, ByteView plaintext) {
  const QuietErrors quiet;
  if (const auto fit = check_lengths(key, iv, aes_block_octets, plaintext); !fit) {
    return fit.error();
  }
  const CipherContext cipher = begin(cbc(), key, iv, Direction::Encrypt);
  Bytes ciphertext;
  if (!transform(cipher.get(), plaintext, ciphertext)) return Fault::broken(explained("AES-CBC"));
  return ciphertext;
}

Result<SecretBytes> aes_256_cbc_decrypt(const SecretBytes& key, ByteView iv, ByteView ciphertext) {
  const QuietErrors quiet;
  if (const auto fit = check_lengths(key, iv, aes_block_octets, ciphertext); !fit) {
    return fit.error();
  }
  const CipherContext cipher = begin(cbc(), key, iv, Direction::Decrypt);
  Bytes plaintext;
  if (!transform(cipher.get(), ciphertext, plaintext)) return Fault::malformed("bad padding");
  return SecretBytes(std::move(plaintext));
}

Result<SecretBytes> pbkdf2_hmac_sha1(ByteView passphrase, ByteView salt, int iterations,
                                     std::size_t key_octets) {
  const QuietErrors quiet;
  if (iterations < 1) return Fault::malformed("PBKDF2 without iterations");
  if (key_octets == 0 || key_octets > 1024) return Fault::malformed("PBKDF2 key of a wrong length");
  Bytes key(key_octets);
  // A null passphrase would be measured with strlen.
  static constexpr char nothing = 0;
  const char* start = passphrase.empty() ? &nothing : as_text(passphrase).data();
  require(PKCS5_PBKDF2_HMAC_SHA1(start, static_cast<int>(passphrase.size()), salt.data(),
                                 static_cast<int>(salt.size()), iterations,
                                 static_cast<int>(key_octets), key.data()),
          "PBKDF2");
  return SecretBytes(std::move(key));
}

}  // namespace everseal::crypto
