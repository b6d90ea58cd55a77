#include "crypto/rsa_spki.h"

#include <bit>
#include <optional>

#include "asn1/der_reader.h"

namespace everseal::crypto {
namespace {

constexpr asn1::Oid rsa_encryption{"1.2.840.113549.1.1.1"};
constexpr std::size_t most_exponent_octets = 8;

std::optional<KeyAlgorithm> algorithm_of(std::size_t modulus_bits) {
  switch (modulus_bits) {
    case 1024:
      return KeyAlgorithm::Rsa1024;
    case 2048:
      return KeyAlgorithm::Rsa2048;
    case 3072:
      return KeyAlgorithm::Rsa3072;
    case 4096:
      return KeyAlgorithm::Rsa4096;
    default:
      return std::nullopt;
  }
}

std::size_t bits_of(ByteView magnitude) {
  if (magnitude.empty()) return 0;
  return 8 * (magnitude.size() - 1) + static_cast<std::size_t>(std::bit_width(magnitude.front()));
}

// Without the octet that keeps a number positive.
ByteView positive(asn1::DerReader& in) {
  const ByteView octets = in.integer();
  if (octets.empty()) return octets;
  if ((octets.front() & 0x80U) != 0) in.fail("a number of an RSA key is negative");
  return octets.front() == 0 ? octets.subspan(1) : octets;
}

bool is_sound(ByteView exponent) {
  const bool above_one = exponent.size() > 1 || (exponent.size() == 1 && exponent.front() > 1);
  return above_one && exponent.size() <= most_exponent_octets && (exponent.back() & 1U) != 0;
}

}  // namespace

Result<RsaNumbers> read_rsa_spki(ByteView der) {
  RsaNumbers numbers{};
  asn1::DerReader in(der);
  in.sequence([&](asn1::DerReader& spki) {
    spki.sequence([&](asn1::DerReader& identifier) {
      if (identifier.oid() != rsa_encryption) return identifier.fail("a key of an unknown kind");
      identifier.null();
    });
    asn1::DerReader key(spki.bit_string_octets());
    key.sequence([&](asn1::DerReader& pair) {
      numbers.modulus = positive(pair);
      numbers.exponent = positive(pair);
    });
    if (const auto done = key.finish("RSA public key"); !done) spki.fail(done.error().cause);
  });
  if (const auto done = in.finish("public key"); !done) return done.error();
  const auto algorithm = algorithm_of(bits_of(numbers.modulus));
  if (!algorithm) return Fault::malformed("public key: an RSA key of an unsupported size");
  if (!is_sound(numbers.exponent)) return Fault::malformed("public key: a bad RSA exponent");
  numbers.algorithm = *algorithm;
  return numbers;
}

}  // namespace everseal::crypto
