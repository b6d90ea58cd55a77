// The arithmetic of crypto/p256/ beside OpenSSL's.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

#include "asn1/der_writer.h"
#include "crypto/digest.h"
#include "crypto/p256/ifma.h"
#include "crypto/p256/portable_lanes.h"
#include "crypto/p256/proof.h"
#include "crypto/p256_claim.h"
#include "crypto/private_key.h"
#include "crypto/public_key.h"
#include "crypto/testing/crafted_signature.h"
#include "latch/testing/many_threads.h"

namespace everseal::crypto {
namespace {

using p256::Claim;
using testing::CraftedSignature;
using testing::SignatureCrafter;

struct Arithmetic {
  std::string name;
  std::uint8_t (*proven)(const Claim* claims, int count);
};

// On a processor without AVX-512 IFMA the same formulas run in plain C++ only.
std::vector<Arithmetic> arithmetics() {
  std::vector<Arithmetic> all{{"portable", p256::proven_lanes<p256::PortableLanes>}};
  if (p256::ifma_is_usable()) all.push_back({"ifma", p256::proven_by_ifma});
  return all;
}

class Proof : public ::testing::TestWithParam<Arithmetic> {
 protected:
  static unsigned proven(const std::vector<Claim>& claims) {
    return GetParam().proven(claims.data(), static_cast<int>(claims.size()));
  }
};

INSTANTIATE_TEST_SUITE_P(, Proof, ::testing::ValuesIn(arithmetics()),
                         [](const auto& arithmetic) { return arithmetic.param.name; });

struct SignedDigest {
  PublicKey key;
  Bytes point;
  Bytes digest;
  Bytes signature;

