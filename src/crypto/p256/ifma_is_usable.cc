#include "crypto/p256/ifma.h"
#include "crypto/p256/known_claim.h"

namespace everseal::crypto::p256 {
namespace {

bool processor_has_it() {
#ifdef __x86_64__
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512ifma") != 0;
#else
  return false;
#endif
}

// Every other claim is made false. The key stays a point, which callers see to.
bool tells_true_from_false() {
  Claim claims[8];
  for (Claim& claim : claims) claim = known_claim;
  claims[1].digest[31] ^= 1;
  claims[3].r[0] ^= 1;
  claims[5].s[20] ^= 0x80;
  claims[7].digest[0] ^= 0x80;
  return proven_by_ifma(claims, 8) == 0b01010101;
}

}  // namespace

bool ifma_is_usable() {
  static const bool usable = processor_has_it() && tells_true_from_false();
  return usable;
}

}  // namespace everseal::crypto::p256
