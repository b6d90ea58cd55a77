// Compiled for processors with AVX-512 IFMA, where the compiler can (CMakeLists.txt).
#include "crypto/p256/ifma.h"

#ifdef __AVX512IFMA__

#include "crypto/p256/ifma_lanes.h"
#include "crypto/p256/proof.h"

namespace everseal::crypto::p256 {

std::uint8_t proven_by_ifma(const Claim* claims, int count) {
  return proven_lanes<IfmaLanes>(claims, count);
}

}  // namespace everseal::crypto::p256

#else

namespace everseal::crypto::p256 {

std::uint8_t proven_by_ifma(const Claim*, int) { return 0; }

}  // namespace everseal::crypto::p256

#endif
