#include "keys/encrypted_pkcs8.h"

#include "asn1/der_writer.h"
#include "crypto/cipher.h"

namespace everseal::keys {
namespace {

constexpr asn1::Oid pbes2{"1.2.840.113549.1.5.13"};
constexpr asn1::Oid pbkdf2{"1.2.840.113549.1.5.12"};
constexpr asn1::Oid aes256_cbc{"2.16.840.1.101.3.4.1.42"};
constexpr int iterations = 2048;
constexpr std::size_t salt_octets = 20;

// PBES2-params (RFC 8018, A.4). PBKDF2's key length and PRF are absent, which means HMAC-SHA1.
void write_algorithm(asn1::DerWriter& out, ByteView salt, ByteView iv) {
  out.sequence([&] {
    out.oid(pbes2);
    out.sequence([&] {
      out.sequence([&] {
        out.oid(pbkdf2);
        out.sequence([&] {
          out.octet_string(salt);
          out.integer(std::uint64_t{iterations});
        });
      });
      out.sequence([&] {
        out.oid(aes256_cbc);
        out.octet_string(iv);
      });
    });
  });
}

}  // namespace

Result<Bytes> encrypt_pkcs8(const SecretBytes& pkcs8, const SecretBytes& passphrase,
                            Random& random) {
  const Bytes salt = random.bytes(salt_octets);
  const Bytes iv = random.bytes(crypto::aes_block_octets);
  const auto key =
      crypto::pbkdf2_hmac_sha1(passphrase.reveal(), salt, iterations, crypto::aes_256_key_octets);
  if (!key) return key.error();
  const auto encrypted = crypto::aes_256_cbc_encrypt(*key, iv, pkcs8.reveal());
  if (!encrypted) return encrypted.error();
  asn1::DerWriter out(encrypted->size() + 128);
  out.sequence([&] {
    write_algorithm(out, salt, iv);
    out.octet_string(*encrypted);
  });
  return std::move(out).take();
}

}  // namespace everseal::keys
