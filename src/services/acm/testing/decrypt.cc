#include "services/acm/testing/decrypt.h"

#include "asn1/der_reader.h"
#include "asn1/pem.h"
#include "crypto/cipher.h"

namespace everseal::acm::testing {

namespace {

struct Encrypted {
  asn1::Oid scheme{"0.0"}, kdf{"0.0"}, cipher{"0.0"};
  ByteView salt, iv, octets;
  std::uint32_t iterations = 0;
};

void read_parameters(asn1::DerReader& in, Encrypted& found) {
  in.sequence([&](asn1::DerReader& parameters) {
    parameters.sequence([&](asn1::DerReader& kdf) {
      found.kdf = kdf.oid();
      kdf.sequence([&](asn1::DerReader& pbkdf2) {
        found.salt = pbkdf2.octet_string();
        found.iterations = pbkdf2.small_integer();
      });
    });
    parameters.sequence([&](asn1::DerReader& cipher) {
      found.cipher = cipher.oid();
      found.iv = cipher.octet_string();
    });
  });
}

Result<Encrypted> read(ByteView der) {
  asn1::DerReader in(der);
  Encrypted found;
  in.sequence([&](asn1::DerReader& info) {
    info.sequence([&](asn1::DerReader& algorithm) {
      found.scheme = algorithm.oid();
      read_parameters(algorithm, found);
    });
    found.octets = info.octet_string();
  });
  if (const auto done = in.finish("EncryptedPrivateKeyInfo"); !done) return done.error();
  const bool as_aws = found.scheme == asn1::Oid("1.2.840.113549.1.5.13") &&
                      found.kdf == asn1::Oid("1.2.840.113549.1.5.12") &&
                      found.cipher == asn1::Oid("2.16.840.1.101.3.4.1.42") &&
                      found.salt.size() == 20 && found.iterations == 2048 && found.iv.size() == 16;
  if (!as_aws) return Fault::malformed("other parameters than AWS's");
  return found;
}

}  // namespace

Result<SecretBytes> decrypt(std::string_view pem, std::string_view passphrase) {
  const auto block = asn1::Pem::parse_one(pem, asn1::kEncryptedPrivateKeyLabel);
  if (!block) return block.error();
  const auto found = read(block->content());
  if (!found) return found.error();
  const auto key = crypto::pbkdf2_hmac_sha1(as_bytes(passphrase), found->salt, 2048, 32);
  if (!key) return key.error();
  return crypto::aes_256_cbc_decrypt(*key, found->iv, found->octets);
}

}  // namespace everseal::acm::testing