  Claim claim() const { return p256_claim(point, digest, signature).value(); }
};

SignedDigest signed_digest(std::uint8_t number) {
  const auto key = PrivateKey::generate(KeyAlgorithm::P256).value();
  const Bytes message(100, number);
  return {PublicKey::from_spki(key.public_key_info()).value(),
          to_bytes(ByteView(key.public_key_info()).last(65)), to_bytes(sha256(message)),
          key.sign(SignatureAlgorithm::Sha256WithEcdsa, message).value()};
}

Claim claim_of(const CraftedSignature& crafted) {
  return p256_claim(ByteView(crafted.spki).last(65), crafted.digest, crafted.der()).value();
}

std::vector<Claim> eight_true_claims() {
  std::vector<Claim> claims;
  claims.reserve(8);
  for (std::uint8_t number = 0; number < 8; ++number) {
    claims.push_back(signed_digest(number).claim());
  }
  return claims;
}

TEST_P(Proof, proves_what_keys_have_signed) {
  for (int round = 0; round < 5; ++round) EXPECT_EQ(proven(eight_true_claims()), 0xffU);
}

TEST_P(Proof, takes_fewer_than_eight) {
  auto claims = eight_true_claims();
  while (!claims.empty()) {
    EXPECT_EQ(proven(claims), (1U << claims.size()) - 1);
    claims.pop_back();
  }
}

void flip(std::uint8_t (&number)[32], int bit) {
  number[31 - bit / 8] = static_cast<std::uint8_t>(number[31 - bit / 8] ^ 1U << bit % 8);
}

// r and s stay below the order: their first octet is left alone.
TEST_P(Proof, proves_nothing_else_whichever_bit_is_changed) {
  const auto claims = eight_true_claims();
  for (int bit = 0; bit < 248; bit += 7) {
    auto altered = claims;
    flip(altered[1].digest, bit);
    flip(altered[2].digest, 255 - bit);
    flip(altered[4].r, bit);
    flip(altered[7].s, bit);
    EXPECT_EQ(proven(altered), 0b01101001U) << bit;
  }
}

TEST_P(Proof, proves_nothing_by_another_key) {
  auto claims = eight_true_claims();
  std::ranges::copy(claims[1].x, claims[0].x);
  std::ranges::copy(claims[1].y, claims[0].y);
  EXPECT_EQ(proven(claims), 0xfeU);
}

std::vector<CraftedSignature> signatures_where_points_meet() {
  SignatureCrafter crafter;
  std::vector<CraftedSignature> all;
  for (const long d : {1L, -1L, 2L, -16L, 31L, 256L}) {
    for (const long u1 : {0L, 1L, -1L, 16L, 17L, 128L, 255L, -256L}) {
      for (const long u2 : {1L, -1L, 2L, 16L, -32L, 33L}) {
        if (auto crafted = crafter.craft(d, u1, u2)) all.push_back(*std::move(crafted));
      }
    }
  }
  return all;
}

// Here sums meet that the formulas cannot add. What they then say is nothing, never a wrong yes;
// and a key still knows.
TEST_P(Proof, proves_no_wrong_sum_where_points_meet) {
  const auto all = signatures_where_points_meet();
  int decided = 0;
  for (std::size_t from = 0; from + 8 <= all.size(); from += 8) {
    std::vector<Claim> claims;
    for (std::size_t at = from; at < from + 8; ++at) {
      ASSERT_TRUE(all[at].is_true());
      claims.push_back(claim_of(all[at]));
    }
    decided += std::popcount(proven(claims));
    for (Claim& claim : claims) flip(claim.r, 0);
    EXPECT_EQ(proven(claims), 0U);
  }
  EXPECT_GT(decided, 0);
  EXPECT_LT(decided, static_cast<int>(all.size() / 8 * 8));
}

// u1 G + u2 d G is infinite: no r belongs to it.
TEST_P(Proof, proves_nothing_of_an_infinite_sum) {
  auto claim = claim_of(*SignatureCrafter().craft(-1, 2, 1));  // the key is -G
  for (const auto octet : {0, 1, 7, 255}) {
    std::ranges::fill(claim.r, std::uint8_t{0});
    claim.r[31] = static_cast<std::uint8_t>(octet);
    std::ranges::copy(claim.r, claim.s);
    std::ranges::copy(claim.r, claim.digest);  // u1 = u2 = 1
    EXPECT_EQ(proven({claim}), 0U);
  }
}

TEST(P256Claim, is_none_of_a_signature_that_is_not_der_or_out_of_range) {
  const auto good = signed_digest(1);
  const auto claim_of = [&](ByteView signature) {
    return p256_claim(good.point, good.digest, signature).has_value();
  };
  EXPECT_TRUE(claim_of(good.signature));
  for (std::size_t length = 0; length < good.signature.size(); ++length) {
    EXPECT_FALSE(claim_of(ByteView(good.signature).first(length)));
  }
  const auto signature_of = [](const Bytes& r, const Bytes& s) {
    asn1::DerWriter out;
    out.sequence([&] {
      out.element(asn1::Tag::Integer, r);
      out.element(asn1::Tag::Integer, s);
    });
    return std::move(out).take();
  };
  const Bytes one{1};
  Bytes order = {0,    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff,
                 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7,
                 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};
  for (const Bytes& wrong :
       {Bytes{0}, Bytes{0, 0}, Bytes{0, 1}, Bytes{0x81}, order, Bytes(34, 1)}) {
    EXPECT_FALSE(claim_of(signature_of(wrong, one)));
    EXPECT_FALSE(claim_of(signature_of(one, wrong)));
  }
  order.back() -= 1;
  EXPECT_TRUE(claim_of(signature_of(order, one)));
}

TEST(PublicKey, verifies_for_many_threads_at_once_what_each_of_them_asks) {
  constexpr int threads = 16;
  std::vector<SignedDigest> good;
  good.reserve(threads);
  for (int thread = 0; thread < threads; ++thread) {
    good.push_back(signed_digest(static_cast<std::uint8_t>(thread)));
  }
  const auto is_answered = [&](int thread, int round) {
    const auto& own = good[static_cast<std::size_t>(thread)];
    const bool is_true = (round + thread) % 4 != 0;
    auto digest = own.digest;
    if (!is_true) digest[static_cast<std::size_t>(round % 32)] ^= 0x10;
    return own.key.verify_digest(SignatureAlgorithm::Sha256WithEcdsa, digest, own.signature) ==
           is_true;
  };
  EXPECT_EQ(failures_of_meeting_threads(threads, 40, is_answered), 0);
}

}  // namespace
}  // namespace everseal::crypto
