#pragma once

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include "asn1/der_writer.h"
#include "crypto/algorithms.h"
#include "crypto/openssl.h"
#include "crypto/public_key.h"
#include "encoding/bytes.h"

namespace everseal::crypto::testing {

// A signature of P-256 that is true, or was. Numbers have 32 octets.
struct CraftedSignature {
  Bytes spki;  // it ends with the point, 65 octets
  Bytes digest;
  Bytes r;
  Bytes s;

  Bytes der() const {
    asn1::DerWriter out;
    out.sequence([&] {
      out.integer(r);
      out.integer(s);
    });
    return std::move(out).take();
  }
  // What OpenSSL says.
  bool is_true() const {
    return PublicKey::from_spki(spki).value().verify_digest(SignatureAlgorithm::Sha256WithEcdsa,
                                                            digest, der());
  }
};

// Makes signatures that nobody meets by chance: of a key d G that everybody can guess, with u1 and
// u2 as chosen, so that points meet while u1 G + u2 d G is added up. For one thread.
class SignatureCrafter {
 public:
  // Numbers of 32 octets, taken by the order of the group. Nothing: d or u2 is 0, or the sum is
  // infinite, or its x is 0.
  std::optional<CraftedSignature> craft(ByteView d, ByteView u1, ByteView u2) {
    const Number key = by_order(d);
    const Number of_generator = by_order(u1);
    const Number of_key = by_order(u2);
    if (BN_is_zero(key.get()) || BN_is_zero(of_key.get())) return std::nullopt;
    const Number r = x_of(sum(product(of_key, key), of_generator));
    if (!r || BN_is_zero(r.get())) return std::nullopt;
    // u2 = r / s and u1 = digest / s, by the order.
    const Number over_u2(BN_mod_inverse(nullptr, of_key.get(), order(), context_.get()));
    const Number s = product(r, over_u2);
    return CraftedSignature{spki(key), octets(product(of_generator, s)), octets(r), octets(s)};
  }

  // The same of small numbers; those below 0 are the order less as much.
  std::optional<CraftedSignature> craft(long d, long u1, long u2) {
    return craft(small(d), small(u1), small(u2));
  }

 private:
  using Number = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
  using Point = std::unique_ptr<EC_POINT, FreeWith<EC_POINT_free>>;

  const BIGNUM* order() const { return EC_GROUP_get0_order(group_.get()); }
  Number by_order(ByteView octets) {
    Number out(BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr));
    BN_nnmod(out.get(), out.get(), order(), context_.get());
    return out;
  }
  Bytes small(long value) const {
    const Number out(BN_new());
    BN_set_word(out.get(), static_cast<BN_ULONG>(std::abs(value)));
    if (value < 0) BN_sub(out.get(), order(), out.get());
    return octets(out);
  }
  Number product(const Number& a, const Number& b) {
    Number out(BN_new());
    BN_mod_mul(out.get(), a.get(), b.get(), order(), context_.get());
    return out;
  }
  Number sum(const Number& a, const Number& b) {
    Number out(BN_new());
    BN_mod_add(out.get(), a.get(), b.get(), order(), context_.get());
    return out;
  }
  Point multiple(const Number& times) {
    Point out(EC_POINT_new(group_.get()));
    EC_POINT_mul(group_.get(), out.get(), times.get(), nullptr, nullptr, context_.get());
    return out;
  }
  // By the order; null if the point is infinite.
  Number x_of(const Number& times) {
    const Point point = multiple(times);
    if (EC_POINT_is_at_infinity(group_.get(), point.get()) == 1) return nullptr;
    Number x(BN_new());
    EC_POINT_get_affine_coordinates(group_.get(), point.get(), x.get(), nullptr, context_.get());
    BN_nnmod(x.get(), x.get(), order(), context_.get());
    return x;
  }
  Bytes spki(const Number& key) {
    Bytes point(65);
    EC_POINT_point2oct(group_.get(), multiple(key).get(), POINT_CONVERSION_UNCOMPRESSED,
                       point.data(), point.size(), context_.get());
    asn1::DerWriter out;
    out.sequence([&] {
      out.sequence([&] {
        out.oid(asn1::Oid("1.2.840.10045.2.1"));
        out.oid(asn1::Oid("1.2.840.10045.3.1.7"));
      });
      out.bit_string(point);
    });
    return std::move(out).take();
  }
  static Bytes octets(const Number& number) {
    Bytes out(32);
    BN_bn2binpad(number.get(), out.data(), static_cast<int>(out.size()));
    return out;
  }

  std::unique_ptr<EC_GROUP, FreeWith<EC_GROUP_free>> group_{
      EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)};
  std::unique_ptr<BN_CTX, FreeWith<BN_CTX_free>> context_{BN_CTX_new()};
};

}  // namespace everseal::crypto::testing
