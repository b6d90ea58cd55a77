#include "services/acm/imported_key.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "asn1/der_reader.h"
#include "asn1/der_writer.h"
#include "asn1/pem.h"
#include "crypto/public_key.h"

namespace everseal::acm {

namespace {

constexpr std::string_view kPkcs8 = "PRIVATE KEY";
constexpr std::string_view kPkcs1 = "RSA PRIVATE KEY";
constexpr std::string_view kSec1 = "EC PRIVATE KEY";
constexpr std::string_view kParameters = "EC PARAMETERS";

struct KeyBlock {
  std::string label;
  SecretBytes content;
};

// Takes all blocks, so that every one is wiped.
Result<KeyBlock> only_key(std::vector<asn1::Pem> blocks) {
  std::optional<KeyBlock> key;
  bool several = false;
  for (auto& block : blocks) {
    KeyBlock next{block.label(), SecretBytes(std::move(block).take())};
    if (next.label == kParameters) continue;
    several = several || key.has_value();
    key = std::move(next);
  }
  if (!key) return Fault::malformed("The private key is not in PEM format.");
  if (several) return Fault::malformed("The PrivateKey field contains more than one PEM block.");
  return *std::move(key);
}

Result<Bytes> algorithm_of(ByteView public_key_info) {
  asn1::DerReader in(public_key_info);
  ByteView algorithm;
  in.sequence([&](asn1::DerReader& info) {
    algorithm = info.any().whole;
    info.any();
  });
  if (const auto done = in.finish("SubjectPublicKeyInfo"); !done) return done.error();
  return to_bytes(algorithm);
}

// PrivateKeyInfo (RFC 5208, 5) around a key that came without.
SecretBytes wrapped(ByteView algorithm, const SecretBytes& key) {
  asn1::DerWriter out(key.size() + algorithm.size() + 64);
  out.sequence([&] {
    out.integer(std::uint64_t{0});
    out.raw(algorithm);
    out.octet_string(key.reveal());
  });
  return SecretBytes(std::move(out).take());
}

Result<crypto::PrivateKey> parse_key(const KeyBlock& block, ByteView public_key_info) {
  if (block.label == kPkcs8) return crypto::PrivateKey::from_pkcs8(block.content.reveal());
  const auto algorithm = algorithm_of(public_key_info);
  if (!algorithm) return algorithm.error();
  return crypto::PrivateKey::from_pkcs8(wrapped(*algorithm, block.content).reveal());
}

// A signature says more than equal encodings, of which a curve point has two.
bool fits(const crypto::PrivateKey& key, ByteView public_key_info) {
  constexpr std::string_view message = "Is this the key of that certificate?";
  const auto verifier = crypto::PublicKey::from_spki(public_key_info);
  const auto algorithm = crypto::natural_signature(key.algorithm());
  const auto signature = key.sign(algorithm, as_bytes(message));
  return verifier && signature && verifier->verify(algorithm, as_bytes(message), *signature);
}

}  // namespace

Result<crypto::PrivateKey> read_imported_key(const SecretBytes& pem, ByteView public_key_info) {
  auto blocks = asn1::Pem::parse_all(pem.reveal_text());
  if (!blocks) {
    return Fault::malformed(
        "The private key is not in PEM format, or it is encrypted: only unencrypted keys can be "
        "imported.");
  }
  const auto block = only_key(*std::move(blocks));
  if (!block) return block.error();
  if (block->label == asn1::kEncryptedPrivateKeyLabel) {
    return Fault::malformed("The private key is encrypted: only unencrypted keys can be imported.");
  }
  if (block->label != kPkcs8 && block->label != kPkcs1 && block->label != kSec1) {
    return Fault::malformed("The PrivateKey field contains no private key.");
  }
  auto key = parse_key(*block, public_key_info);
  if (!key || !fits(*key, public_key_info)) {
    return Fault::malformed("The private key does not match the public key of the certificate.");
  }
  return key;
}

}  // namespace everseal::acm
