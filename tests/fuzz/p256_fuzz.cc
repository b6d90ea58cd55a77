// Signatures of P-256 by strangers: what our arithmetic proves, OpenSSL takes as well.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <vector>

#include "crypto/p256/ifma.h"
#include "crypto/p256/portable_lanes.h"
#include "crypto/p256/proof.h"
#include "crypto/testing/crafted_signature.h"

namespace {

using namespace everseal;
using crypto::p256::Claim;
using crypto::testing::CraftedSignature;

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr std::size_t octets_each = 1 + 3 * 32 + 2;

// How to alter it, d, u1 and u2, and where to alter it.
std::optional<CraftedSignature> signature_from(ByteView octets) {
  static crypto::testing::SignatureCrafter crafter;
  auto made = crafter.craft(octets.subspan(1, 32), octets.subspan(33, 32), octets.subspan(65, 32));
  if (!made) return made;
  Bytes* numbers[] = {&made->digest, &made->r, &made->s};
  if (octets[0] % 4 == 3) return made;
  Bytes& number = *numbers[octets[0] % 4];
  // The first octet stays, so that r and s stay below the order.
  auto& octet = number[1 + octets[97] % 31U];
  octet = static_cast<std::uint8_t>(octet ^ octets[98]);
  return made;
}

Claim claim_of(const CraftedSignature& made) {
  Claim claim;
  std::copy_n(made.spki.end() - 64, 32, claim.x);
  std::copy_n(made.spki.end() - 32, 32, claim.y);
  std::ranges::copy(made.r, claim.r);
  std::ranges::copy(made.s, claim.s);
  std::ranges::copy(made.digest, claim.digest);
  return claim;
}

// Plain C++ takes a hundred times as long: tests compare the two.
unsigned proven_of(const Claim* claims, int count) {
  if (crypto::p256::ifma_is_usable()) return crypto::p256::proven_by_ifma(claims, count);
  return crypto::p256::proven_lanes<crypto::p256::PortableLanes>(claims, count);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<CraftedSignature> all;
  std::vector<Claim> claims;
  for (ByteView left(data, size); left.size() >= octets_each && claims.size() < 8;
       left = left.subspan(octets_each)) {
    if (auto made = signature_from(left.first(octets_each))) {
      claims.push_back(claim_of(*made));
      all.push_back(*std::move(made));
    }
  }
  if (claims.empty()) return 0;
  const auto count = static_cast<int>(claims.size());
  const unsigned proven = proven_of(claims.data(), count);
  require((proven & ~((1U << count) - 1)) == 0);
  for (std::size_t at = 0; at < all.size(); ++at) {
    if ((proven >> at & 1) != 0) require(all[at].is_true());
  }
  return 0;
}
